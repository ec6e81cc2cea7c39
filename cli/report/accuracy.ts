/**
 * The metric against the budget ε, on a logarithmic axis, with 95 % intervals; what has no budget is a line across.
 *
 * @module
 */
import type { PlottedRow } from './accuracyMarks.ts';
import { accuracyPlot, isBudgeted, namesOf } from './accuracyPlot.ts';
import { figure, nothingToDraw } from './figure.ts';
import { formatMetric, shortPercent } from './format.ts';
import { html, type Html } from '../../html/markup.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { Metric } from './input.ts';
import type { SeriesOf } from './series.ts';
import { table } from '../../html/table.ts';

/** Quality against ε. */
export function accuracyChart(rows: readonly PlottedRow[], seriesOf: SeriesOf, metric: Metric): Html {
  const { metricName, metricScale } = metric;
  const written = (value: number): string => formatMetric(value, metricScale);
  if (!rows.some(isBudgeted)) return nothingToDraw('No method of this run has a budget ε.');
  return figure({
    id: 'accuracy',
    title: `Test ${metricName} against the budget ε`,
    description:
      'Points are methods with a budget, whiskers their 95 % intervals; a line across, with its interval as a band, is a method without one.',
    draw: (room) => accuracyPlot(rows, seriesOf, metric, room),
    legend: markerLegend(rows, metricScale),
    data: table(
      `Test ${metricName} against ε`,
      [
        { heading: 'Method' },
        { heading: 'ε', numeric: true },
        { heading: metricName, numeric: true },
        { heading: '95 % interval', numeric: true },
      ],
      rows.map((row) => [
        row.method,
        row.epsilon === null ? '–' : shortPercent(row.epsilon),
        written(row.metric),
        `${written(row.low)} to ${written(row.high)}`,
      ]),
    ),
  });
}

/** Which marker is which method; on a narrow page also what the lines across are. */
function markerLegend(rows: readonly PlottedRow[], scale: MetricScale): Html {
  const { markers, lines } = namesOf(rows, scale);
  const entry = (kind: string, { glyph, name }: (typeof markers)[number]): Html =>
    html`<li class="${kind}"><span aria-hidden="true">${glyph}</span>${name}</li>`;
  return html`<ul class="legend">
    ${markers.map((marker) => entry('marker', marker))} ${lines.map((line) => entry('narrow-only', line))}
  </ul>`;
}
