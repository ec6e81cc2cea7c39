/** Counting and searching: src/kernel/scalar/count.ts. A true comparison is −1 in its lane. */

export function countAbove(delta: usize, tau: f32, n: i32): i32 {
  const t = f32x4.splat(tau);
  let c0 = i32x4.splat(0), c1 = c0;
  for (; n >= 8; n -= 8) {
    c0 = i32x4.sub(c0, f32x4.gt(v128.load(delta), t));
    c1 = i32x4.sub(c1, f32x4.gt(v128.load(delta, 16), t));
    delta += 32;
  }
  let count = laneTotal(i32x4.add(c0, c1));
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
  for (; i + 4 <= n; i += 4) {
    const v = v128.and(v128.load(x + (<usize>i << 2)), exponent);
    if (v128.any_true(i32x4.eq(v, exponent))) break;
  }
  for (; i < n; i++) {
    if ((load<i32>(x + (<usize>i << 2)) & 0x7f800000) == 0x7f800000) return i;
  }
  return -1;
}

// @ts-ignore: decorator
@inline
function laneTotal(c: v128): i32 {
  const s = i32x4.extract_lane(c, 0) + i32x4.extract_lane(c, 1);
  return s + i32x4.extract_lane(c, 2) + i32x4.extract_lane(c, 3);
}
