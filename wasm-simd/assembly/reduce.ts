/** Float64 sums over vectors in four lanes, as (0 + 2) + (1 + 3), and what is left at the end: reduce.ts of scalar. */
import { high, loadPart, low, partTotal, total } from './lanes';

export function sum(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0;
  for (; n >= 4; n -= 4) {
    const v = v128.load(x);
    s0 = f64x2.add(s0, low(v));
    s1 = f64x2.add(s1, high(v));
    x += 16;
  }
  const s = total(s0, s1);
  return n ? s + partTotal(loadPart(x, n), n) : s;
}

export function sumOfSquares(x: usize, n: i32): f64 {
  return dot(x, x, n);
}

/** Products of float32 are exact in float64. */
export function dot(a: usize, b: usize, n: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0;
  for (; n >= 4; n -= 4) {
    const v = v128.load(a), w = v128.load(b);
    s0 = f64x2.add(s0, f64x2.mul(low(v), low(w)));
    s1 = f64x2.add(s1, f64x2.mul(high(v), high(w)));
    a += 16, b += 16;
  }
  let s = total(s0, s1);
  for (; n > 0; n--) {
    s += <f64>load<f32>(a) * <f64>load<f32>(b);
    a += 4, b += 4;
  }
  return s;
}
