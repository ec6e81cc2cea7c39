/**
 * How many elements of each silo are kept, where an implementation declares a rule for it: the fewest and the most that
 * rounding leaves open.
 *
 * @module
 */
import type { Count } from '../implementation.ts';
import type { Range } from './distance.ts';
import { isExactProduct } from './formats.ts';
import type { Format } from './formats.ts';

/** A rule that gives a number, and not a threshold. */
export type DeclaredCount = Exclude<Count, 'quantile'>;

/** ε|S| of a silo, which lies somewhere between the two: equal if the product needs no rounding. */
interface Quota extends Range {
  readonly size: number;
}

/** @returns for each silo how many are kept. */
export function computeDeclaredCounts(
  rule: DeclaredCount,
  sizes: readonly number[],
  epsilon: number,
  format: Format,
): Range[] {
  const quotas = sizes.map((size) => quotaOf(size, epsilon, format));
  switch (rule) {
    case 'floor':
      return quotas.map(({ low, high }) => ({ low: Math.floor(low), high: Math.floor(high) }));
    case 'ceil':
      return quotas.map(({ low, high, size }) => ({ low: Math.ceil(low), high: Math.min(size, Math.ceil(high)) }));
    case 'round':
      return quotas.map(roundEitherWay);
    case 'largest-remainder':
      return shareOut(
        quotas,
        quotaOf(
          sizes.reduce((sum, size) => sum + size, 0),
          epsilon,
          format,
        ),
      );
  }
}

function quotaOf(size: number, epsilon: number, format: Format): Quota {
  const value = epsilon * size;
  // That of ε and that of the product.
  const slack = isExactProduct(format, epsilon, size) ? 0 : 2 * format.epsilon * value;
  return { size, low: value - slack, high: Math.min(size, value + slack) };
}

/** A half goes up, down or to the even number, as languages have it. */
function roundEitherWay({ low, high, size }: Quota): Range {
  return { low: Math.max(0, Math.ceil(low - 0.5)), high: Math.min(size, Math.floor(high + 0.5)) };
}

/** ⌊ε|S|⌋ each, and the rest of round(εn), a half going up, in the order of the remainders, of equal ones the earlier silo first. */
function shareOut(quotas: readonly Quota[], all: Quota): Range[] {
  const floors = (end: 'low' | 'high'): number => quotas.reduce((sum, quota) => sum + Math.floor(quota[end]), 0);
  const fewest = Math.floor(all.low + 0.5) - floors('high');
  const most = Math.floor(all.high + 0.5) - floors('low');
  return quotas.map((quota, s) => {
    const [low, high] = [Math.floor(quota.low), Math.floor(quota.high)];
    if (low !== high) return { low, high: Math.min(quota.size, high + 1) };
    const before = (surely: boolean): number =>
      quotas.filter((other, t) => precedes(other, t, quota, s, surely)).length;
    return { low: low + (before(false) < fewest ? 1 : 0), high: high + (before(true) < most ? 1 : 0) };
  });
}

/** Whether a silo comes before another one in the order of their remainders: surely so, or possibly. */
function precedes(other: Quota, t: number, quota: Quota, s: number, surely: boolean): boolean {
  if (t === s) return false;
  const floor = Math.floor(other.low);
  if (Math.floor(other.high) !== floor) return !surely;
  const own = Math.floor(quota.low);
  const [theirs, ours] = surely ? [other.low - floor, quota.high - own] : [other.high - floor, quota.low - own];
  const areExact = other.low === other.high && quota.low === quota.high;
  return theirs > ours || (theirs === ours && (areExact ? t < s : !surely));
}

/** The thresholds that keep `kept` of the largest distances by Eq. 7, all that tie with the first left out being left out. */
export function thresholdBelow(distances: readonly Range[], kept: Range): Range {
  const size = distances.length;
  const descending = (end: 'low' | 'high'): number[] => distances.map((range) => range[end]).sort((a, b) => b - a);
  return {
    low: kept.high >= size ? -Infinity : descending('low')[kept.high],
    // Of all, a distance of 0 may still be left out.
    high: kept.low >= size ? 0 : descending('high')[kept.low],
  };
}
