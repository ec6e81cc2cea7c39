/**
 * The drawing of quality against ε, by itself: the report and README show the same one.
 *
 * @module
 */
import type * as Plot from '@observablehq/plot';
import { bandsOf, intervalsOf, pointsOf, SYMBOLS, type Budgeted, type PlottedRow } from './accuracyMarks.ts';
import type { Room } from './figure.ts';
import { axisLabel, formatMetric, inUnits, shortPercent } from './format.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { Metric } from './input.ts';
import { labelMark, leaderMark, placeInMargin } from './labelMarks.ts';
import { columnsOf, LABEL_GAP, placeBeside } from './labels.ts';
import { positionOn } from './pixels.ts';
import type { SeriesOf } from './series.ts';
import { spacedTicks } from './ticks.ts';
import { boundTextWidth, boundWidest, LINE_HEIGHT, shortenTo } from './textWidth.ts';

/** In the order of the symbols, for legends. */
const GLYPHS = ['●', '■', '▲', '◆', '★'] as const;
/** The widest that a name beside a point or a line becomes, in pixels. */
const WIDEST_LABEL = 190;
const MARGINS = { top: 28, bottom: 46, left: 44 } as const;
/** From the axis to the first point. */
const INSET = 28;

export function isBudgeted(row: PlottedRow): row is Budgeted {
  return row.epsilon !== null;
}

/** The methods that have a budget, in the order of their markers. */
export function budgetedMethods(rows: readonly PlottedRow[]): readonly string[] {
  return [...new Set(rows.filter(isBudgeted).map(({ method }) => method))];
}

/** What the markers and the lines across are, the lines from the top down. */
export function namesOf(
  rows: readonly PlottedRow[],
  scale: MetricScale,
): Readonly<Record<'markers' | 'lines', readonly { readonly glyph: string; readonly name: string }[]>> {
  return {
    markers: budgetedMethods(rows).map((name, i) => ({ glyph: GLYPHS[i % GLYPHS.length], name })),
    lines: baselinesOf(rows).map((row) => ({ glyph: '┄', name: nameOf(row, scale) })),
  };
}

/** Plot's options. At least one row has a budget. A narrow chart has no space for names: they stand in a legend. */
export function accuracyPlot(
  rows: readonly PlottedRow[],
  seriesOf: SeriesOf,
  metric: Metric,
  { narrow, width }: Room,
): Plot.PlotOptions {
  const { metricScale: scale } = metric;
  const budgeted = rows.filter(isBudgeted);
  const byMethod = budgetedMethods(rows).map((method) => budgeted.filter((row) => row.method === method));
  const labelled = budgeted.map((row) => ({ row, text: labelOf(row, scale, narrow) }));
  const lines = narrow ? [] : baselinesOf(rows).map((row) => ({ row, text: labelOf(row, scale, false) }));
  const marginRight = LABEL_GAP + boundWidest(lines.map(({ text }) => text));
  const { x, xOf, placed } = layOutAcross(labelled, [MARGINS.left + INSET, width - marginRight]);
  const tallest = Math.max(lines.length, ...columnsOf(placed).map(({ length }) => length));
  const height = Math.max(narrow ? 320 : 420, MARGINS.top + MARGINS.bottom + LINE_HEIGHT * tallest);
  const [top, bottom] = [MARGINS.top, height - MARGINS.bottom];
  const y: Plot.ScaleOptions = {
    domain: [0, axisTop(Math.max(...rows.map((row) => row.high)), scale)],
    range: [bottom, top],
  };
  const yOf = positionOn(y);
  const at = (row: PlottedRow): number => yOf(inUnits(row.metric, scale));
  const labels = [
    ...placeBeside(placed.map((each) => ({ ...each, y: at(each.row) })), top, bottom), // prettier-ignore
    ...placeInMargin(lines.map(({ row, text }) => ({ text, x: width - marginRight, y: at(row) })), top, bottom), // prettier-ignore
  ];
  return {
    height,
    marginLeft: MARGINS.left,
    marginTop: top,
    marginRight,
    marginBottom: MARGINS.bottom,
    x: {
      ...x,
      ticks: spacedTicks(
        [...new Set(budgeted.map(({ epsilon }) => epsilon))].sort((a, b) => a - b),
        xOf,
        shortPercent,
      ),
      tickFormat: shortPercent,
      label: narrow ? 'budget ε' : 'budget ε (share of parameters that may change)',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { ...y, grid: true, label: axisLabel(metric), ticks: 6 },
    marks: [
      ...bandsOf(baselinesOf(rows), scale),
      leaderMark(labels),
      // Every interval lies below every point: those of near methods cross the points of others.
      ...byMethod.flatMap((own) => intervalsOf(own, seriesOf, scale)),
      ...byMethod.map((own, i) => pointsOf(own, SYMBOLS[i % SYMBOLS.length], seriesOf, scale)),
      labelMark(labels),
    ],
  };
}

function baselinesOf(rows: readonly PlottedRow[]): readonly PlottedRow[] {
  return rows.filter((row) => !isBudgeted(row)).sort((a, b) => b.metric - a.metric);
}

function nameOf(row: PlottedRow, scale: MetricScale): string {
  return `${row.method} ${formatMetric(row.metric, scale)}`;
}

/** The value, and before it as much of the name as fits. */
function labelOf(row: PlottedRow, scale: MetricScale, narrow: boolean): string {
  const value = formatMetric(row.metric, scale);
  return narrow ? value : `${shortenTo(row.method, WIDEST_LABEL - boundTextWidth(` ${value}`))} ${value}`;
}

interface Labelled {
  readonly row: Budgeted;
  readonly text: string;
}

/** The axis of the budgets, and where each row stands on it: to the right of the last column there is space for its labels. */
function layOutAcross(
  labelled: readonly Labelled[],
  [from, to]: readonly [number, number],
): {
  readonly x: Plot.ScaleOptions;
  readonly xOf: (epsilon: number) => number;
  readonly placed: readonly (Labelled & { readonly x: number })[];
} {
  const epsilons = labelled.map(({ row }) => row.epsilon);
  const domain = [Math.min(...epsilons), Math.max(...epsilons)];
  const widest = (some: readonly Labelled[]): number => boundWidest(some.map(({ text }) => text));
  const leaving = (room: number): ReturnType<typeof layOutAcross> => {
    const x: Plot.ScaleOptions = { type: 'log', domain, range: [from, to - 2 * LABEL_GAP - room] };
    const xOf = positionOn(x);
    return { x, xOf, placed: labelled.map((each) => ({ ...each, x: xOf(each.row.epsilon) })) };
  };
  const last = widest(labelled.filter(({ row }) => row.epsilon === domain[1]));
  const tight = leaving(last);
  const column = columnsOf(tight.placed).at(-1) ?? [];
  return widest(column) > last ? leaving(widest(labelled)) : tight;
}

/** Where the axis ends: some space above the highest interval, 100 at most; of points a round number. */
function axisTop(highest: number, scale: MetricScale): number {
  const room = Math.min(100, inUnits(highest, scale) * 1.08);
  if (scale === 'share') return room;
  const half = 10 ** Math.floor(Math.log10(Math.max(room, 1))) / 2;
  return half * Math.max(1, Math.ceil(room / half));
}
