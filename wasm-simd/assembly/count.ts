/** Counting and searching: src/kernel/scalar/count.ts. A true comparison is −1 in its lane. */
import { laneTotal } from './band';

export function countAbove(delta: usize, tau: f32, n: i32): i32 {
  const t = f32x4.splat(tau);
  let c0 = i32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  for (; n >= 16; n -= 16) {
    c0 = i32x4.sub(c0, f32x4.gt(v128.load(delta), t));
    c1 = i32x4.sub(c1, f32x4.gt(v128.load(delta, 16), t));
    c2 = i32x4.sub(c2, f32x4.gt(v128.load(delta, 32), t));
    c3 = i32x4.sub(c3, f32x4.gt(v128.load(delta, 48), t));
    delta += 64;
  }
  let count = laneTotal(i32x4.add(i32x4.add(c0, c1), i32x4.add(c2, c3)));
  for (; n > 0; n--) {
    count += <i32>(load<f32>(delta) > tau);
    delta += 4;
  }
  return count;
}

export function countDifferent(a: usize, b: usize, n: i32): i32 {
  let c = i32x4.splat(0);
  for (; n >= 4; n -= 4) {
    c = i32x4.sub(c, i32x4.ne(v128.load(a), v128.load(b)));
    a += 16, b += 16;
  }
  let count = laneTotal(c);
  for (; n > 0; n--) {
    count += <i32>(load<i32>(a) != load<i32>(b));
    a += 4, b += 4;
  }
  return count;
}

/** NaN and the infinities are the values whose exponent is all ones. */
export function firstNotFinite(x: usize, n: i32): i32 {
  const exponent = i32x4.splat(0x7f800000);
  let i = 0;
  // One branch for 16 values instead of 4: it then reads almost as fast as counting does (bench/selection).
  for (; i + 16 <= n; i += 16) {
    const at = x + (<usize>i << 2);
    const a = i32x4.eq(v128.and(v128.load(at), exponent), exponent);
    const b = i32x4.eq(v128.and(v128.load(at, 16), exponent), exponent);
    const c = i32x4.eq(v128.and(v128.load(at, 32), exponent), exponent);
    const d = i32x4.eq(v128.and(v128.load(at, 48), exponent), exponent);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) break;
  }
  for (; i < n; i++) {
    if ((load<i32>(x + (<usize>i << 2)) & 0x7f800000) == 0x7f800000) return i;
  }
  return -1;
}

