import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BLOCKS } from '../../bench/docs/blocks.ts';
import { drawCharts } from '../../bench/docs/charts.ts';
import { blocksOf, fillPage, PAGES } from '../../bench/docs/pages.ts';
import { findNewest, machinesOf, mergeRuns, readResults, RESULTS } from '../../bench/docs/results.ts';
import { growthName } from '../../bench/growth/plot.ts';
import { SERIES } from '../../bench/growth/table.ts';
import type { BenchRun, SubjectResult } from '../../bench/result.ts';
import { drawingsOf, findFaults } from '../cli/report/boxes.ts';
import { STARTS } from '../../bench/start/table.ts';
import { SUBJECT_NAMES } from '../../bench/subjects.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = textOf('docs/performance.md');
const runs = readResults(join(root, RESULTS));

describe('the pages on speed', () => {
  it('have one place for every block, and a block for every subject', () => {
    const places = PAGES.flatMap((path) => blocksOf(textOf(path)));
    expect(places.toSorted()).toEqual(Object.keys(BLOCKS).toSorted());
    expect(Object.keys(BLOCKS)).toEqual(expect.arrayContaining([...SUBJECT_NAMES]));
  });

  it('show every subject', () => {
    // A verdict has not been measured on a machine that does nothing else; its page says so.
    const published = SUBJECT_NAMES.filter((name) => name !== 'conform');
    for (const name of published) expect(findNewest(runs, name), name).toBeDefined();
  });

  it.each(PAGES)('%s says in every block what the results give: after a change, npm run generate', (path) => {
    expect(fillPage(textOf(path), runs)).toBe(textOf(path));
  });

  it('shows charts of the same results', () => {
    for (const [name, chart] of drawCharts(runs)) {
      expect(findFaults(drawingsOf(chart)[0]), name).toEqual([]);
      expect(readFileSync(join(root, 'docs/img', name), 'utf8'), name).toBe(chart);
    }
  });

  it('leads to every page under docs/performance', () => {
    const pages = readdirSync(join(root, 'docs/performance')).filter((name) => name.endsWith('.md'));
    for (const name of pages) expect(page).toContain(`(performance/${name})`);
    expect(existsSync(join(root, RESULTS))).toBe(true);
  });
});

describe('filling the page', () => {
  const growth: SubjectResult = {
    subject: 'growth',
    absent: [{ peer: 'ours', threads: 2, why: 'because' }],
    facts: { torch: '1.13.0' },
    rows: SERIES.flatMap((series) =>
      [1, 10, 100].map((x) => ({ case: `${series}: ${x}`, peer: 'training step', threads: 1, x, rounds: [x, 2 * x] })),
    ),
  };
  const run: BenchRun = {
    schemaVersion: 1,
    date: '2025-01-31T00:00:00.000Z',
    machine: 'some processor',
    node: '20.19.0',
    version: '0',
    quick: true,
    subjects: [growth],
  };

  it('fills what a run measured, says where and when, and is stable', () => {
    const filled = fillPage(page, [run]);
    expect(filled).toContain(
      'Measured on 2025-01-31: some processor, Node 20.19.0. Beside ours: torch 1.13.0. Median of 2',
    );
    expect(filled).toContain('- not measured: ours, 2 threads: because');
    expect(filled).toContain('| exponent | 1.00 ± 0.00 |');
    expect(fillPage(filled, [run])).toBe(filled);
  });

  it('draws each series as a picture that stands by itself', () => {
    const charts = drawCharts([run]);
    expect([...charts.keys()]).toEqual(SERIES.map(growthName).flatMap((name) => [`${name}.svg`, `${name}-narrow.svg`]));
    for (const chart of charts.values()) expect(chart).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  });

  it('keeps of each subject the newest run, in any order', () => {
    const newer = { ...run, date: '2025-02-01T00:00:00.000Z' };
    const other = { ...run, subjects: [{ ...growth, subject: 'dst' }] };
    expect(mergeRuns([newer, run])).toEqual([newer]);
    expect(mergeRuns([run, newer])).toEqual([newer]);
    expect(mergeRuns([newer, other])).toEqual([other, newer]);
    expect(mergeRuns(mergeRuns([newer, other, run]))).toEqual([other, newer]);
  });

  it('keeps what another machine measured, and shows its goals beside those of the newest', () => {
    const start = (ms: number): SubjectResult => ({
      ...growth,
      subject: 'start',
      rows: [{ case: STARTS.version.title, peer: 'ours', threads: 1, rounds: [ms] }],
    });
    const here = { ...run, date: '2025-02-01T00:00:00.000Z', machine: 'a new processor', subjects: [start(100)] };
    const runs = mergeRuns([{ ...run, subjects: [start(200)] }, here]);
    expect(runs).toHaveLength(2);
    expect(machinesOf(runs)).toEqual(['a new processor', 'some processor']);
    const filled = fillPage(page, runs);
    expect(filled).toContain('| goal | asked | a new processor | some processor |');
    expect(filled).toContain('| at most 150 ms | 100 ms (100 … 100) | 200 ms (200 … 200), missed |');
    expect(filled).toMatch(
      /^On a new processor, 1 of 1 goals are reached, 0 are missed, 0 are not decided; \d+ could not be measured\.$/m,
    );
    expect(filled).toMatch(
      /^On some processor, 0 of 1 goals are reached, 1 are missed, 0 are not decided; .* These are not reached:$/m,
    );
  });

  it('leaves a page without places alone, and refuses one with half a place', () => {
    expect(fillPage('nothing', [run])).toBe('nothing');
    expect(() => fillPage('<!-- bench: growth -->\n', [run])).toThrow('expected <!-- /bench: growth --> after');
  });
});
