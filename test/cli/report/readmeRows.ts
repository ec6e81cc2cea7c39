/**
 * The rows of the documents' tables, so that their charts are tried with the values that they show.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { ReportInput, ResultRow } from '../../../cli/report/input.ts';
import { syntheticReport, syntheticTranslation } from './synthetic.ts';

/** A report with the rows that the page of that name has. */
export function readReadmeReport(section: 'main-job' | 'translation'): ReportInput {
  const page = readFileSync(new URL(`../../../docs/${section}.md`, import.meta.url), 'utf8');
  const text = page.slice(page.indexOf(`<!-- ${section} -->`), page.indexOf(`<!-- /${section} -->`));
  const [heading, , ...lines] = text.split('\n').filter((line) => line.startsWith('|')).map(cellsOf); // prettier-ignore
  const report = section === 'main-job' ? syntheticReport() : syntheticTranslation();
  const unit = report.metricScale === 'share' ? 100 : 1;
  const rows = lines.map((cells): ResultRow => {
    const cell = (name: string): string => cells[heading.indexOf(name)];
    const [low, high] = cell('95 % interval').split(' to ').map((end) => Number.parseFloat(end) / unit); // prettier-ignore
    const metric = Number.parseFloat(cell(report.metricName)) / unit;
    const epsilon = cell('ε') === '' ? null : Number.parseFloat(cell('ε')) / 100;
    return { ...report.rows[0], method: cell('method'), epsilon, metric, low, high };
  });
  return { ...report, rows };
}

function cellsOf(line: string): string[] {
  return line.split('|').slice(1, -1).map((cell) => cell.trim()); // prettier-ignore
}
