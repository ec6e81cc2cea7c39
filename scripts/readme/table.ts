/**
 * The table of a comparison for README: a run's own numbers, and over several runs their spread.
 *
 * @module
 */
import { bytes, count, formatMetric, percent, seconds, shortPercent } from '../../cli/report/format.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { ReportInput, ResultRow } from '../../cli/report/input.ts';
import { chartMarkup } from './chart.ts';

/** What the interval of a metric is. */
const INTERVALS: Readonly<Record<MetricScale, string>> = {
  share: 'the binomial one of the test rows (Wilson, 95 %)',
  points: 'the bootstrap’s over the test rows (95 %)',
};

/** The table, how it was measured, the chart and the claims. The first run is the one shown; all of them give the spread. */
export function renderTable(runs: readonly ReportInput[]): string {
  const [shown] = runs;
  const several = runs.length > 1;
  const written = (value: number): string => formatMetric(value, shown.metricScale);
  const heading = ['method', 'ε', shown.metricName, '95 % interval'];
  if (several) heading.push(`${runs.length} runs`);
  heading.push('parameters changed', 'realised fraction', 'to store', 'training');
  const rows = shown.rows.map((row) => {
    const cells = [
      row.method,
      row.epsilon === null ? '' : shortPercent(row.epsilon),
      written(row.metric),
      `${written(row.low)} to ${written(row.high)}`,
    ];
    if (several) cells.push(spreadOf(row, runs));
    cells.push(count(row.changed), row.changed === 0 ? '' : percent(row.realisedFraction, 3));
    cells.push(row.bytes === 0 ? '' : bytes(row.bytes), row.seconds === 0 ? '' : seconds(row.seconds));
    return cells;
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const claims = shown.claims.map(
    ({ anchor, claim, holds, evidence }) =>
      `- ${holds ? 'Holds' : '**Does not hold**'} (${anchor}): ${withoutStop(claim)} (${withoutStop(evidence)}).`,
  );
  return `<!-- Made by npm run readme-table from a run's result.json: not typed by hand. -->

${line(heading)}
${line(heading.map((_, i) => (i === 0 ? '---' : '--:')))}
${rows.map(line).join('\n')}

Measured on ${shown.date.slice(0, 10)}: ${shown.machine}. The interval is ${INTERVALS[shown.metricScale]}${several ? `; the column after it is the least and the greatest of ${runs.length} runs with different seeds of chance` : ''}. The subset applied to the seed is the tuned model ${shown.applyIsExact ? 'to the bit' : 'NOT to the bit'}, and reverting it gives back the seed ${shown.revertIsExact ? 'to the bit' : 'NOT to the bit'}.

${chartMarkup(shown)}

What the paper claims, on these rows:

${claims.join('\n')}`;
}

function spreadOf({ method, epsilon }: ResultRow, runs: readonly ReportInput[]): string {
  const values = runs.flatMap(({ rows }) =>
    rows.filter((row) => row.method === method && row.epsilon === epsilon).map(({ metric }) => metric),
  );
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${formatMetric(low, runs[0].metricScale)} to ${formatMetric(high, runs[0].metricScale)}`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
