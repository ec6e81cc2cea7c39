/**
 * The result table, with each interval drawn beside its number, and what the run shows in one sentence.
 *
 * @module
 */
import { idOf } from '../demo/methods.ts';
import { bytes, count, formatMetric, percent, seconds } from './format.ts';
import { html, type Html } from '../../html/markup.ts';
import type { ReportInput, ResultRow } from './input.ts';
import { describeRate, describeRates, randomSeedsOf, spreadOf } from './runs.ts';
import { label, type SeriesOf } from './series.ts';
import { table } from '../../html/table.ts';

/** Width of the small drawing of an interval, in pixels. */
const WHISKER = 96;

/** All rows. */
export function summaryTable(input: ReportInput, seriesOf: SeriesOf): Html {
  const { rows, metricName, metricScale } = input;
  const randomSeeds = randomSeedsOf(input);
  const several = randomSeeds.length > 1;
  const written = (value: number): string => formatMetric(value, metricScale);
  const top = Math.max(1e-9, ...rows.map(({ high }) => high));
  const results = table(
    'Results on the test split',
    [
      { heading: 'Method' },
      { heading: metricName, numeric: true },
      { heading: '95 % interval' },
      ...(several ? [{ heading: `${randomSeeds.length} random seeds`, numeric: true }] : []),
      { heading: 'Learning rate', numeric: true },
      { heading: 'Parameters changed', numeric: true },
      { heading: 'Realised fraction', numeric: true },
      { heading: 'Bytes to store', numeric: true },
      { heading: 'Training time', numeric: true },
    ],
    rows.map((row) => {
      const { label: name, colour } = seriesOf(row.method, row.epsilon);
      return [
        html`<span class="key" style="background:${colour}"></span>${name}`,
        html`<strong>${written(row.metric)}</strong>`,
        html`${whisker(row, top, colour)} <span class="faint">${written(row.low)} to ${written(row.high)}</span>`,
        ...(several ? [spreadOf(row.runs, 'metric', written)] : []),
        describeRate(row) || '–',
        count(row.changed),
        row.changed === 0 ? '–' : percent(row.realisedFraction, 3),
        row.bytes === 0 ? '–' : bytes(row.bytes),
        spreadOf(row.runs, 'seconds', seconds) || '–',
      ];
    }),
  );
  const mean = several
    ? ` ${metricName} is the mean of ${randomSeeds.length} random seeds, with the least and the greatest.`
    : '';
  return html`${results}
    <p class="faint">${describeRates(input)}${mean}</p>`;
}

/** The metric and its interval on a line from 0 to `top`. */
function whisker({ metric, low, high }: ResultRow, top: number, colour: string): Html {
  const at = (value: number): string => (3 + (value / top) * (WHISKER - 6)).toFixed(1);
  return html`<svg class="whisker" width="${WHISKER}" height="12" aria-hidden="true">
    <line x1="3" x2="${WHISKER - 3}" y1="6" y2="6" style="stroke:var(--rule)" />
    <line x1="${at(low)}" x2="${at(high)}" y1="6" y2="6" style="stroke:${colour};stroke-width:6;stroke-opacity:0.45" />
    <line x1="${at(metric)}" x2="${at(metric)}" y1="1" y2="11" style="stroke:${colour};stroke-width:2" />
  </svg>`;
}

/** The best method with a budget below 1 against training everything, in words; nothing if either is missing. */
export function headline({ rows, metricName, metricScale }: ReportInput): Html {
  const full = rows.find(({ id }) => id === idOf('full', null));
  const subsets = rows.filter(({ epsilon }) => epsilon !== null && epsilon < 1);
  if (full === undefined || subsets.length === 0) return html``;
  const best = subsets.reduce((a, b) => (b.metric > a.metric ? b : a));
  return html`<p class="headline">
    <strong>${label(best.method, best.epsilon)}</strong> reaches
    <strong>${formatMetric(best.metric, metricScale)}</strong> ${metricName} by changing ${count(best.changed)}
    parameters (${percent(best.realisedFraction, 2)} of them, ${bytes(best.bytes)}); ${full.method} reaches
    ${formatMetric(full.metric, metricScale)} by changing ${count(full.changed)} (${bytes(full.bytes)}).
  </p>`;
}
