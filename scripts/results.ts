/**
 * Fills the documents from a run of `dst demo`: `npm run results -- runs/a`, one of several seeds of chance or of one. The main
 * job has a page of its own and a sentence in README, translation a section of its page, both a chart. With `--check`
 * it changes nothing and fails if a page differs from what the run gives.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillSection } from '../html/section.ts';
import { renderCharts, sectionOf } from './results/chart.ts';
import { readReport } from './results/read.ts';
import { renderSentence } from './results/sentence.ts';
import { renderTable } from './results/table.ts';

const CHARTS = 'docs/img';

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (folders.length !== 1)
  throw new Error(`results: expected the folder of one run of dst demo, got ${folders.length} folders`);
const run = readReport(join(folders[0], 'result.json'));
const name = sectionOf(run);
const pages: [path: string, section: string, text: string][] = [[`docs/${name}.md`, name, renderTable(run)]];
if (name === 'main-job') pages.push(['README.md', 'in-a-sentence', renderSentence(run)]);
const files = [
  ...pages.map(
    ([path, section, text]) => [path, fillSection(readFileSync(path, 'utf8'), section, text, path)] as const,
  ),
  ...[...renderCharts(run)].map(([chart, svg]) => [join(CHARTS, chart), svg] as const),
];
mkdirSync(CHARTS, { recursive: true });
for (const [path, text] of files) {
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path}: expected what this run gives, got another text`);
    process.exitCode = 1;
  }
}
