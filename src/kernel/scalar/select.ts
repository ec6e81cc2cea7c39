/**
 * The order statistic in linear time. Non-negative floats are ordered as their bit patterns are (IEEE 754 § 5.10), so
 * three counting passes fix the wanted pattern's 31 bits: its upper 11, its middle 10, its lower 10.
 *
 * @module
 */
import { checkRank } from '../checks.ts';
import type { OrderStatistic } from '../kernels.ts';
import { bitsOf } from './bits.ts';

const counts = new Uint32Array(2048);
const float = new Float32Array(1);
const pattern = new Uint32Array(float.buffer);

/**
 * The value of rank `rank` (0 = smallest) among non-negative distances: exact, ties and infinities included. The
 * sign of a zero is disregarded; a NaN ranks above +∞. It needs no guess.
 */
export function orderStatistic(delta: Float32Array, rank: number): OrderStatistic {
  checkRank('orderStatistic', rank, delta.length);
  const bits = bitsOf(delta);
  let prefix = 0;
  let remaining = rank;
  let equal = 0;
  // [shift of the digit, its width, shift of the digits that are already fixed]
  for (const [shift, width, fixed] of DIGITS) {
    const mask = (1 << width) - 1;
    counts.fill(0);
    for (let i = 0; i < bits.length; i++) {
      const magnitude = bits[i] & 0x7fffffff;
      if (magnitude >>> fixed === prefix) counts[(magnitude >>> shift) & mask]++;
    }
    let digit = 0;
    while (remaining >= counts[digit]) remaining -= counts[digit++];
    prefix = (prefix << width) | digit;
    equal = counts[digit];
  }
  pattern[0] = prefix;
  // Of all values, rank − remaining are smaller.
  return { value: float[0], above: delta.length - (rank - remaining) - equal };
}

const DIGITS = [
  [20, 11, 31],
  [10, 10, 20],
  [0, 10, 10],
] as const;
