/**
 * Number formats: rounding, the spacing of neighbours, and closeness in units of it.
 *
 * @module
 */
import type { Dtype } from '../implementation.ts';

/** A binary floating-point format. */
export interface Format {
  readonly dtype: Dtype;
  /** Bits of the significand, the hidden one included. */
  readonly precision: number;
  /** From 1 to its upper neighbour. */
  readonly epsilon: number;
  readonly smallestNormal: number;
  /** From 0 to its upper neighbour. */
  readonly smallest: number;
  /** 2^(largest exponent + 1): where overflow lies. */
  readonly overflow: number;
  /** The nearest value of the format, ties to even. */
  readonly round: (x: number) => number;
}

function makeFormat(dtype: Dtype, precision: number, exponent: number, round: (x: number) => number): Format {
  const smallestNormal = 2 ** (1 - exponent);
  const epsilon = 2 ** (1 - precision);
  // 2^1024 is no double: for float64 the largest one marks the place.
  const overflow = Math.min(2 ** (exponent + 1), Number.MAX_VALUE);
  return { dtype, precision, epsilon, smallestNormal, smallest: smallestNormal * epsilon, overflow, round };
}

/** The relative error of one operation of an oracle: as large as that of an implementation in float64. */
export const FLOAT64_ROUNDING = 2 ** -53;

/** IEEE 754 and Google Brain's formats: precision and largest exponent of each. */
export const FORMATS: Readonly<Record<Dtype, Format>> = {
  float32: makeFormat('float32', 24, 127, Math.fround),
  float64: makeFormat('float64', 53, 1023, (x) => x),
  bfloat16: makeFormat('bfloat16', 8, 127, roundToBfloat16),
};

const bits = new DataView(new ArrayBuffer(8));

function roundToBfloat16(x: number): number {
  if (!Number.isFinite(x)) return x;
  bits.setFloat32(0, x);
  const word = bits.getUint32(0);
  bits.setUint32(0, (word + 0x7fff + ((word >>> 16) & 1)) & 0xffff_0000);
  return bits.getFloat32(0);
}

/** ⌊log₂|x|⌋ for a normal double. */
function exponentOf(x: number): number {
  bits.setFloat64(0, x);
  return ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023;
}

/** The distance from |x| to its upper neighbour in the format. */
export function ulp(format: Format, x: number): number {
  const size = Math.abs(x);
  if (size >= format.overflow) return format.overflow * (format.epsilon / 2);
  if (size < format.smallestNormal) return format.smallest;
  return 2 ** exponentOf(size) * format.epsilon;
}

/** Whether `got` lies within `count` units in the last place of the exact value; an overflow counts as 2^(emax+1). */
export function isWithinUlps(format: Format, got: number, exact: number, count: number): boolean {
  if (Number.isNaN(got) || Number.isNaN(exact)) return false;
  const wanted = format.round(exact);
  if (got === wanted) return true;
  const [a, b] = [clampToOverflow(format, got), clampToOverflow(format, wanted)];
  return Math.abs(a - b) <= count * ulp(format, Math.min(Math.max(Math.abs(a), Math.abs(b)), format.overflow / 2));
}

function clampToOverflow(format: Format, x: number): number {
  return Math.max(-format.overflow, Math.min(format.overflow, x));
}

/** Whether the format holds x itself. */
export function isExact(format: Format, x: number): boolean {
  return format.round(x) === x;
}

/** Whether a + b has no rounding error in the format (nor in the double that we compute it with). */
export function isExactSum(format: Format, a: number, b: number): boolean {
  const sum = a + b;
  const part = sum - a;
  return isExact(format, sum) && a - (sum - part) + (b - part) === 0;
}

/** Whether a · b has no rounding error in the format; the factors hold at most 24 and 29 bits where it is claimed. */
export function isExactProduct(format: Format, a: number, b: number): boolean {
  const product = a * b;
  if (product === 0) return a === 0 || b === 0;
  return isExact(format, product) && significantBits(a) + significantBits(b) <= 53;
}

/** Bits between the first and the last one of a double's significand. */
export function significantBits(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return 0;
  let scaled = Math.abs(x) / 2 ** Math.max(exponentOf(x), -1022);
  let count = 1;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    count++;
  }
  return count;
}

/** Whether x is a denormal of the format. */
export function isDenormal(format: Format, x: number): boolean {
  return x !== 0 && Math.abs(x) < format.smallestNormal;
}

/** A number for eyes: −0 as −0. */
export function showNumber(x: number): string {
  return Object.is(x, -0) ? '-0.0' : String(x);
}
