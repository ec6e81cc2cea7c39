/** What softmax and cross-entropy do with a row. */
import { exponential } from './exponential';
import { high, loadPart, low, partTotal, total } from './lanes';

/** The largest of n values; −∞ of none. A NaN may be passed over: it comes back in the sum. */
export function highest(x: usize, n: i32): f32 {
  let v = f32x4.splat(-Infinity), w = v;
  for (; n >= 8; n -= 8) {
    v = f32x4.pmax(v, v128.load(x));
    w = f32x4.pmax(w, v128.load(x, 16));
    x += 32;
  }
  v = f32x4.pmax(v, w);
  let best = f32x4.extract_lane(v, 0);
  best = larger(best, f32x4.extract_lane(v, 1));
  best = larger(best, f32x4.extract_lane(v, 2));
  best = larger(best, f32x4.extract_lane(v, 3));
  for (; n > 0; n--) {
    best = larger(best, load<f32>(x));
    x += 4;
  }
  return best;
}

// @ts-ignore: decorator
@inline
function larger(a: f32, b: f32): f32 {
  return a < b ? b : a;
}

/** Σ e^(x − shift) in float64. */
export function sumOfExponentials(x: usize, n: i32, shift: f32): f64 {
  const s = f32x4.splat(shift);
  let s0 = f64x2.splat(0), s1 = s0;
  for (; n >= 4; n -= 4) {
    const e = exponential(f32x4.sub(v128.load(x), s));
    s0 = f64x2.add(s0, low(e));
    s1 = f64x2.add(s1, high(e));
    x += 16;
  }
  const sum = total(s0, s1);
  return n ? sum + partTotal(exponential(f32x4.sub(loadPart(x, n), s)), n) : sum;
}
