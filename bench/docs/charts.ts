/**
 * The charts of docs/performance.md.
 *
 * @module
 */
import { growthCharts } from '../growth/plot.ts';
import { rowsOf, SERIES } from '../growth/table.ts';
import type { BenchRun } from '../result.ts';
import { findNewest } from './results.ts';

/** All of them, by file in docs/img. */
export function drawCharts(runs: readonly BenchRun[]): ReadonlyMap<string, string> {
  const growth = findNewest(runs, 'growth')?.result;
  if (growth === undefined) return new Map();
  return new Map(SERIES.flatMap((series) => [...growthCharts(series, rowsOf(growth, series))]));
}
