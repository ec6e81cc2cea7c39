/** The projection, Eq. 7: src/kernel/scalar/project.ts. */
import { loadPart, storePart } from './lanes';

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
