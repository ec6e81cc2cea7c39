/**
 * Charts of curves over training steps, one line per method: the loss, and the metric on the development split.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import { figure, nothingToDraw, stepAxis, type Chart } from './figure.ts';
import { axisLabel, formatMetric, significant } from './format.ts';
import type { Html } from '../../html/markup.ts';
import type { CurvePoint, MethodCurves, Metric } from './input.ts';
import { legend, type SeriesOf } from './series.ts';
import { table } from '../../html/table.ts';
import { spread, thinByMean } from './thin.ts';

/** Points per curve: one for every few pixels. */
const POINTS = 160;
/** So few points are shown as points. */
const FEW = 24;
/** Rows of the table behind the chart. */
const TABLE_ROWS = 12;

/** Training loss of every method that trained. */
export function lossChart(methods: readonly MethodCurves[], seriesOf: SeriesOf): Html {
  return curves(methods, seriesOf, {
    id: 'loss',
    title: 'Training loss',
    description: 'Mean cross-entropy in nats per label token over the training steps, smoothed by short means.',
    axis: 'loss (nats)',
    pick: (method) => method.loss,
    write: significant,
    empty: 'No training loss was recorded.',
  });
}

/** The metric on the development split while training. */
export function developmentChart(methods: readonly MethodCurves[], seriesOf: SeriesOf, metric: Metric): Html {
  const { metricName, metricScale } = metric;
  return curves(methods, seriesOf, {
    id: 'development',
    title: `Development ${metricName}`,
    description: 'Measured on the development split over the training steps.',
    axis: axisLabel(metric),
    percent: metricScale === 'share',
    fromZero: metricScale === 'points',
    pick: (method) => method.development,
    write: (value) => formatMetric(value, metricScale),
    empty: `No development ${metricName} was recorded.`,
  });
}

interface CurveChart extends Pick<Chart, 'id' | 'title' | 'description'> {
  readonly axis: string;
  readonly percent?: boolean;
  readonly fromZero?: boolean;
  readonly pick: (method: MethodCurves) => readonly CurvePoint[];
  readonly write: (value: number) => string;
  readonly empty: string;
}

function curves(methods: readonly MethodCurves[], seriesOf: SeriesOf, chart: CurveChart): Html {
  const drawn = methods
    .map((method) => ({
      series: seriesOf(method.method, method.epsilon),
      curve: chart.pick(method).filter(({ value }) => Number.isFinite(value)),
    }))
    .filter(({ curve }) => curve.length > 0);
  if (drawn.length === 0) return nothingToDraw(chart.empty);
  return figure({
    id: chart.id,
    title: chart.title,
    description: chart.description,
    legend: legend(drawn.map(({ series }) => series)),
    draw: ({ narrow }) => ({
      height: narrow ? 260 : 360,
      marginLeft: 44,
      marginBottom: 44,
      x: stepAxis(
        narrow,
        drawn.map(({ curve }) => curve),
      ),
      y: {
        label: chart.axis,
        grid: true,
        ticks: 6,
        percent: chart.percent === true,
        zero: chart.fromZero === true,
        nice: true,
      },
      marks: drawn.flatMap(({ series, curve }) => [
        Plot.lineY(thinByMean(curve, POINTS), {
          x: 'step',
          y: 'value',
          stroke: series.colour,
          strokeWidth: 2,
          strokeDasharray: series.dash,
        }),
        ...(curve.length <= FEW ? [Plot.dot(curve, { x: 'step', y: 'value', fill: series.colour, r: 3 })] : []),
      ]),
    }),
    data: table(
      `${chart.title}: every method at some of its steps`,
      [{ heading: 'Method' }, { heading: 'Step', numeric: true }, { heading: chart.title, numeric: true }],
      drawn.flatMap(({ series, curve }) =>
        spread(thinByMean(curve, POINTS), TABLE_ROWS).map(({ step, value }) => [
          series.label,
          step,
          chart.write(value),
        ]),
      ),
    ),
  });
}
