/**
 * Component distances: src/kernel/scalar/distance.ts. Counting those above 0 in passing costs nothing, since a pass waits for
 * memory; where no more have moved than are kept, it saves the selection: a step takes 0.75 of the time (bench/selection,
 * ε = 50 %, 90 % tie at 0).
 */
import { laneTotal } from './band';
import { loadPart, storePart } from './lanes';

// @ts-ignore: decorator
@inline
function absolute(candidate: v128, seed: v128): v128 {
  return f32x4.abs(f32x4.sub(candidate, seed));
}

/** 0/0 is 0: where nothing changed, the quotient's bits are cleared. */
// @ts-ignore: decorator
@inline
function relative(candidate: v128, seed: v128): v128 {
  const change = absolute(candidate, seed);
  return v128.andnot(f32x4.div(change, f32x4.abs(seed)), f32x4.eq(change, f32x4.splat(0)));
}

/** |change · seed| is |change| · |seed| to the bit: rounding does not look at signs. */
// @ts-ignore: decorator
@inline
function inverseRelative(candidate: v128, seed: v128): v128 {
  return f32x4.abs(f32x4.mul(f32x4.sub(candidate, seed), seed));
}

/** The three by name; a constant at each call. */
const ABSOLUTE = 0, RELATIVE = 1, INVERSE_RELATIVE = 2;

// @ts-ignore: decorator
@inline
function distance(kind: i32, candidate: v128, seed: v128): v128 {
  if (kind == ABSOLUTE) return absolute(candidate, seed);
  return kind == RELATIVE ? relative(candidate, seed) : inverseRelative(candidate, seed);
}

// @ts-ignore: decorator
@inline
function distanceAt(kind: i32, delta: usize, candidate: usize, seed: usize, at: usize): v128 {
  const d = distance(kind, v128.load(candidate + at), v128.load(seed + at));
  v128.store(delta + at, d);
  return d;
}

/** A true comparison is −1 in its lane. */
// @ts-ignore: decorator
@inline
function countMoved(count: v128, delta: v128): v128 {
  return i32x4.sub(count, f32x4.gt(delta, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function loop(kind: i32, delta: usize, candidate: usize, seed: usize, n: i32): i32 {
  let moved = i32x4.splat(0);
  for (; n >= 16; n -= 16) {
    const d0 = distanceAt(kind, delta, candidate, seed, 0), d1 = distanceAt(kind, delta, candidate, seed, 16);
    const d2 = distanceAt(kind, delta, candidate, seed, 32), d3 = distanceAt(kind, delta, candidate, seed, 48);
    moved = countMoved(countMoved(countMoved(countMoved(moved, d0), d1), d2), d3);
    delta += 64, candidate += 64, seed += 64;
  }
  for (; n >= 4; n -= 4) {
    moved = countMoved(moved, distanceAt(kind, delta, candidate, seed, 0));
    delta += 16, candidate += 16, seed += 16;
  }
  if (n) {
    const d = distance(kind, loadPart(candidate, n), loadPart(seed, n));
    storePart(delta, d, n);
    moved = countMoved(moved, d);
  }
  return laneTotal(moved);
}

export function distanceAbsolute(delta: usize, candidate: usize, seed: usize, n: i32): i32 {
  return loop(ABSOLUTE, delta, candidate, seed, n);
}

export function distanceRelative(delta: usize, candidate: usize, seed: usize, n: i32): i32 {
  return loop(RELATIVE, delta, candidate, seed, n);
}

export function distanceInverseRelative(delta: usize, candidate: usize, seed: usize, n: i32): i32 {
  return loop(INVERSE_RELATIVE, delta, candidate, seed, n);
}
