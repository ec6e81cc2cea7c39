import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { chartMarkup, renderCharts } from '../../scripts/results/chart.ts';
import { readReport } from '../../scripts/results/read.ts';
import { renderSentence } from '../../scripts/results/sentence.ts';
import { renderTable } from '../../scripts/results/table.ts';
import { fillSection } from '../../html/section.ts';
import type { ReportInput } from '../../cli/report/input.ts';
import { syntheticReport, syntheticTranslation } from '../cli/report/synthetic.ts';

const run = syntheticReport();
/** The same with a second random seed, a point worse. */
const twoSeeds: ReportInput = {
  ...run,
  rows: run.rows.map((row) => ({
    ...row,
    runs: row.runs.flatMap(({ metric, seconds }) => [
      { randomSeed: 1, metric, seconds },
      { randomSeed: 2, metric: metric - 0.01, seconds: seconds + 1 },
    ]),
  })),
};

it('writes one line for each row, with where and when it was measured', () => {
  const table = renderTable(run);
  expect(table.split('\n').filter((line) => line.startsWith('| DST |'))).toHaveLength(3);
  expect(table).toContain('58.4\u202f%');
  expect(table).toContain('Measured on 2025-01-31: some processor');
  expect(table).toContain('**Does not hold** (Table 2)');
});

it('gives the spread over several seeds, and no time: runs beside other work say nothing of it', () => {
  const table = renderTable(twoSeeds);
  expect(table).toContain('| 57.4\u202f% to 58.4\u202f% |');
  expect(table).not.toContain('54.0\u202fs');
  expect(table).toContain('2 random seeds (1, 2)');
  expect(table).toContain('The interval is the bootstrap’s over test rows and random seeds (95 %)');
});

it('tells a claim that is not decided from one that does not hold, and on how many random seeds they rest', () => {
  const table = renderTable(run);
  expect(table).toContain('- **Not decided** (Table 2): DST beats a random mask');
  expect(table).toContain('- **Does not hold** (Table 2): At ε = 0.1 %');
  expect(table).toContain('on these rows and one random seed (1):');
});

it('has the learning rate of each row, and says which is a guess, how they were searched, and what finds the thresholds', () => {
  const lines = renderTable(run).split('\n');
  const column = (line: string | undefined, i: number): string | undefined => line?.split(' | ')[i];
  const heading = lines.find((line) => line.startsWith('| method'));
  const at = heading?.split(' | ').indexOf('learning rate') ?? -1;
  expect(
    column(
      lines.find((line) => line.startsWith('| DST | 1')),
      at,
    ),
  ).toBe('0.02');
  expect(
    column(
      lines.find((line) => line.startsWith('| random mask')),
      at,
    ),
  ).toBe('0.02 (guess)');
  expect(
    column(
      lines.find((line) => line.startsWith('| seed as it is')),
      at,
    ),
  ).toBe('');
  expect(lines.join('\n')).toContain('trials of 400 steps');
  expect(lines.join('\n')).toContain('threshold: select');
});

it('writes points without per cent, and says what their interval is', () => {
  const table = renderTable(syntheticTranslation());
  expect(table).toContain('| full fine-tuning |  | 20.9 | 20.2 to 21.5 |');
  expect(table).toContain('The interval is the bootstrap’s over the test rows (95 %).');
  for (const chart of renderCharts(syntheticTranslation()).values()) expect(chart).not.toContain('(%)');
});

it('replaces what stands between the markers, and nothing else', () => {
  const page = 'before\n<!-- a -->\nstale\n<!-- /a -->\nafter\n';
  const fill = (text: string): string => fillSection(text, 'a', renderTable(run), 'README.md');
  const filled = fill(page);
  expect(filled).toMatch(/^before\n/);
  expect(filled).toMatch(/\nafter\n$/);
  expect(filled).not.toContain('stale');
  expect(fill(filled)).toBe(filled);
  expect(() => fill('no markers')).toThrow('README.md: expected <!-- a --> and <!-- /a -->');
});

it('draws pictures that stand by themselves, and leads to both', () => {
  const charts = renderCharts(run);
  const paths = [...renderTable(run).matchAll(/(?:src|srcset)="img\/([^"]*)"/g)].map(([, path]) => path);
  expect(paths.toSorted()).toEqual([...charts.keys()].toSorted());
  for (const chart of charts.values()) {
    expect(chart).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    const { document } = parseHTML(`<body>${chart}</body>`);
    expect(document.querySelector('svg > style')?.textContent).toContain('prefers-color-scheme: dark');
    expect(document.querySelector('svg > title')?.textContent).toBe('accuracy against the budget');
    expect(chart.match(/xmlns="/g)).toHaveLength(1);
  }
});

it('stands in the documents as it is made, for wide and for narrow screens', () => {
  const page = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  expect(page('README.md')).toContain(chartMarkup(syntheticReport(), 'docs/img'));
  expect(page('docs/main-job.md')).toContain(chartMarkup(syntheticReport(), 'img'));
  expect(page('docs/translation.md')).toContain(chartMarkup(syntheticTranslation(), 'img'));
});

it('says in one sentence what the main job shows, and refuses a run that does not', () => {
  expect(renderSentence(run)).toMatch(
    /^In the main job, DST with ε = 1\u202f% changes .* reaches 58\.4\u202f% accuracy/,
  );
  const withoutFull = { ...run, rows: run.rows.filter(({ id }) => id !== 'full') };
  expect(() => renderSentence(withoutFull)).toThrow('expected a row full, got none');
});

it('reads a run from before rows had ids, or a random seed its name, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dst-report-'));
  const path = join(folder, 'result.json');
  const then = run.rows.map((row) => ({
    ...row,
    runs: row.runs.map(({ randomSeed, ...each }) => ({ seed: randomSeed, ...each })),
  }));
  const { randomSeed: seed, ...config } = run.config;
  const former = { ...run, config: { seed, ...config } };
  const withoutIds = then.map((row) => ({ ...row, id: undefined }));
  for (const [version, rows] of [[2, withoutIds] as const, [3, then] as const]) {
    writeFileSync(path, JSON.stringify({ ...former, format: `dynamic-subset-tuning/comparison/${version}`, rows }));
    expect(readReport(path)).toEqual(run);
  }
  writeFileSync(path, JSON.stringify(run));
  expect(readReport(path)).toEqual(run);
  writeFileSync(path, JSON.stringify({ ...run, format: 'dynamic-subset-tuning/comparison/1' }));
  expect(() => readReport(path)).toThrow('expected the result of dst demo (dynamic-subset-tuning/comparison/4)');
  rmSync(folder, { recursive: true });
});
