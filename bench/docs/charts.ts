/**
 * The charts of docs/performance.md.
 *
 * @module
 */
import { growthChart } from '../growthPlot.ts';
import { rowsOf, SERIES, type SeriesName } from '../growthTable.ts';
import type { BenchRun } from '../result.ts';
import { findNewest } from './results.ts';

/** The file of a series, in docs/img. */
export function chartOf(series: SeriesName): string {
  return `growth-${series.replace(' ', '-')}.svg`;
}

/** All of them, by file. */
export function drawCharts(runs: readonly BenchRun[]): ReadonlyMap<string, string> {
  const growth = findNewest(runs, 'growth')?.result;
  if (growth === undefined) return new Map();
  return new Map(SERIES.map((series) => [chartOf(series), growthChart(series, rowsOf(growth, series))]));
}
