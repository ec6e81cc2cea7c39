/**
 * The cells and lines in which a comparison is told, on a page and in a terminal alike.
 *
 * @module
 */
import { METRIC_SCALES } from '../../src/metrics/measure.ts';
import { METHODS } from '../../src/train/methods.ts';
import type { RateOrigin } from '../../src/train/names.ts';
import { formatEpsilon } from '../demo/methods.ts';
import { formatMetric, inUnits } from '../report/format.ts';
import { formatBytes, formatCount, formatSeconds, formatShare, type Column } from '../table.ts';
import type { Comparison, RunFacts } from './comparison.ts';
import type { NotComparable, PairedDifference } from './pairs.ts';

const ORIGINS: Readonly<Record<RateOrigin, string>> = { given: '', recorded: ' (recorded)', guess: ' (guess)' };

export const RUN_COLUMNS: readonly Column[] = [
  { heading: 'run' },
  { heading: 'method' },
  { heading: 'ε', align: 'right' },
  { heading: 'learning rate', align: 'right' },
  { heading: 'metric' },
  { heading: 'value', align: 'right' },
  { heading: '95 % interval', align: 'right' },
  { heading: 'changed', align: 'right' },
  { heading: 'realised', align: 'right' },
  { heading: 'to store', align: 'right' },
  { heading: 'time', align: 'right' },
];

/** One cell a column. */
export function runCells(run: RunFacts): readonly string[] {
  const scale = METRIC_SCALES[run.metric];
  return [
    run.name,
    METHODS[run.method].label,
    run.epsilon === null ? '' : formatEpsilon(run.epsilon),
    describeRate(run),
    `${run.split} ${run.metric}`,
    formatMetric(run.value, scale, ' '),
    `${inUnits(run.low, scale).toFixed(1)} to ${inUnits(run.high, scale).toFixed(1)}`,
    formatCount(run.changed),
    formatShare(run.realisedFraction, 3),
    formatBytes(run.bytes),
    formatSeconds(run.seconds),
  ];
}

/** `0.4 (recorded)`, `0.03 (guess)`, or a rate that somebody gave. */
export function describeRate({ learningRate, learningRateFrom }: RunFacts): string {
  return `${learningRate}${ORIGINS[learningRateFrom]}`;
}

export const PAIR_COLUMNS: readonly Column[] = [
  { heading: 'run' },
  { heading: 'minus' },
  { heading: 'points', align: 'right' },
  { heading: '95 % interval', align: 'right' },
  { heading: 'p', align: 'right' },
];

/** A row a pair. */
export function pairRows({ runs, differences }: Comparison): (readonly string[])[] {
  return differences.flatMap((difference) => {
    const run = runs.find(({ name }) => name === difference.first);
    return run === undefined ? [] : [pairCells(difference, run)];
  });
}

/** One cell a column; differences are in points, of a share as of points. */
function pairCells({ first, second, value, low, high, p }: PairedDifference, run: RunFacts): readonly string[] {
  const points = (difference: number): string => {
    const text = inUnits(difference, METRIC_SCALES[run.metric]).toFixed(1);
    return difference > 0 ? `+${text}` : text;
  };
  return [first, second, points(value), `${points(low)} to ${points(high)}`, p === null ? '' : p.toPrecision(2)];
}

/** `a and b are not compared: they differ in seed, data (train, test)` */
export function describeNotComparable({ first, second, differ }: NotComparable): string {
  return `${first} and ${second} are not compared: they differ in ${differ.join(', ')}`;
}
