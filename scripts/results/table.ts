/**
 * The table of a comparison for the documents: its rows, over several random seeds with their spread, and its claims.
 *
 * @module
 */
import { bytes, count, formatMetric, percent, shortPercent } from '../../cli/report/format.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { ReportInput, Verdict } from '../../cli/report/input.ts';
import { describeRate, describeRates, describeRandomSeeds, randomSeedsOf, spreadOf } from '../../cli/report/runs.ts';
import { chartMarkup } from './chart.ts';

/** What the interval of a metric is. */
const INTERVALS: Readonly<Record<MetricScale, string>> = {
  share: 'the binomial one of the test rows (Wilson, 95 %)',
  points: 'the bootstrap’s over the test rows (95 %)',
};

/** The verdicts as a page writes them. */
const VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: 'Holds',
  'does not hold': '**Does not hold**',
  'not decided': '**Not decided**',
};

/** The table, how it was measured, the chart and the claims; of time it says nothing (docs/performance.md does). */
export function renderTable(shown: ReportInput): string {
  const randomSeeds = randomSeedsOf(shown);
  const several = randomSeeds.length > 1;
  const written = (value: number): string => formatMetric(value, shown.metricScale);
  const heading = ['method', 'ε', shown.metricName, '95 % interval'];
  if (several) heading.push(`${randomSeeds.length} random seeds`);
  heading.push('learning rate', 'parameters changed', 'realised fraction', 'to store');
  const rows = shown.rows.map((row) => {
    const cells = [
      row.method,
      row.epsilon === null ? '' : shortPercent(row.epsilon),
      written(row.metric),
      `${written(row.low)} to ${written(row.high)}`,
    ];
    if (several) cells.push(spreadOf(row.runs, 'metric', written));
    cells.push(describeRate(row), count(row.changed), row.changed === 0 ? '' : percent(row.realisedFraction, 3));
    cells.push(row.bytes === 0 ? '' : bytes(row.bytes));
    return cells;
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const claims = shown.claims.map(
    ({ anchor, claim, verdict, evidence }) =>
      `- ${VERDICTS[verdict]} (${anchor}): ${withoutStop(claim)} (${withoutStop(evidence)}).`,
  );
  return `<!-- Made by npm run generate -- results from a run's result.json: do not edit. -->

${line(heading)}
${line(heading.map((_, i) => (i === 0 ? '---' : '--:')))}
${rows.map(line).join('\n')}

Measured on ${shown.date.slice(0, 10)}: ${shown.machine}. The interval is ${several ? `the bootstrap’s over test rows and random seeds (95 %); if nothing was trained, it is ${INTERVALS[shown.metricScale]}. The column ${shown.metricName} is the mean over ${describeRandomSeeds(randomSeeds)}, and the column after the interval has the least and the greatest` : INTERVALS[shown.metricScale]}. ${describeRates(shown)} The subset applied to the seed is the tuned model ${shown.applyIsExact ? 'to the bit' : 'NOT to the bit'}, and reverting it gives back the seed ${shown.revertIsExact ? 'to the bit' : 'NOT to the bit'}.

${chartMarkup(shown, 'img')}

What the paper claims, on these rows and ${describeRandomSeeds(randomSeeds)}:

${claims.join('\n')}`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
