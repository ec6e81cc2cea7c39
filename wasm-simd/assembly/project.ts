/** The candidate, Eq. 3, and the projection, Eq. 7: src/kernel/scalar/project.ts. Four vectors at a turn, as in elementwise.ts. */
import { ifNotFinite, loadUpTo4, storePart } from './lanes';

// @ts-ignore: decorator
@inline
function sum(theta: usize, update: usize, count: i32): v128 {
  return f32x4.add(loadUpTo4(theta, count), loadUpTo4(update, count));
}

// @ts-ignore: decorator
@inline
function addTo(out: usize, theta: usize, update: usize, at: usize): v128 {
  const v = sum(theta + at, update + at, 4);
  v128.store(out + at, v);
  return v;
}

/** Whether all sums are finite is asked in passing: it costs nothing where memory is what a pass waits for. */
export function candidate(out: usize, theta: usize, update: usize, n: i32): bool {
  let bad = i32x4.splat(0);
  for (; n >= 16; n -= 16) {
    const v0 = addTo(out, theta, update, 0), v1 = addTo(out, theta, update, 16);
    const v2 = addTo(out, theta, update, 32), v3 = addTo(out, theta, update, 48);
    bad = v128.or(bad, v128.or(v128.or(ifNotFinite(v0), ifNotFinite(v1)), v128.or(ifNotFinite(v2), ifNotFinite(v3))));
    out += 64, theta += 64, update += 64;
  }
  for (; n >= 4; n -= 4) {
    bad = v128.or(bad, ifNotFinite(addTo(out, theta, update, 0)));
    out += 16, theta += 16, update += 16;
  }
  if (n) {
    const v = sum(theta, update, n);
    storePart(out, v, n);
    bad = v128.or(bad, ifNotFinite(v));
  }
  return !v128.any_true(bad);
}

// @ts-ignore: decorator
@inline
function choose(candidate: usize, seed: usize, delta: usize, tau: v128, count: i32): v128 {
  const isKept = f32x4.gt(loadUpTo4(delta, count), tau);
  return v128.bitselect(loadUpTo4(candidate, count), loadUpTo4(seed, count), isKept);
}

// @ts-ignore: decorator
@inline
function projectAt(theta: usize, candidate: usize, seed: usize, delta: usize, tau: v128, at: usize): void {
  v128.store(theta + at, choose(candidate + at, seed + at, delta + at, tau, 4));
}

export function project(theta: usize, candidate: usize, seed: usize, delta: usize, tau: f32, n: i32): void {
  const t = f32x4.splat(tau);
  for (; n >= 16; n -= 16) {
    projectAt(theta, candidate, seed, delta, t, 0);
    projectAt(theta, candidate, seed, delta, t, 16);
    projectAt(theta, candidate, seed, delta, t, 32);
    projectAt(theta, candidate, seed, delta, t, 48);
    theta += 64, candidate += 64, seed += 64, delta += 64;
  }
  for (; n >= 4; n -= 4) {
    projectAt(theta, candidate, seed, delta, t, 0);
    theta += 16, candidate += 16, seed += 16, delta += 16;
  }
  if (n) storePart(theta, choose(candidate, seed, delta, t, n), n);
}
