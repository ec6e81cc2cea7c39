/**
 * Counting and searching: Eq. 8's numerator, changed parameters, the first value that is not finite.
 *
 * @module
 */
import * as paper from '../../paper.ts';
import { checkLength } from '../checks.ts';

/** |{ i : deltaᵢ > tau }|, tau rounded to float32; NaN is above nothing. */
export function countAbove(delta: Float32Array, tau: number): number {
  return paper.countAbove(delta, Math.fround(tau));
}

/** |{ i : bits(aᵢ) ≠ bits(bᵢ) }|: 0 and −0 differ, a NaN equals any NaN. */
export function countDifferent(a: Float32Array, b: Float32Array): number {
  checkLength('countDifferent', b, a.length);
  return paper.countChanged(a, b);
}

/** The first index whose value is NaN or infinite, or −1. */
export function firstNotFinite(x: Float32Array): number {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i])) return i;
  return -1;
}
