/**
 * Equation 5 and Table 1, exactly, and the interval in which an implementation's answer may lie.
 *
 * @module
 */
import type { DistanceKind } from '../implementation.ts';
import { isDenormal, isExact, isExactProduct, isExactSum, ulp } from './formats.ts';
import type { Format } from './formats.ts';

/** What a conforming value may be: low ≤ value ≤ high; equal if the arithmetic is exact. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** How an implementation computes: its format, and whether it takes denormals for 0. */
export interface Arithmetic {
  readonly format: Format;
  readonly flushes: boolean;
}

/** Units in the last place that the protocol allows a distance. */
export const DISTANCE_ULPS = 2;

/**
 * d(θ̂ᵢ, θ⁰ᵢ) in float64. The product of two float32 numbers is exact there, a quotient within half a unit.
 *
 * Zero seeds (decided): relative 0/0 → 0 and x/0 → +∞; inverse-relative 0.
 */
export function computeExactDistance(kind: DistanceKind, candidate: number, seed: number): number {
  return weigh(kind, Math.abs(candidate - seed), seed);
}

function weigh(kind: DistanceKind, difference: number, seed: number): number {
  if (difference === 0) return 0;
  switch (kind) {
    case 'absolute':
      return difference;
    case 'relative':
      return seed === 0 ? Infinity : difference / Math.abs(seed);
    case 'inverse-relative':
      return seed === 0 ? 0 : difference * Math.abs(seed);
  }
}

/** Whether every step of the formula is free of rounding: then any order of operations gives the one exact value. */
export function isDistanceExact(kind: DistanceKind, candidate: number, seed: number, format: Format): boolean {
  const difference = Math.abs(candidate - seed);
  if (difference === 0) return true;
  if (!isExactSum(format, candidate, -seed)) return false;
  switch (kind) {
    case 'absolute':
      return true;
    case 'relative':
      if (seed === 0) return true;
      return isPowerOfTwo(seed) && isExact(format, difference / Math.abs(seed)) && isExact(format, 1 / seed);
    case 'inverse-relative':
      return seed === 0 || isExactProduct(format, difference, seed);
  }
}

/** The interval of a distance: a point where the arithmetic is exact, else 2 ulp on either side, flushing included. */
export function computeDistanceRange(
  kind: DistanceKind,
  candidate: number,
  seed: number,
  { format, flushes }: Arithmetic,
): Range {
  const exact = computeExactDistance(kind, candidate, seed);
  const range = isDistanceExact(kind, candidate, seed, format)
    ? { low: exact, high: exact }
    : widen(format, [exact, computeInFormat(kind, candidate, seed, format)], DISTANCE_ULPS);
  if (!flushes) return range;
  const flushed = computeFlushed(kind, candidate, seed, format);
  const all = widen(format, flushed, DISTANCE_ULPS);
  return flushed.every((value) => value === exact) ? range : hull(range, all);
}

/** The distance of a candidate that is only known to lie within `error` of a value. */
export function computeUncertainDistanceRange(
  kind: DistanceKind,
  candidate: number,
  error: number,
  seed: number,
  arithmetic: Arithmetic,
): Range {
  if (error === 0) return computeDistanceRange(kind, candidate, seed, arithmetic);
  const difference = Math.abs(candidate - seed);
  const values = [Math.max(0, difference - error), difference + error].map((size) => weigh(kind, size, seed));
  const range = widen(arithmetic.format, values, DISTANCE_ULPS);
  return arithmetic.flushes && isDenormal(arithmetic.format, range.low) ? { low: 0, high: range.high } : range;
}

/** The literal order of operations, each rounded: an overflow of |Δ| alone shows up here. */
function computeInFormat(kind: DistanceKind, candidate: number, seed: number, format: Format): number {
  return format.round(weigh(kind, format.round(Math.abs(candidate - seed)), seed));
}

/** Every outcome of taking denormal inputs, differences or results for 0. */
function computeFlushed(kind: DistanceKind, candidate: number, seed: number, format: Format): number[] {
  const choices = (x: number): number[] => (isDenormal(format, x) ? [x, 0] : [x]);
  return choices(candidate).flatMap((c) =>
    choices(seed).flatMap((s) =>
      choices(Math.abs(c - s)).flatMap((difference) =>
        choices(seed).flatMap((weight) => choices(weigh(kind, difference, weight))),
      ),
    ),
  );
}

/** The smallest interval around the values, widened by some units in the last place; distances stay non-negative. */
export function widen(format: Format, values: readonly number[], ulps: number): Range {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const below = Number.isFinite(low) ? low - ulps * ulp(format, low) : format.overflow - ulps * ulp(format, low);
  const above = high + ulps * ulp(format, high);
  return { low: Math.max(0, below), high: above >= format.overflow ? Infinity : above };
}

function hull(a: Range, b: Range): Range {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

function isPowerOfTwo(x: number): boolean {
  return Number.isInteger(Math.log2(Math.abs(x)));
}
