/** Component distances: src/kernel/scalar/distance.ts. */
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

// @ts-ignore: decorator
@inline
function inverseRelative(candidate: v128, seed: v128): v128 {
  return f32x4.mul(absolute(candidate, seed), f32x4.abs(seed));
}

export function distanceAbsolute(delta: usize, candidate: usize, seed: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(delta, absolute(v128.load(candidate), v128.load(seed)));
    delta += 16, candidate += 16, seed += 16;
  }
  if (n) storePart(delta, absolute(loadPart(candidate, n), loadPart(seed, n)), n);
}

export function distanceRelative(delta: usize, candidate: usize, seed: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(delta, relative(v128.load(candidate), v128.load(seed)));
    delta += 16, candidate += 16, seed += 16;
  }
  if (n) storePart(delta, relative(loadPart(candidate, n), loadPart(seed, n)), n);
}

export function distanceInverseRelative(delta: usize, candidate: usize, seed: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(delta, inverseRelative(v128.load(candidate), v128.load(seed)));
    delta += 16, candidate += 16, seed += 16;
  }
  if (n) storePart(delta, inverseRelative(loadPart(candidate, n), loadPart(seed, n)), n);
}
