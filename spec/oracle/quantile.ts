/**
 * Equation 6: τ = quantile(δ, 1 − ε), by sorting, interpolated linearly, in float64; and the thresholds that an
 * implementation may answer with.
 *
 * @module
 */
import type { Arithmetic, Range } from './distance.ts';
import { isDenormal, isExact, isExactProduct, isExactSum, significantBits, ulp } from './formats.ts';
import type { Format } from './formats.ts';

/** Units in the last place that the protocol allows an interpolated threshold. */
export const THRESHOLD_ULPS = 2;

/** Where the quantile lies among the sorted distances: (1 − ε)(m − 1), counted from 0, give or take `slack`. */
export interface Position {
  readonly value: number;
  /**
   * What rounding may move it by: 1 − ε is rounded, its product with m − 1 is, and a program that speaks of
   * percentiles scales twice more: four half-units of m − 1, taken twice. 0 if nothing is rounded.
   */
  readonly slack: number;
}

export function computePosition(epsilon: number, size: number, format: Format): Position {
  const last = size - 1;
  const value = (1 - epsilon) * last;
  return { value, slack: isPositionExact(epsilon, last, format) ? 0 : 4 * format.epsilon * last };
}

/** Whether 1 − ε and its product with m − 1 are free of rounding: all are multiples of ε's last bit. */
function isPositionExact(epsilon: number, last: number, format: Format): boolean {
  if (!isExactSum(format, 1, -epsilon)) return false;
  return isExactProduct(format, 1 - epsilon, last) && isExactProduct(format, epsilon, last);
}

/** The quantile function of sorted values: piecewise linear, so monotone in the position as in the values. */
export function interpolate(sorted: readonly number[], position: number): number {
  const place = placeAmong(sorted, position);
  const j = Math.floor(place);
  const weight = place - j;
  const low = sorted[j];
  if (weight === 0 || low === sorted[j + 1]) return low;
  const high = sorted[j + 1];
  return high === Infinity ? Infinity : low + weight * (high - low);
}

/** The same, or the least that is left open: beside an infinite value, any from the finite one on. */
function interpolateLeast(sorted: readonly number[], position: number): number {
  const tau = interpolate(sorted, position);
  return tau === Infinity ? sorted[Math.floor(placeAmong(sorted, position))] : tau;
}

function placeAmong(sorted: readonly number[], position: number): number {
  return Math.min(Math.max(position, 0), sorted.length - 1);
}

export function sortAscending(values: Iterable<number>): number[] {
  return [...values].sort((a, b) => a - b);
}

/** τ of Eq. 6 in float64. */
export function computeQuantile(distances: readonly number[], epsilon: number): number {
  return interpolate(sortAscending(distances), (1 - epsilon) * (distances.length - 1));
}

/** The thresholds that an implementation may use on distances that are known up to a range. */
export function computeThresholdRange(
  distances: readonly Range[],
  epsilon: number,
  { format, flushes }: Arithmetic,
): Range {
  const { value, slack } = computePosition(epsilon, distances.length, format);
  const lows = sortAscending(distances.map(({ low }) => low));
  const highs = sortAscending(distances.map(({ high }) => high));
  const low = interpolateLeast(lows, value - slack);
  const high = interpolate(highs, value + slack);
  const isExactly = slack === 0 && low === high && isInterpolationExact(lows, value, format);
  const least = isExactly ? low : Math.max(0, low - roundingOf(format, low));
  return {
    low: flushes && isDenormal(format, least) ? 0 : least,
    high: isExactly ? high : high + roundingOf(format, high),
  };
}

function roundingOf(format: Format, tau: number): number {
  return tau === Infinity ? 0 : THRESHOLD_ULPS * ulp(format, tau);
}

/** Whether low + w(high − low) and (1 − w)low + w·high are both free of rounding. */
function isInterpolationExact(sorted: readonly number[], position: number, format: Format): boolean {
  const j = Math.floor(position);
  const weight = position - j;
  const low = sorted[j];
  if (weight === 0 || low === Infinity) return true;
  const high = sorted[j + 1];
  if (low === 0 && high === 0) return true;
  return (
    significantBits(weight) <= 20 &&
    isExactProduct(format, low, 1 - weight) &&
    isExactProduct(format, high, weight) &&
    isExactSum(format, high, -low) &&
    isExactProduct(format, high - low, weight) &&
    isExact(format, low + weight * (high - low))
  );
}

/** Between which order statistics the quantile lies: any τ from the lower up to, without, the upper keeps one set. */
export function computeCell(distances: readonly number[], epsilon: number, format: Format): Range {
  const { value, slack } = computePosition(epsilon, distances.length, format);
  const sorted = sortAscending(distances);
  const low = Math.max(0, Math.floor(value - slack));
  const high = Math.min(sorted.length - 1, Math.floor(value + slack) + 1);
  return { low: sorted[low], high: sorted[high] };
}

/** How many distinct distances Eq. 7 keeps, ⌈ε(m − 1)⌉: the fewest and the most that rounding allows. */
export function computeKeptCount(epsilon: number, size: number, format: Format): Range {
  const { value, slack } = computePosition(epsilon, size, format);
  const last = size - 1;
  return {
    low: last - Math.min(last, Math.floor(value + slack)),
    high: last - Math.max(0, Math.floor(value - slack)),
  };
}

/** How many of known, distinct distances exceed the threshold: the fewest and the most that its range leaves open. */
export function computeCountAbove(distances: readonly number[], epsilon: number, arithmetic: Arithmetic): Range {
  const points = distances.map((distance) => ({ low: distance, high: distance }));
  const { low, high } = computeThresholdRange(points, epsilon, arithmetic);
  const above = (tau: number): number => distances.filter((distance) => distance > tau).length;
  return { low: above(high), high: above(low) };
}
