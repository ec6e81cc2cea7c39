/** Counting and searching: src/kernel/scalar/count.ts. A true comparison is −1 in its lane. */
import { laneTotal } from './band';
import { ifNotFinite } from './lanes';

export function countAbove(delta: usize, tau: f32, n: i32): i32 {
  const t = f32x4.splat(tau);
  let c0 = i32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  for (; n >= 32; n -= 32) {
    c0 = i32x4.sub(c0, f32x4.gt(v128.load(delta), t));
    c1 = i32x4.sub(c1, f32x4.gt(v128.load(delta, 16), t));
    c2 = i32x4.sub(c2, f32x4.gt(v128.load(delta, 32), t));
    c3 = i32x4.sub(c3, f32x4.gt(v128.load(delta, 48), t));
    c0 = i32x4.sub(c0, f32x4.gt(v128.load(delta, 64), t));
    c1 = i32x4.sub(c1, f32x4.gt(v128.load(delta, 80), t));
    c2 = i32x4.sub(c2, f32x4.gt(v128.load(delta, 96), t));
    c3 = i32x4.sub(c3, f32x4.gt(v128.load(delta, 112), t));
    delta += 128;
  }
  let count = laneTotal(i32x4.add(i32x4.add(c0, c1), i32x4.add(c2, c3)));
  for (; n > 0; n--) {
    count += <i32>(load<f32>(delta) > tau);
    delta += 4;
  }
  return count;
}

export function countDifferent(a: usize, b: usize, n: i32): i32 {
  let c0 = i32x4.splat(0), c1 = c0;
  for (; n >= 16; n -= 16) {
    c0 = i32x4.sub(c0, i32x4.ne(v128.load(a), v128.load(b)));
    c1 = i32x4.sub(c1, i32x4.ne(v128.load(a, 16), v128.load(b, 16)));
    c0 = i32x4.sub(c0, i32x4.ne(v128.load(a, 32), v128.load(b, 32)));
    c1 = i32x4.sub(c1, i32x4.ne(v128.load(a, 48), v128.load(b, 48)));
    a += 64, b += 64;
  }
  let count = laneTotal(i32x4.add(c0, c1));
  for (; n > 0; n--) {
    count += <i32>(load<i32>(a) != load<i32>(b));
    a += 4, b += 4;
  }
  return count;
}

/** NaN and the infinities are the values whose exponent is all ones. */
export function firstNotFinite(x: usize, n: i32): i32 {
  let i = 0;
  // One branch for 32 values instead of 4: it then reads almost as fast as counting does (bench/selection).
  for (; i + 32 <= n; i += 32) {
    const at = x + (<usize>i << 2);
    const a = v128.or(ifNotFinite(v128.load(at)), ifNotFinite(v128.load(at, 16)));
    const b = v128.or(ifNotFinite(v128.load(at, 32)), ifNotFinite(v128.load(at, 48)));
    const c = v128.or(ifNotFinite(v128.load(at, 64)), ifNotFinite(v128.load(at, 80)));
    const d = v128.or(ifNotFinite(v128.load(at, 96)), ifNotFinite(v128.load(at, 112)));
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) break;
  }
  for (; i < n; i++) {
    if ((load<i32>(x + (<usize>i << 2)) & 0x7f800000) == 0x7f800000) return i;
  }
  return -1;
}
