/** The candidate, Eq. 3, and the projection, Eq. 7: src/kernel/scalar/project.ts. */
import { loadPart, storePart } from './lanes';

/** The finite values are those whose exponent is not all ones. */
const EXPONENT: i32 = 0x7f800000;

/** Whether all sums are finite is asked in passing: it costs nothing where memory is what a pass waits for. */
export function candidate(out: usize, theta: usize, update: usize, n: i32): bool {
  const e = i32x4.splat(EXPONENT);
  let bad = i32x4.splat(0);
  for (; n >= 4; n -= 4) {
    const v = f32x4.add(v128.load(theta), v128.load(update));
    v128.store(out, v);
    bad = v128.or(bad, i32x4.eq(v128.and(v, e), e));
    out += 16, theta += 16, update += 16;
  }
  if (n) {
    const v = f32x4.add(loadPart(theta, n), loadPart(update, n));
    storePart(out, v, n);
    bad = v128.or(bad, i32x4.eq(v128.and(v, e), e));
  }
  return !v128.any_true(bad);
}

// @ts-ignore: decorator
@inline
function choose(candidate: v128, seed: v128, delta: v128, tau: v128): v128 {
  return v128.bitselect(candidate, seed, f32x4.gt(delta, tau));
}

export function project(theta: usize, candidate: usize, seed: usize, delta: usize, tau: f32, n: i32): void {
  const t = f32x4.splat(tau);
  for (; n >= 4; n -= 4) {
    v128.store(theta, choose(v128.load(candidate), v128.load(seed), v128.load(delta), t));
    theta += 16, candidate += 16, seed += 16, delta += 16;
  }
  if (n) storePart(theta, choose(loadPart(candidate, n), loadPart(seed, n), loadPart(delta, n), t), n);
}
