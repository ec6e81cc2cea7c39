/** e^x, the logistic function and ln x: src/kernel/scalar/exponential.ts and logarithm.ts, operation by operation. */

/**
 * The constants, in memory: newer V8s (Node 24) make a constant anew wherever it is used, in a loop too, in three
 * instructions where a load is one. Gated activations are 1.6 times as fast there, and within 5 % on Node 20
 * (bench/step/step.ts).
 */
const TABLE = memory.data<f32>([
  1.44269504088896341, 12582912, 12583038, 0.693359375, -2.1219444e-4,
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
  1, 89, -86, -104,
]);
const LOG2_E: usize = 0;
/** 1.5 · 2²³: adding it rounds to a whole number. */
const ROUNDER: usize = 1;
/** The same + 126: the sum's low bits are the exponent field of 2^(n − 1). It is even, so ties go as with the other. */
const HALVING_ROUNDER: usize = 2;
const LN2_HIGH: usize = 3;
const LN2_LOW: usize = 4;
/** C0 to C5. */
const C: usize = 5;
const ONE: usize = 11;
const HIGHEST: usize = 12;
const LOWEST_NEAR: usize = 13;
const LOWEST: usize = 14;

/** What {@link halfExponential} asks of x: at least −86, and nothing that e^x overflows at. */
export const NEAR: f32 = 86;

// @ts-ignore: decorator
@inline
function constant(i: usize): v128 {
  return v128.load32_splat(TABLE + (i << 2));
}

/** pmin(a, b) is b < a ? b : a and pmax(a, b) is a < b ? b : a: a NaN in x stays. */
// @ts-ignore: decorator
@inline
function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, high), low);
}

/** x / ln 2 rounded to a whole number n, as rounder + n. */
// @ts-ignore: decorator
@inline
function shiftedPower(x: v128, rounder: v128): v128 {
  return f32x4.add(f32x4.mul(x, constant(LOG2_E)), rounder);
}

/** e^(x − n ln 2) */
// @ts-ignore: decorator
@inline
function fraction(x: v128, n: v128): v128 {
  let r = f32x4.sub(x, f32x4.mul(n, constant(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, constant(LN2_LOW)));
  let p = f32x4.add(f32x4.mul(constant(C), r), constant(C + 1));
  p = f32x4.add(f32x4.mul(p, r), constant(C + 2));
  p = f32x4.add(f32x4.mul(p, r), constant(C + 3));
  p = f32x4.add(f32x4.mul(p, r), constant(C + 4));
  p = f32x4.add(f32x4.mul(p, r), constant(C + 5));
  return f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), constant(ONE));
}

/** e^x of four lanes. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const bounded = clamp(x, constant(LOWEST), constant(HIGHEST)), rounder = constant(ROUNDER);
  const shifted = shiftedPower(bounded, rounder);
  const p = fraction(bounded, f32x4.sub(shifted, rounder));
  // p · 2^n as (p · 2^(n/2)) · 2^(n − n/2): the first product is exact, so even a denormal result is rounded once.
  const exponent = i32x4.sub(shifted, rounder);
  const half = i32x4.shr_s(exponent, 1);
  const bias = i32x4.splat(127);
  const first = i32x4.shl(i32x4.add(half, bias), 23);
  const second = i32x4.shl(i32x4.add(i32x4.sub(exponent, half), bias), 23);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/**
 * e^x / 2, exactly, of four lanes from −{@link NEAR} to 89 (or NaN). There 2^(n − 1) is a normal number, and so is the
 * result: one multiplication does, where e^x takes a limit on either side and two products with factors of seven
 * operations. With the loops' four vectors at a time cross-entropy is 1.5 times as fast, gated activations are 1.4 times
 * (bench/step/step.ts).
 */
// @ts-ignore: decorator
@inline
export function halfExponential(x: v128): v128 {
  const rounder = constant(HALVING_ROUNDER);
  const shifted = shiftedPower(x, rounder);
  return f32x4.mul(fraction(x, f32x4.sub(shifted, rounder)), i32x4.shl(shifted, 23));
}

/** 1 / (1 + e^x), the logistic function of −x, of four lanes. */
// @ts-ignore: decorator
@inline
export function logisticOfNegative(x: v128): v128 {
  // Below −86 as at −86 the sum is 1.
  const one = constant(ONE), half = halfExponential(clamp(x, constant(LOWEST_NEAR), constant(HIGHEST)));
  return f32x4.div(one, f32x4.add(one, f32x4.add(half, half)));
}

/** ln x for a positive normal x; NaN and +∞ stay. */
export function logarithm(x: f32): f32 {
  if (!(x < Infinity)) return x;
  const bits = reinterpret<i32>(x);
  let exponent = (bits >> 23) - 126;
  let fraction = reinterpret<f32>((bits & 0x007fffff) | 0x3f000000);
  if (fraction < 0.70710678118654752) {
    exponent -= 1;
    fraction = fraction + fraction;
  }
  const f: f32 = fraction - 1;
  const square: f32 = f * f;
  let p: f32 = 7.0376836292e-2;
  p = p * f + <f32>-1.151461031e-1;
  p = p * f + <f32>1.167699874e-1;
  p = p * f + <f32>-1.2420140846e-1;
  p = p * f + <f32>1.4249322787e-1;
  p = p * f + <f32>-1.6668057665e-1;
  p = p * f + <f32>2.0000714765e-1;
  p = p * f + <f32>-2.4999993993e-1;
  p = p * f + <f32>3.3333331174e-1;
  p = p * f * square;
  p = p + <f32>exponent * <f32>-2.1219444e-4;
  p = p - <f32>0.5 * square;
  return f + p + <f32>exponent * <f32>0.693359375;
}
