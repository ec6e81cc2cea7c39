/** Passes of the order statistic over bit patterns without their sign, as int32: what is at least, what lies between. */
import { CANDIDATES } from './layout';

const MAGNITUDE: i32 = 0x7fffffff;
/** Room for what is copied together, in values: 2^17 less the 16 that may be written in passing. */
export const ROOM: i32 = (1 << 17) - 16;

/** How many the last {@link gatherBetween} has copied; −1 where it stopped for want of room. */
let copied: i32 = 0;
export function gathered(): i32 {
  return copied;
}

/** For each of the 16 sets of lanes, the bytes that bring them to the front. */
const FRONT: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0,
  8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0,
  12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0,
  8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
]); // prettier-ignore

/** Writes the lanes of `v` that `set` marks to `to`, side by side; returns the place after them. */
// @ts-ignore: decorator
@inline
function append(to: usize, v: v128, set: v128): usize {
  const lanes = i32x4.bitmask(set);
  v128.store(to, i8x16.swizzle(v, v128.load(FRONT + (<usize>lanes << 4))));
  return to + (<usize>popcnt(lanes) << 2);
}

/**
 * Copies what lies between `low` and `high`, both excluded, to `start` among the CANDIDATES; returns how many are at
 * least `high`. It stops where there is no more room.
 */
export function gatherBetween(x: usize, n: i32, low: i32, high: i32, start: usize): i32 {
  const m = i32x4.splat(MAGNITUDE), l = i32x4.splat(low), h = i32x4.splat(high - 1);
  let c0 = i32x4.splat(0), c1 = c0;
  let to = start;
  const full: usize = CANDIDATES + (<usize>ROOM << 2);
  for (; n >= 16; n -= 16) {
    const v0 = v128.and(v128.load(x), m), v1 = v128.and(v128.load(x, 16), m);
    const v2 = v128.and(v128.load(x, 32), m), v3 = v128.and(v128.load(x, 48), m);
    const a0 = i32x4.gt_s(v0, h), a1 = i32x4.gt_s(v1, h), a2 = i32x4.gt_s(v2, h), a3 = i32x4.gt_s(v3, h);
    c0 = i32x4.sub(c0, i32x4.add(a0, a1));
    c1 = i32x4.sub(c1, i32x4.add(a2, a3));
    const b0 = v128.andnot(i32x4.gt_s(v0, l), a0), b1 = v128.andnot(i32x4.gt_s(v1, l), a1);
    const b2 = v128.andnot(i32x4.gt_s(v2, l), a2), b3 = v128.andnot(i32x4.gt_s(v3, l), a3);
    x += 64;
    if (!v128.any_true(v128.or(v128.or(b0, b1), v128.or(b2, b3)))) continue;
    if (to > full) break;
    to = append(append(append(append(to, v0, b0), v1, b1), v2, b2), v3, b3);
  }
  let atLeast = laneTotal(i32x4.add(c0, c1));
  for (; n > 0 && to <= full; n--) {
    const v = load<i32>(x) & MAGNITUDE;
    store<i32>(to, v);
    to += <usize>(v > low && v < high) << 2;
    atLeast += <i32>(v >= high);
    x += 4;
  }
  copied = n > 0 ? -1 : <i32>((to - start) >> 2);
  return atLeast;
}

/** |{ i : |xᵢ| ≥ least }| */
export function countAtLeast(x: usize, n: i32, least: i32): i32 {
  const m = i32x4.splat(MAGNITUDE), h = i32x4.splat(least - 1);
  let c0 = i32x4.splat(0), c1 = c0;
  for (; n >= 8; n -= 8) {
    c0 = i32x4.sub(c0, i32x4.gt_s(v128.and(v128.load(x), m), h));
    c1 = i32x4.sub(c1, i32x4.gt_s(v128.and(v128.load(x, 16), m), h));
    x += 32;
  }
  let count = laneTotal(i32x4.add(c0, c1));
  for (; n > 0; n--) {
    count += <i32>((load<i32>(x) & MAGNITUDE) >= least);
    x += 4;
  }
  return count;
}

// @ts-ignore: decorator
@inline
export function laneTotal(c: v128): i32 {
  const s = i32x4.extract_lane(c, 0) + i32x4.extract_lane(c, 1);
  return s + i32x4.extract_lane(c, 2) + i32x4.extract_lane(c, 3);
}
