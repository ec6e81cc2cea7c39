/**
 * Growth as tables: for each series its points, and for each line its fitted exponent.
 *
 * @module
 */
import { formatCount } from '../../cli/table.ts';
import { formatSpread } from '../format.ts';
import { fitExponent, type Fit } from './fit.ts';
import type { Row, SubjectResult } from '../result.ts';
import { computeMedian, computeSpread } from '../spread.ts';
import { toText, type Table } from '../table.ts';

export const SERIES = ['parameters', 'context', 'batch', 'silos', 'bare vector'] as const;
export type SeriesName = (typeof SERIES)[number];

/** What each series is, and its axis. */
export const ABOUT: Readonly<Record<SeriesName, { readonly title: string; readonly axis: string }>> = {
  parameters: { title: 'A training step against the model’s parameters (4 rows of 64 tokens)', axis: 'parameters' },
  context: { title: 'A training step against the length of one row (1,047,680 parameters)', axis: 'tokens of the row' },
  batch: { title: 'A training step against the rows of a batch (of 64 tokens; 1,047,680 parameters)', axis: 'rows' },
  silos: {
    title: 'A step of DST, and one without it, against the number of silos (1,000,000 parameters, ε = 1 %)',
    axis: 'silos',
  },
  'bare vector': {
    title: 'A step of DST, and one without it, against n (a bare vector, one silo, ε = 1 %)',
    axis: 'parameters n',
  },
};

export function caseOf(series: SeriesName, x: number): string {
  return `${series}: ${x}`;
}

export function rowsOf({ rows }: SubjectResult, series: SeriesName): readonly Row[] {
  return rows.filter((row) => row.case.startsWith(`${series}: `));
}

/** The lines of a series, in the order in which they were measured. */
export function linesOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.map(({ peer }) => peer))];
}

/** The exponent of one line; undefined if it has fewer than two points. */
export function fitOf(rows: readonly Row[], line: string): Fit | undefined {
  const points = rows
    .filter(({ peer }) => peer === line)
    .map(({ x = NaN, rounds }) => ({ x, y: computeMedian(rounds) }));
  return points.length < 2 ? undefined : fitExponent(points);
}

/** Points down, lines across; the last row has the exponents. */
export function growthTable(result: SubjectResult, series: SeriesName): Table {
  const rows = rowsOf(result, series);
  const lines = linesOf(rows);
  const xs = [...new Set(rows.map(({ x = NaN }) => x))];
  const cell = (x: number, line: string): string => {
    const row = rows.find((candidate) => candidate.x === x && candidate.peer === line);
    return row === undefined ? '' : formatSpread(computeSpread(row.rounds));
  };
  return {
    columns: [
      { heading: ABOUT[series].axis, align: 'right' },
      ...lines.map((line) => ({ heading: `${line}, ms`, align: 'right' }) as const),
    ],
    rows: [
      ...xs.map((x) => [formatCount(x), ...lines.map((line) => cell(x, line))]),
      ['exponent', ...lines.map((line) => formatFit(fitOf(rows, line)))],
      ['between the last two', ...lines.map((line) => fitOf(rows, line)?.lastExponent.toFixed(2) ?? '')],
    ],
  };
}

/** `0.98 ± 0.01`: the exponent and its standard error. */
export function formatFit(fit: Fit | undefined): string {
  if (fit === undefined) return '';
  const { exponent, standardError } = fit;
  return standardError === null ? exponent.toFixed(2) : `${exponent.toFixed(2)} ± ${standardError.toFixed(2)}`;
}

export function printGrowth(result: SubjectResult): string {
  return SERIES.map((series) => `${ABOUT[series].title}\n\n${toText(growthTable(result, series))}`).join('\n');
}
