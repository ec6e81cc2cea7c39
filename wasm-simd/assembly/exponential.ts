/** e^x, the logistic function and ln x: src/kernel/scalar/exponential.ts and logarithm.ts, operation by operation. */

/** e^x of four lanes. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  // pmin(a, b) is b < a ? b : a and pmax(a, b) is a < b ? b : a: a NaN in x stays.
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104));
  const rounder = f32x4.splat(12582912);
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(1.44269504088896341)), rounder);
  const n = f32x4.sub(shifted, rounder);
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.add(f32x4.mul(f32x4.splat(1.98756915e-4), r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  // p · 2^n as (p · 2^(n/2)) · 2^(n − n/2): the first product is exact, so even a denormal result is rounded once.
  const exponent = i32x4.sub(shifted, rounder);
  const half = i32x4.shr_s(exponent, 1);
  const bias = i32x4.splat(127);
  const first = i32x4.shl(i32x4.add(half, bias), 23);
  const second = i32x4.shl(i32x4.add(i32x4.sub(exponent, half), bias), 23);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/** 1 / (1 + e^−x) of four lanes. */
// @ts-ignore: decorator
@inline
export function logistic(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
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
