/**
 * The least, the median and the greatest of a row's rounds, and ratios of two rows of one run.
 *
 * @module
 */
import { wrong } from '../src/errors.ts';
import type { Row } from './result.ts';

export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * @throws {@link InvalidInput} if there are no values.
 */
export function computeSpread(values: readonly number[]): Spread {
  if (values.length === 0) throw wrong('spread: values', 'one or more', 'none');
  const sorted = [...values].sort((a, b) => a - b);
  return { low: sorted[0], median: medianOfSorted(sorted), high: sorted[sorted.length - 1] };
}

export function computeMedian(values: readonly number[]): number {
  return computeSpread(values).median;
}

/**
 * How many times as fast `row` is as `other`: the spread of the ratios round by round. Two rounds of one number lie
 * next to each other in time, so what slows the machine for a while slows both.
 *
 * @throws {@link InvalidInput} if they do not have equally many rounds.
 */
export function computeSpeedup(row: Row, other: Row): Spread {
  if (row.rounds.length !== other.rounds.length) {
    throw wrong(`ratio: ${other.peer}: rounds`, `${row.rounds.length}, as ${row.peer} has`, other.rounds.length);
  }
  return computeSpread(other.rounds.map((time, round) => time / row.rounds[round]));
}

/** GFLOP/s, round by round; the row has flops. */
export function computeRate(row: Row): Spread {
  const { flops } = row;
  if (flops === undefined) throw wrong(`rate: ${row.case}: flops`, 'a number', 'nothing');
  return computeSpread(row.rounds.map((time) => flops / time / 1e6));
}

/** How many times as many operations a second `row` does as `other`, round by round. */
export function computeRateRatio(row: Row, other: Row): Spread {
  const [flops = NaN, otherFlops = NaN] = [row.flops, other.flops];
  return computeSpread(row.rounds.map((ms, round) => flops / ms / (otherFlops / other.rounds[round])));
}

function medianOfSorted(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
