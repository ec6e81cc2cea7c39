/**
 * Fills README's table and chart from a run of `dst demo`: `npm run readme-table -- runs/a`, one of several seeds of chance or of
 * one. A run of translation has a section of its own. With `--check` it changes nothing and fails where
 * README differs from what the run gives.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPORT_FORMAT, type ReportInput } from '../cli/report/input.ts';
import { renderCharts, sectionOf } from './readme/chart.ts';
import { renderTable } from './readme/table.ts';
import { fillSection } from '../spec/report/section.ts';

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (folders.length !== 1)
  throw new Error(`readme-table: expected the folder of one run of dst demo, got ${folders.length} folders`);
const run = readRun(folders[0]);
const page = readFileSync('README.md', 'utf8');
const filled = fillSection(page, sectionOf(run), renderTable(run), 'README.md');
if (process.argv.includes('--check')) {
  if (filled !== page) {
    console.error('README.md: expected the table of this run, got another');
    process.exitCode = 1;
  }
} else {
  writeFileSync('README.md', filled);
  for (const [path, svg] of renderCharts(run)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, svg);
  }
}

function readRun(folder: string): ReportInput {
  const path = join(folder, 'result.json');
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isReport(value))
    throw new Error(`${path}: expected the result of dst demo (${REPORT_FORMAT}), got something else`);
  return value;
}

function isReport(value: unknown): value is ReportInput {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === REPORT_FORMAT;
}
