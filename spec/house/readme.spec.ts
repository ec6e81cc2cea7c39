import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { chartMarkup, renderCharts } from '../../scripts/readme/chart.ts';
import { renderTable } from '../../scripts/readme/table.ts';
import { fillSection } from '../report/section.ts';
import { syntheticReport, syntheticTranslation } from '../cli/report/synthetic.ts';

const run = syntheticReport();
const worse = { ...run, rows: run.rows.map((row) => ({ ...row, metric: row.metric - 0.01 })) };

it('writes one line for each row, with where and when it was measured', () => {
  const table = renderTable([run]);
  expect(table.split('\n').filter((line) => line.startsWith('| DST |'))).toHaveLength(3);
  expect(table).toContain('58.4\u202f%');
  expect(table).toContain('Measured on 2025-01-31: some processor');
  expect(table).toContain('**Does not hold** (Table 2)');
});

it('gives the spread of several runs', () => {
  expect(renderTable([run, worse])).toContain('57.4\u202f% to 58.4\u202f%');
});

it('writes points without per cent, and says what their interval is', () => {
  const table = renderTable([syntheticTranslation()]);
  expect(table).toContain('| full fine-tuning |  | 20.9 | 20.2 to 21.5 |');
  expect(table).toContain('The interval is the bootstrap’s over the test rows (95 %).');
  for (const chart of renderCharts(syntheticTranslation()).values()) expect(chart).not.toContain('(%)');
});

it('replaces what stands between the markers, and nothing else', () => {
  const page = 'before\n<!-- a -->\nstale\n<!-- /a -->\nafter\n';
  const fill = (text: string): string => fillSection(text, 'a', renderTable([run]), 'README.md');
  const filled = fill(page);
  expect(filled).toMatch(/^before\n/);
  expect(filled).toMatch(/\nafter\n$/);
  expect(filled).not.toContain('stale');
  expect(fill(filled)).toBe(filled);
  expect(() => fill('no markers')).toThrow('README.md: expected <!-- a --> and <!-- /a -->');
});

it('draws pictures that stand by themselves, and leads to both', () => {
  const charts = renderCharts(run);
  const paths = [...renderTable([run]).matchAll(/(?:src|srcset)="([^"]*)"/g)].map(([, path]) => path);
  expect(paths.toSorted()).toEqual([...charts.keys()].toSorted());
  for (const chart of charts.values()) {
    expect(chart).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    const { document } = parseHTML(`<body>${chart}</body>`);
    expect(document.querySelector('svg > style')?.textContent).toContain('prefers-color-scheme: dark');
    expect(document.querySelector('svg > title')?.textContent).toBe('accuracy against the budget');
    expect(chart.match(/xmlns="/g)).toHaveLength(1);
  }
});

it('stands in README as it is made, for wide and for narrow screens', () => {
  const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const report of [syntheticReport(), syntheticTranslation()]) expect(page).toContain(chartMarkup(report));
});
