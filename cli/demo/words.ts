/**
 * The main job's result as text.
 *
 * @module
 */
import { TRAIN_DEFAULTS } from '../../src/train/config.ts';
import { describeCall } from '../hint.ts';
import type { Io } from '../io.ts';
import type { Claim, ReportInput, ResultRow, Verdict } from '../report/input.ts';
import { describeRate, describeRates, describeRandomSeeds, randomSeedsOf, spreadOf } from '../report/runs.ts';
import { formatMetric, inUnits } from '../report/format.ts';
import { formatBytes, formatCount, formatSeconds, formatShare, formatTable } from '../table.ts';
import { formatEpsilon } from './methods.ts';

/** The report's title: the main job by that name, the same comparison on another task by the task's. */
export function titleOf(task: string): string {
  return `Dynamic Subset Tuning: ${task === TRAIN_DEFAULTS.task ? 'the main job' : task}`;
}

/**
 * The table, the claims and what to do next.
 *
 * @param shown - the row of the method whose subset stands in the folder.
 * @param size - the number of parameters.
 * @param io - says how the user calls the command.
 */
export function describeDemo(
  report: ReportInput,
  folder: string,
  shown: ResultRow,
  size: number,
  io: Pick<Io, 'calledAs'> = {},
): string {
  const { metricName, metricScale: scale } = report;
  const randomSeeds = randomSeedsOf(report);
  const table = formatTable(
    [
      { heading: 'method' },
      { heading: 'ε', align: 'right' },
      { heading: metricName, align: 'right' },
      { heading: '95 % interval', align: 'right' },
      ...(randomSeeds.length > 1 ? [{ heading: `${randomSeeds.length} random seeds`, align: 'right' as const }] : []),
      { heading: 'learning rate', align: 'right' },
      { heading: 'changed', align: 'right' },
      { heading: 'realised', align: 'right' },
      { heading: 'to store', align: 'right' },
      { heading: 'time', align: 'right' },
    ],
    report.rows.map((row) => [
      row.method,
      row.epsilon === null ? '' : formatEpsilon(row.epsilon),
      formatMetric(row.metric, scale, ' '),
      `${inUnits(row.low, scale).toFixed(1)} to ${inUnits(row.high, scale).toFixed(1)}`,
      ...(randomSeeds.length > 1 ? [spreadOf(row.runs, 'metric', (metric) => inUnits(metric, scale).toFixed(1))] : []),
      describeRate(row),
      formatCount(row.changed),
      row.changed === 0 ? '' : formatShare(row.realisedFraction, 3),
      row.bytes === 0 ? '' : formatBytes(row.bytes),
      spreadOf(row.runs, 'seconds', formatSeconds),
    ]),
  );
  const exact = (holds: boolean): string => (holds ? 'exact to the bit' : 'NOT EXACT');
  return [
    table,
    ...[describeRates(report), ''],
    `What the paper claims, on these rows and ${describeRandomSeeds(randomSeeds)}:`,
    ...report.claims.map(describeClaim),
    '',
    `${folder}/subset.safetensors: ${shownFacts(shown, size)}`,
    `  applied to the seed: ${exact(report.applyIsExact)}; reverted: ${exact(report.revertIsExact)}`,
    `${folder}/report.html: the same with charts`,
    ...report.samples
      .slice(0, 1)
      .map(({ text }) => `Try: ${describeCall(io, ['generate', '--model', folder, '--prompt', text])}`),
    '',
  ].join('\n');
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  'does not hold': 'does NOT hold',
  'not decided': 'not decided',
};

function describeClaim({ anchor, claim, verdict, evidence }: Claim): string {
  return `  ${VERDICTS[verdict].padEnd(14)} ${anchor.padEnd(8)} ${claim} (${evidence})`;
}

/** A parameter is a float32: four bytes. */
function shownFacts({ bytes }: ResultRow, size: number): string {
  const times = Math.round((4 * size) / bytes);
  return `${formatBytes(bytes)}, ${times} times smaller than the model's ${formatBytes(4 * size)}`;
}
