/** What softmax and cross-entropy do with a row. */
import { exponential, halfExponential, NEAR } from './exponential';
import { high, loadPart, low, partTotal, total } from './lanes';

/** The smallest of the values that {@link highest} last went through; +∞ of none. */
export let lowest: f32 = 0;

/** The largest of n values; −∞ of none. A NaN may be passed over: it comes back in the sum. */
export function highest(x: usize, n: i32): f32 {
  // Eight chains of comparisons that do not wait for one another.
  let h0 = f32x4.splat(-Infinity), h1 = h0, h2 = h0, h3 = h0;
  let l0 = f32x4.splat(Infinity), l1 = l0, l2 = l0, l3 = l0;
  for (; n >= 16; n -= 16) {
    const v0 = v128.load(x), v1 = v128.load(x, 16), v2 = v128.load(x, 32), v3 = v128.load(x, 48);
    h0 = f32x4.pmax(h0, v0), h1 = f32x4.pmax(h1, v1), h2 = f32x4.pmax(h2, v2), h3 = f32x4.pmax(h3, v3);
    l0 = f32x4.pmin(l0, v0), l1 = f32x4.pmin(l1, v1), l2 = f32x4.pmin(l2, v2), l3 = f32x4.pmin(l3, v3);
    x += 64;
  }
  h0 = f32x4.pmax(f32x4.pmax(h0, h1), f32x4.pmax(h2, h3));
  l0 = f32x4.pmin(f32x4.pmin(l0, l1), f32x4.pmin(l2, l3));
  for (; n >= 4; n -= 4) {
    h0 = f32x4.pmax(h0, v128.load(x)), l0 = f32x4.pmin(l0, v128.load(x));
    x += 16;
  }
  for (; n > 0; n--) {
    h0 = f32x4.pmax(h0, v128.load32_splat(x)), l0 = f32x4.pmin(l0, v128.load32_splat(x));
    x += 4;
  }
  h0 = f32x4.pmax(h0, v128.shuffle<f32>(h0, h0, 2, 3, 0, 1));
  l0 = f32x4.pmin(l0, v128.shuffle<f32>(l0, l0, 2, 3, 0, 1));
  lowest = f32x4.extract_lane(f32x4.pmin(l0, v128.shuffle<f32>(l0, l0, 1, 0, 3, 2)), 0);
  return f32x4.extract_lane(f32x4.pmax(h0, v128.shuffle<f32>(h0, h0, 1, 0, 3, 2)), 0);
}

/** Whether e^(x − shift) may be had by its half for all that {@link highest} last went through; shift is not below them. */
// @ts-ignore: decorator
@inline
export function isNear(shift: f32): bool {
  return shift - lowest <= NEAR;
}

/** e^v, or half of it where all v are near. */
// @ts-ignore: decorator
@inline
export function power(v: v128, near: bool): v128 {
  return near ? halfExponential(v) : exponential(v);
}

/**
 * The sum of powers in float64. Four vectors at a time, as in gated.ts: 1.1 times as fast as two (crossEntropy). The rare
 * rows that reach far go vector by vector: a second such loop in a function takes registers from the first.
 */
// @ts-ignore: decorator
@inline
function sumOfPowers(x: usize, n: i32, shift: f32, near: bool): f64 {
  const s = f32x4.splat(shift);
  let s0 = f64x2.splat(0), s1 = s0;
  for (; near && n >= 16; n -= 16) {
    const e0 = power(f32x4.sub(v128.load(x), s), near), e1 = power(f32x4.sub(v128.load(x, 16), s), near);
    const e2 = power(f32x4.sub(v128.load(x, 32), s), near), e3 = power(f32x4.sub(v128.load(x, 48), s), near);
    s0 = f64x2.add(f64x2.add(f64x2.add(f64x2.add(s0, low(e0)), low(e1)), low(e2)), low(e3));
    s1 = f64x2.add(f64x2.add(f64x2.add(f64x2.add(s1, high(e0)), high(e1)), high(e2)), high(e3));
    x += 64;
  }
  for (; n >= 4; n -= 4) {
    const e = power(f32x4.sub(v128.load(x), s), near);
    s0 = f64x2.add(s0, low(e));
    s1 = f64x2.add(s1, high(e));
    x += 16;
  }
  const sum = total(s0, s1);
  return n ? sum + partTotal(power(f32x4.sub(loadPart(x, n), s), near), n) : sum;
}

/** Σ e^(x − shift) in float64; shift is what {@link highest} has just said of the row. */
export function sumOfExponentials(x: usize, n: i32, shift: f32): f64 {
  return isNear(shift) ? 2 * sumOfPowers(x, n, shift, true) : sumOfPowers(x, n, shift, false);
}
