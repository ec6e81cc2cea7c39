/**
 * Counting and searching: Eq. 8's numerator, changed parameters, the first value that is not finite.
 *
 * @module
 */
import { checkLength } from '../checks.ts';
import { bitsOf } from './bits.ts';

/** |{ i : deltaᵢ > tau }|, tau rounded to float32; NaN is above nothing. */
export function countAbove(delta: Float32Array, tau: number): number {
  const threshold = Math.fround(tau);
  let count = 0;
  for (let i = 0; i < delta.length; i++) if (delta[i] > threshold) count++;
  return count;
}

/** |{ i : bits(aᵢ) ≠ bits(bᵢ) }|: 0 and −0 differ, a NaN equals itself. */
export function countDifferent(a: Float32Array, b: Float32Array): number {
  checkLength('countDifferent', b, a.length);
  const bitsA = bitsOf(a);
  const bitsB = bitsOf(b);
  let count = 0;
  for (let i = 0; i < bitsA.length; i++) if (bitsA[i] !== bitsB[i]) count++;
  return count;
}

/** The first index whose value is NaN or infinite, or −1. */
export function firstNotFinite(x: Float32Array): number {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i])) return i;
  return -1;
}
