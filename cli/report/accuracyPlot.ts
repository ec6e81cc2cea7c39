/**
 * The drawing of quality against ε, by itself: the report and README show the same one.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import type { Room } from './figure.ts';
import { axisLabel, formatMetric, inUnits, shortPercent } from './format.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { Metric, ResultRow } from './input.ts';
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
  metric: Metric,
  { narrow, width }: Room,
): Plot.PlotOptions {
  const budgeted = rows.filter(isBudgeted);
  const baselines = rows.filter((row) => row.epsilon === null).sort((a, b) => b.metric - a.metric);
  const methods = budgetedMethods(rows);
  const epsilons = [...new Set(budgeted.map((row) => row.epsilon))].sort((a, b) => a - b);
  const { metricScale: scale } = metric;
  const top = axisTop(Math.max(...rows.map((row) => row.high)), scale);
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
    y: { domain: [0, top], grid: true, label: axisLabel(metric), ticks: 6 },
    marks: [
      Plot.rectY(baselines, {
        x1: left,
        x2: right,
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
      // A narrow chart has no room for names: its legend has them.
      ...(narrow
        ? []
        : [
            Plot.text(placeLabels(baselines, scale, top, height - 74), {
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
          scale,
          narrow ? null : LABEL_PLACES[Math.min(i, 1)],
        ),
      ),
    ],
  };
}

/** A number of the row, on the metric's axis. */
function by(field: 'metric' | 'low' | 'high', scale: MetricScale): (row: ResultRow) => number {
  return (row) => inUnits(row[field], scale);
}

/** Where the axis ends: some room above the highest interval, 100 at most; of points a round number. */
function axisTop(highest: number, scale: MetricScale): number {
  const room = Math.min(100, inUnits(highest, scale) * 1.08);
  if (scale === 'share') return room;
  const half = 10 ** Math.floor(Math.log10(Math.max(room, 1))) / 2;
  return half * Math.max(1, Math.ceil(room / half));
}

/** Half a decade beyond the outermost budget, but never beyond 1 by more than a little. */
function domainEdge(epsilon: number, direction: 1 | -1): number {
  const edge = epsilon * 10 ** (direction * 0.4);
  return direction === 1 ? Math.min(edge, Math.max(1, epsilon) * 1.2) : edge;
}

/**
 * Where a point's label stands: of the first method below and to its right, of the others above and to its left, so that two
 * methods of one budget keep apart however near they come.
 */
const LABEL_PLACES = [
  { dx: 9, dy: 11, textAnchor: 'start' },
  { dx: -9, dy: -11, textAnchor: 'end' },
] as const;

/** A method's points with their intervals, joined by a line. */
function marksOf(
  rows: readonly Budgeted[],
  symbol: (typeof SYMBOLS)[number],
  seriesOf: SeriesOf,
  scale: MetricScale,
  place: (typeof LABEL_PLACES)[number] | null,
): Plot.Markish[] {
  const sorted = [...rows].sort((a, b) => a.epsilon - b.epsilon);
  const colour = (row: Budgeted): string => seriesOf(row.method, row.epsilon).colour;
  const x = (row: Budgeted): number => row.epsilon;
  return [
    Plot.line(sorted, { x, y: by('metric', scale), stroke: 'var(--ink)', strokeOpacity: 0.45, strokeWidth: 1.5 }),
    Plot.link(sorted, { x1: x, x2: x, y1: by('low', scale), y2: by('high', scale), stroke: colour, strokeWidth: 2.5 }),
    Plot.dot(sorted, {
      x,
      y: by('metric', scale),
      fill: colour,
      stroke: 'var(--paper)',
      symbol,
      r: 4.5,
      title: (row: Budgeted) => `${seriesOf(row.method, row.epsilon).label}: ${formatMetric(row.metric, scale)}`,
    }),
    Plot.text(sorted, {
      x,
      y: by('metric', scale),
      text: (row: Budgeted) => `${place === null ? '' : `${row.method} `}${formatMetric(row.metric, scale)}`,
      ...(place ?? LABEL_PLACES[0]),
      fill: 'var(--ink)',
      stroke: 'var(--paper)',
      strokeWidth: 4,
    }),
  ];
}

/** The baselines' labels at heights that do not cover one another: from the top down, each below the one before. */
function placeLabels(
  baselines: readonly ResultRow[],
  scale: MetricScale,
  top: number,
  pixels: number,
): readonly { readonly at: number; readonly text: string }[] {
  const least = (LABEL_HEIGHT * top) / pixels;
  let above = Infinity;
  return baselines.map((row) => {
    const at = Math.min(inUnits(row.metric, scale), above - least);
    above = at;
    return { at, text: `${row.method} ${formatMetric(row.metric, scale)}` };
  });
}
