import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BLOCKS, drawCharts, fillPage } from '../../bench/docs/blocks.ts';
import { mergeRuns, readResults, RESULTS } from '../../bench/docs/results.ts';
import { SERIES } from '../../bench/growthTable.ts';
import type { BenchRun, SubjectResult } from '../../bench/result.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/performance.md'), 'utf8');
const runs = readResults(join(root, RESULTS));

describe('docs/performance.md', () => {
  it('has a place for every block', () => {
    for (const name of Object.keys(BLOCKS)) {
      expect(page).toContain(`<!-- bench: ${name} -->`);
      expect(page).toContain(`<!-- /bench: ${name} -->`);
    }
  });

  it('says in every block what the results give: after a change, npm run performance-docs', () => {
    expect(fillPage(page, runs)).toBe(page);
  });

  it('shows charts of the same results', () => {
    for (const [name, chart] of drawCharts(runs)) {
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
    expect(filled).toContain('Measured on 2025-01-31: some processor, Node 20.19.0; torch 1.13.0. Median of 2');
    expect(filled).toContain('- not measured: ours, 2 threads: because');
    expect(filled).toContain('| exponent | 1.00 ± 0.00 |');
    expect(fillPage(filled, [run])).toBe(filled);
  });

  it('draws each series as a picture that stands by itself', () => {
    const charts = drawCharts([run]);
    expect([...charts.keys()]).toEqual(SERIES.map((series) => `growth-${series.replace(' ', '-')}.svg`));
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

  it('refuses a page without places', () => {
    expect(() => fillPage('nothing', [run])).toThrow('performance.md: expected <!-- bench: ');
  });
});
