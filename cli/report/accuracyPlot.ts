/**
 * The drawing of quality against ε, by itself: the report and README show the same one.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import type { Room } from './figure.ts';
import { percent, shortPercent } from './format.ts';
import type { ResultRow } from './input.ts';
import type { SeriesOf } from './series.ts';

/** A row with a budget. */
export type Budgeted = ResultRow & { readonly epsilon: number };

/** The least distance between two labels of baselines, in pixels. */
const LABEL_HEIGHT = 15;
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'star'] as const;

export function isBudgeted(row: ResultRow): row is Budgeted {
  return row.epsilon !== null;
}

/** The methods that have a budget, in the order of their markers. */
export function budgetedMethods(rows: readonly ResultRow[]): readonly string[] {
  return [...new Set(rows.filter(isBudgeted).map(({ method }) => method))];
}

/** Plot's options. At least one row has a budget. */
export function accuracyPlot(
  rows: readonly ResultRow[],
  seriesOf: SeriesOf,
  metric: string,
  { narrow, width }: Room,
): Plot.PlotOptions {
  const budgeted = rows.filter(isBudgeted);
  const baselines = rows.filter((row) => row.epsilon === null).sort((a, b) => b.metric - a.metric);
  const methods = budgetedMethods(rows);
  const epsilons = [...new Set(budgeted.map((row) => row.epsilon))].sort((a, b) => a - b);
  const top = Math.min(1, Math.max(...rows.map((row) => row.high)) * 1.08);
  const height = narrow ? 320 : 420;
  const [left, right] = [domainEdge(epsilons[0], -1), domainEdge(epsilons[epsilons.length - 1], 1)];
  return {
    height,
    marginLeft: 44,
    marginTop: 28,
    marginRight: narrow ? 16 : 190,
    marginBottom: 46,
    x: {
      type: 'log',
      domain: [left, right],
      ticks: epsilons.length * 60 > width ? 5 : epsilons,
      tickFormat: shortPercent,
      label: 'budget ε (share of parameters that may change)',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { domain: [0, top * 100], grid: true, label: `${metric} (%)`, ticks: 6 },
    marks: [
      Plot.rectY(baselines, {
        x1: left,
        x2: right,
        y1: by('low'),
        y2: by('high'),
        fill: 'var(--muted)',
        fillOpacity: 0.13,
      }),
      Plot.ruleY(baselines, { y: by('metric'), stroke: 'var(--muted)', strokeWidth: 1.5, strokeDasharray: '6 3' }),
      // A narrow chart has no room for names: its legend has them.
      ...(narrow
        ? []
        : [
            Plot.text(placeLabels(baselines, top * 100, height - 74), {
              x: () => right,
              y: 'at',
              text: 'text',
              textAnchor: 'start',
              dx: 8,
              fill: 'var(--ink)',
            }),
          ]),
      ...methods.flatMap((method, i) =>
        marksOf(
          budgeted.filter((row) => row.method === method),
          SYMBOLS[i % SYMBOLS.length],
          seriesOf,
          !narrow,
        ),
      ),
    ],
  };
}

/** A percentage of the row, for an axis in percent. */
function by(field: 'metric' | 'low' | 'high'): (row: ResultRow) => number {
  return (row) => row[field] * 100;
}

/** Half a decade beyond the outermost budget, but never beyond 1 by more than a little. */
function domainEdge(epsilon: number, direction: 1 | -1): number {
  const edge = epsilon * 10 ** (direction * 0.4);
  return direction === 1 ? Math.min(edge, Math.max(1, epsilon) * 1.2) : edge;
}

/** A method's points with their intervals, joined by a line. */
function marksOf(
  rows: readonly Budgeted[],
  symbol: (typeof SYMBOLS)[number],
  seriesOf: SeriesOf,
  named: boolean,
): Plot.Markish[] {
  const sorted = [...rows].sort((a, b) => a.epsilon - b.epsilon);
  const colour = (row: Budgeted): string => seriesOf(row.method, row.epsilon).colour;
  const x = (row: Budgeted): number => row.epsilon;
  return [
    Plot.line(sorted, { x, y: by('metric'), stroke: 'var(--ink)', strokeOpacity: 0.45, strokeWidth: 1.5 }),
    Plot.link(sorted, { x1: x, x2: x, y1: by('low'), y2: by('high'), stroke: colour, strokeWidth: 2.5 }),
    Plot.dot(sorted, {
      x,
      y: by('metric'),
      fill: colour,
      stroke: 'var(--paper)',
      symbol,
      r: 4.5,
      title: (row: Budgeted) => `${seriesOf(row.method, row.epsilon).label}: ${percent(row.metric)}`,
    }),
    Plot.text(sorted, {
      x,
      y: by('metric'),
      text: (row: Budgeted) => (named ? `${row.method} ${percent(row.metric)}` : percent(row.metric)),
      dx: 9,
      dy: 11,
      textAnchor: 'start',
      fill: 'var(--ink)',
      stroke: 'var(--paper)',
      strokeWidth: 4,
    }),
  ];
}

/** The baselines' labels at heights that do not cover one another: from the top down, each below the one before. */
function placeLabels(
  baselines: readonly ResultRow[],
  top: number,
  pixels: number,
): readonly { readonly at: number; readonly text: string }[] {
  const least = (LABEL_HEIGHT * top) / pixels;
  let above = Infinity;
  return baselines.map((row) => {
    const at = Math.min(row.metric * 100, above - least);
    above = at;
    return { at, text: `${row.method} ${percent(row.metric)}` };
  });
}
