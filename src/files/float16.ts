/**
 * IEEE 754 binary16, for reading models that are stored in it.
 *
 * @module
 */

/** The exact float32 values of binary16 bit patterns; a NaN becomes the quiet NaN. */
export function decodeFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, valueOf);
}

/** 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
function valueOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  // without a leading one if the exponent is 0
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
