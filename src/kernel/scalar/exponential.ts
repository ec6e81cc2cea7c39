/**
 * e^x and what is built of it, in float32 arithmetic operation by operation: the same bits on every engine, and in
 * the wasm module, whatever the engine's own `Math.exp` does.
 *
 * @module
 */
const { fround } = Math;

/** Beyond these e^x is +∞ or rounds to 0. */
const HIGHEST = fround(89);
const LOWEST = fround(-104);
const LOG2_E = fround(1.44269504088896341);
/** 1.5 · 2²³: adding it to |t| < 2²² rounds t to a whole number, ties to even, in the low bits of the sum. */
const ROUNDER = fround(12582912);
/** ln 2 in two parts (Cody and Waite 1980): the first has few enough bits that n · LN2_HIGH is exact. */
const LN2_HIGH = fround(0.693359375);
const LN2_LOW = fround(-2.1219444e-4);
/** Minimax coefficients of (e^r − 1 − r) / r² on |r| ≤ ln 2 / 2; Cephes, `expf.c` (Moshier 1992, netlib). */
const C0 = fround(1.98756915e-4);
const C1 = fround(1.3981999507e-3);
const C2 = fround(8.3334519073e-3);
const C3 = fround(4.1665795894e-2);
const C4 = fround(1.6666665459e-1);
const C5 = fround(5.0000001201e-1);

/** 2^n for −151 ≤ n ≤ 129 at index n + 151, exact in float64. */
const POWERS_OF_TWO = Float64Array.from({ length: 281 }, (_, i) => 2 ** (i - 151));

/**
 * e^x for any float32 x: denormal and zero results, +∞ and NaN included; within 1.1 ulp (measured by the suite).
 *
 * e^x = 2^n · e^r with n = round(x / ln 2) and |r| ≤ ln 2 / 2.
 */
export function exponential(x: number): number {
  const bounded = HIGHEST < x ? HIGHEST : x < LOWEST ? LOWEST : x;
  const n = fround(fround(fround(bounded * LOG2_E) + ROUNDER) - ROUNDER);
  const r = fround(fround(bounded - fround(n * LN2_HIGH)) - fround(n * LN2_LOW));
  let p = fround(fround(C0 * r) + C1);
  p = fround(fround(p * r) + C2);
  p = fround(fround(p * r) + C3);
  p = fround(fround(p * r) + C4);
  p = fround(fround(p * r) + C5);
  p = fround(fround(fround(p * fround(r * r)) + r) + 1);
  return fround(p * POWERS_OF_TWO[n + 151]);
}

/** 1 / (1 + e^−x), the logistic function; accurate on both sides, unlike (1 + tanh(x/2)) / 2. */
export function logistic(x: number): number {
  return fround(1 / fround(1 + exponential(-x)));
}
