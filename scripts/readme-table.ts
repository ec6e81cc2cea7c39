/**
 * Fills README's table and chart from runs of `dst demo`: `npm run readme-table -- runs/a [runs/b …]`. Runs of translation
 * have a section of their own. With `--check` it changes nothing and fails where
 * README differs from what the runs give.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReportInput } from '../cli/report/input.ts';
import { renderCharts, sectionOf } from './readme/chart.ts';
import { renderTable } from './readme/table.ts';
import { fillSection } from '../spec/report/section.ts';

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (folders.length === 0) throw new Error('readme-table: expected the folder of a run of the main job, got none');
const runs = folders.map(readRun);
const page = readFileSync('README.md', 'utf8');
const filled = fillSection(page, sectionOf(runs[0]), renderTable(runs), 'README.md');
if (process.argv.includes('--check')) {
  if (filled !== page) {
    console.error('README.md: expected the table of these runs, got another');
    process.exitCode = 1;
  }
} else {
  writeFileSync('README.md', filled);
  for (const [path, svg] of renderCharts(runs[0])) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, svg);
  }
}

function readRun(folder: string): ReportInput {
  const path = join(folder, 'result.json');
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isReport(value)) throw new Error(`${path}: expected the result of the main job, got something else`);
  return value;
}

function isReport(value: unknown): value is ReportInput {
  return typeof value === 'object' && value !== null && 'rows' in value && 'claims' in value && 'metricScale' in value;
}
