/**
 * What is drawn of quality against ε: points with intervals of methods with a budget, lines across of the others.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import type { MetricScale } from '../../src/metrics/measure.ts';
import { formatMetric, inUnits } from './format.ts';
import type { ResultRow } from './input.ts';
import type { SeriesOf } from './series.ts';

/** What is drawn of a row. */
export type PlottedRow = Pick<ResultRow, 'method' | 'epsilon' | 'metric' | 'low' | 'high'>;

/** A row with a budget. */
export type Budgeted = PlottedRow & { readonly epsilon: number };

/** In the order of the methods. */
export const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'star'] as const;

/** Methods without a budget: a line across, with its interval as a band. */
export function bandsOf(baselines: readonly PlottedRow[], scale: MetricScale): Plot.Markish[] {
  return [
    Plot.rect(baselines, {
      y1: by('low', scale),
      y2: by('high', scale),
      fill: 'var(--muted)',
      fillOpacity: 0.13,
    }),
    Plot.ruleY(baselines, {
      y: by('metric', scale),
      stroke: 'var(--muted)',
      strokeWidth: 1.5,
      strokeDasharray: '6 3',
    }),
  ];
}

/** What lies below the points of a method: a line that joins them, and their intervals. */
export function intervalsOf(rows: readonly Budgeted[], seriesOf: SeriesOf, scale: MetricScale): Plot.Markish[] {
  const sorted = [...rows].sort((a, b) => a.epsilon - b.epsilon);
  const x = (row: Budgeted): number => row.epsilon;
  return [
    Plot.line(sorted, { x, y: by('metric', scale), stroke: 'var(--ink)', strokeOpacity: 0.45, strokeWidth: 1.5 }),
    Plot.link(sorted, {
      x1: x,
      x2: x,
      y1: by('low', scale),
      y2: by('high', scale),
      stroke: (row: Budgeted) => seriesOf(row.method, row.epsilon).colour,
      strokeWidth: 2.5,
    }),
  ];
}

/** The points of a method. */
export function pointsOf(
  rows: readonly Budgeted[],
  symbol: (typeof SYMBOLS)[number],
  seriesOf: SeriesOf,
  scale: MetricScale,
): Plot.Markish {
  return Plot.dot(rows, {
    x: (row: Budgeted) => row.epsilon,
    y: by('metric', scale),
    fill: (row: Budgeted) => seriesOf(row.method, row.epsilon).colour,
    stroke: 'var(--paper)',
    symbol,
    r: 4.5,
    title: (row: Budgeted) => `${seriesOf(row.method, row.epsilon).label}: ${formatMetric(row.metric, scale)}`,
  });
}

/** A number of the row, on the metric's axis. */
function by(field: 'metric' | 'low' | 'high', scale: MetricScale): (row: PlottedRow) => number {
  return (row) => inUnits(row[field], scale);
}
