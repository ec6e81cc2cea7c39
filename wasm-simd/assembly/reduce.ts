/** Float64 sums over vectors in four lanes, as (0 + 2) + (1 + 3), and what is left at the end: reduce.ts of scalar. */
import { highAt, loadPart, lowAt, partTotal, total } from './lanes';

export function sum(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0;
  for (; n >= 4; n -= 4) {
    s0 = f64x2.add(s0, lowAt(x));
    s1 = f64x2.add(s1, highAt(x));
    x += 16;
  }
  const s = total(s0, s1);
  return n ? s + partTotal(loadPart(x, n), n) : s;
}

/** To the bit ⟨x, x⟩. */
export function sumOfSquares(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0;
  for (; n >= 4; n -= 4) {
    const v = lowAt(x), w = highAt(x);
    s0 = f64x2.add(s0, f64x2.mul(v, v));
    s1 = f64x2.add(s1, f64x2.mul(w, w));
    x += 16;
  }
  return remainingDot(x, x, n, total(s0, s1));
}

/** Products of float32 are exact in float64. */
export function dot(a: usize, b: usize, n: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0;
  for (; n >= 4; n -= 4) {
    s0 = f64x2.add(s0, f64x2.mul(lowAt(a), lowAt(b)));
    s1 = f64x2.add(s1, f64x2.mul(highAt(a), highAt(b)));
    a += 16, b += 16;
  }
  return remainingDot(a, b, n, total(s0, s1));
}

// @ts-ignore: decorator
@inline
function remainingDot(a: usize, b: usize, n: i32, s: f64): f64 {
  for (; n > 0; n--) {
    s += <f64>load<f32>(a) * <f64>load<f32>(b);
    a += 4, b += 4;
  }
  return s;
}
