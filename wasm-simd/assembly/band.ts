/** Passes of the order statistic over bit patterns without their sign, as int32: what is at least, what lies between. */
import { BLOCK_END, CANDIDATES, MARKS, PACKED_A } from './layout';

const MAGNITUDE: i32 = 0x7fffffff;
/** Room for what is copied together, in values, and the last place at which copying may go on. */
export let room: i32 = 0;
let full: usize = 0;
/** Of n values so much room, but no less than the second cache holds, 2^17, and no more than the block has. */
const ROOM_SHARE: i32 = 64;

/**
 * Makes room for copies from n values. The more values, the less a sample of them tells, and the wider the band: in a room that
 * does not grow with n selection of 10^8 takes 2.6 times as long (bench/selection/selection.ts, ε = 50 %).
 */
export function makeRoom(n: i32): void {
  const least = <i32>((PACKED_A - CANDIDATES) >> 2), most = <i32>((BLOCK_END - CANDIDATES) >> 2);
  room = min(max(least, n / ROOM_SHARE), most) - 16; // 16 values may be written in passing
  full = CANDIDATES + (<usize>room << 2);
}

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

/** Values of a block, and blocks of a stretch, whose places the {@link MARKS} have room for. */
const BLOCK: i32 = 16;
const STRETCH: i32 = 8192;

/** Behind the last place that was marked. */
let marksEnd: usize = MARKS;
/** Where the next value is copied to; 0 where there was no more room. */
let end: usize = 0;

/**
 * Copies what lies between `low` and `high`, both excluded, to `start` among the CANDIDATES; returns how many are at
 * least `high`. It stops where there is no more room.
 *
 * Stretch by stretch: first the blocks that hold something to copy are listed, without a branch, then those are copied
 * from: 1.6 times as fast at ε = 50 % as a branch at each block, which a processor cannot foresee. Where `few` values
 * exceed `low`, the list is of blocks that hold one, and only those are counted: 1.3 times as fast at ε = 0.1 %
 * (bench/selection/selection.ts).
 */
export function gatherBetween(x: usize, n: i32, low: i32, high: i32, start: usize, few: bool): i32 {
  end = start;
  let atLeast = 0;
  while (n >= BLOCK && end) {
    const blocks = min(n / BLOCK, STRETCH);
    if (few) {
      markAbove(x, blocks, low);
      atLeast += appendMarked(low, high);
    } else {
      atLeast += markBetween(x, blocks, low, high);
      appendMarked(low, high);
    }
    x += <usize>blocks << 6;
    n -= blocks * BLOCK;
  }
  let to = end;
  for (; n > 0 && to && to <= full; n--) {
    const v = load<i32>(x) & MAGNITUDE;
    store<i32>(to, v);
    to += <usize>(v > low && v < high) << 2;
    atLeast += <i32>(v >= high);
    x += 4;
  }
  copied = to && !n ? <i32>((to - start) >> 2) : -1;
  return atLeast;
}

/** Lists the blocks that hold a value above `low`. */
function markAbove(x: usize, blocks: i32, low: i32): void {
  const m = i32x4.splat(MAGNITUDE), l = i32x4.splat(low);
  let mark = MARKS;
  for (; blocks > 0; blocks--) {
    const v0 = v128.and(v128.load(x), m), v1 = v128.and(v128.load(x, 16), m);
    const v2 = v128.and(v128.load(x, 32), m), v3 = v128.and(v128.load(x, 48), m);
    store<u32>(mark, <u32>x);
    const highest = i32x4.max_s(i32x4.max_s(v0, v1), i32x4.max_s(v2, v3));
    mark += <usize>v128.any_true(i32x4.gt_s(highest, l)) << 2;
    x += 64;
  }
  marksEnd = mark;
}

/** Lists the blocks that hold a value between the edges; returns how many values are at least `high`. */
function markBetween(x: usize, blocks: i32, low: i32, high: i32): i32 {
  const m = i32x4.splat(MAGNITUDE), l = i32x4.splat(low), h = i32x4.splat(high - 1);
  let c0 = i32x4.splat(0), c1 = c0;
  let mark = MARKS;
  for (; blocks > 0; blocks--) {
    const v0 = v128.and(v128.load(x), m), v1 = v128.and(v128.load(x, 16), m);
    const v2 = v128.and(v128.load(x, 32), m), v3 = v128.and(v128.load(x, 48), m);
    const a0 = i32x4.gt_s(v0, h), a1 = i32x4.gt_s(v1, h), a2 = i32x4.gt_s(v2, h), a3 = i32x4.gt_s(v3, h);
    c0 = i32x4.sub(c0, i32x4.add(a0, a1));
    c1 = i32x4.sub(c1, i32x4.add(a2, a3));
    const b0 = v128.andnot(i32x4.gt_s(v0, l), a0), b1 = v128.andnot(i32x4.gt_s(v1, l), a1);
    const b2 = v128.andnot(i32x4.gt_s(v2, l), a2), b3 = v128.andnot(i32x4.gt_s(v3, l), a3);
    store<u32>(mark, <u32>x);
    mark += <usize>v128.any_true(v128.or(v128.or(b0, b1), v128.or(b2, b3))) << 2;
    x += 64;
  }
  marksEnd = mark;
  return laneTotal(i32x4.add(c0, c1));
}

/** Copies what lies between the edges from the marked blocks; returns how many values of these are at least `high`. */
function appendMarked(low: i32, high: i32): i32 {
  const m = i32x4.splat(MAGNITUDE), l = i32x4.splat(low), h = i32x4.splat(high - 1);
  let c = i32x4.splat(0);
  let to = end;
  for (let mark = MARKS; mark < marksEnd; mark += 4) {
    if (to > full) {
      end = 0;
      return 0;
    }
    const x = <usize>load<u32>(mark);
    const v0 = v128.and(v128.load(x), m), v1 = v128.and(v128.load(x, 16), m);
    const v2 = v128.and(v128.load(x, 32), m), v3 = v128.and(v128.load(x, 48), m);
    const a0 = i32x4.gt_s(v0, h), a1 = i32x4.gt_s(v1, h), a2 = i32x4.gt_s(v2, h), a3 = i32x4.gt_s(v3, h);
    c = i32x4.sub(c, i32x4.add(i32x4.add(a0, a1), i32x4.add(a2, a3)));
    to = append(to, v0, v128.andnot(i32x4.gt_s(v0, l), a0));
    to = append(to, v1, v128.andnot(i32x4.gt_s(v1, l), a1));
    to = append(to, v2, v128.andnot(i32x4.gt_s(v2, l), a2));
    to = append(to, v3, v128.andnot(i32x4.gt_s(v3, l), a3));
  }
  end = to;
  return laneTotal(c);
}

/** How many values are `value`, of those that the last {@link countBeyond} looked at. */
let same: i32 = 0;
export function equal(): i32 {
  return same;
}

/** |{ i : |xᵢ| > value }|, and how many are equal to it. */
export function countBeyond(x: usize, n: i32, value: i32): i32 {
  const m = i32x4.splat(MAGNITUDE), v = i32x4.splat(value);
  let c0 = i32x4.splat(0), c1 = c0, e0 = c0, e1 = c0;
  for (; n >= 16; n -= 16) {
    const v0 = v128.and(v128.load(x), m), v1 = v128.and(v128.load(x, 16), m);
    const v2 = v128.and(v128.load(x, 32), m), v3 = v128.and(v128.load(x, 48), m);
    c0 = i32x4.sub(i32x4.sub(c0, i32x4.gt_s(v0, v)), i32x4.gt_s(v1, v));
    c1 = i32x4.sub(i32x4.sub(c1, i32x4.gt_s(v2, v)), i32x4.gt_s(v3, v));
    e0 = i32x4.sub(i32x4.sub(e0, i32x4.eq(v0, v)), i32x4.eq(v1, v));
    e1 = i32x4.sub(i32x4.sub(e1, i32x4.eq(v2, v)), i32x4.eq(v3, v));
    x += 64;
  }
  let count = laneTotal(i32x4.add(c0, c1));
  same = laneTotal(i32x4.add(e0, e1));
  for (; n > 0; n--) {
    const magnitude = load<i32>(x) & MAGNITUDE;
    count += <i32>(magnitude > value);
    same += <i32>(magnitude == value);
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
