/**
 * bfloat16: the upper 16 bits of a float32 (8 bits of exponent, 7 of fraction), for storage.
 *
 * @module
 */
import { bitsOf } from '../kernel/scalar/bits.ts';

/** Lowest bit that bfloat16 keeps, and half of it less one: round to nearest, ties to even. */
const KEPT = 16;
const ALMOST_HALF = 0x7fff;
const QUIET_BIT = 0x40;

/**
 * The bfloat16 bit pattern nearest to a float32 bit pattern: ties go to the even pattern, what lies beyond the largest
 * finite value to infinity. A NaN stays a NaN (quiet, with its sign and the upper bits of its payload).
 */
function nearestBits(bits: number): number {
  const isNaN = (bits & 0x7fffffff) > 0x7f800000;
  if (isNaN) return (bits >>> KEPT) | QUIET_BIT;
  const lowestKept = (bits >>> KEPT) & 1;
  return ((bits >>> 0) + ALMOST_HALF + lowestKept) >>> KEPT;
}

/** Rounds each value to the nearest bfloat16, in place. */
export function roundToBfloat16(x: Float32Array): void {
  const bits = bitsOf(x);
  for (let i = 0; i < bits.length; i++) bits[i] = nearestBits(bits[i]) << KEPT;
}

/** The bfloat16 patterns of the values, rounded to nearest even. */
export function encodeBfloat16(x: Float32Array): Uint16Array {
  const bits = bitsOf(x);
  return Uint16Array.from(bits, nearestBits);
}

/** The values of bfloat16 patterns: exact. */
export function decodeBfloat16(patterns: Uint16Array): Float32Array {
  const bits = Uint32Array.from(patterns, (pattern) => pattern << KEPT);
  return new Float32Array(bits.buffer);
}
