/**
 * The natural logarithm in float32 arithmetic operation by operation, as {@link exponential} is.
 *
 * @module
 */
const { fround } = Math;

const SQRT_HALF = fround(0.70710678118654752);
const LN2_HIGH = fround(0.693359375);
const LN2_LOW = fround(-2.1219444e-4);
/** Coefficients of (ln(1 + f) − f + f²/2) / f³, √½ ≤ 1 + f < √2; Cephes, `logf.c` (Moshier 1992, netlib). */
const COEFFICIENTS = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(fround);

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/**
 * ln x for a positive normal float32 x, as the sum of a softmax is; NaN stays NaN, +∞ stays +∞. Within 1.1 ulp
 * (measured by the suite).
 */
export function logarithm(x: number): number {
  if (!(x < Infinity)) return x;
  float[0] = x;
  let exponent = (bits[0] >> 23) - 126;
  bits[0] = (bits[0] & 0x007fffff) | 0x3f000000;
  let fraction = float[0];
  if (fraction < SQRT_HALF) {
    exponent -= 1;
    fraction = fround(fraction + fraction);
  }
  const f = fround(fraction - 1);
  const square = fround(f * f);
  let p = COEFFICIENTS[0];
  for (let i = 1; i < COEFFICIENTS.length; i++) p = fround(fround(p * f) + COEFFICIENTS[i]);
  p = fround(fround(p * f) * square);
  p = fround(p + fround(exponent * LN2_LOW));
  p = fround(p - fround(0.5 * square));
  return fround(fround(f + p) + fround(exponent * LN2_HIGH));
}
