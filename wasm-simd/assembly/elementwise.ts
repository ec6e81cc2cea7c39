/**
 * One operation per element: src/kernel/scalar/elementwise.ts. Four vectors at a turn, as in distance.ts and project.ts: V8 looks at
 * every turn whether it is to stop, which costs more than the loads of one vector. Within the caches a step of DST takes 0.66 to 0.9
 * of the time (bench/selection/selection.ts), beyond them as long: there memory is what a loop waits for.
 */
import { loadUpTo4, storePart } from './lanes';

/** The operations by name; a constant at each call. */
const ZERO = 0, ADD = 1, MULTIPLY = 2, SCALE = 3, ADD_SCALED = 4, ADD_PRODUCT = 5, SCALE_PRODUCT = 6;

/** What is to be in the first `count` lanes. */
// @ts-ignore: decorator
@inline
function value(kind: i32, out: usize, a: usize, b: usize, factor: v128, count: i32): v128 {
  if (kind == ZERO) return f32x4.splat(0);
  const x = loadUpTo4(a, count);
  if (kind == SCALE) return f32x4.mul(factor, x);
  if (kind == ADD_SCALED) return f32x4.add(loadUpTo4(out, count), f32x4.mul(factor, x));
  const y = loadUpTo4(b, count);
  if (kind == ADD) return f32x4.add(x, y);
  if (kind == MULTIPLY) return f32x4.mul(x, y);
  if (kind == SCALE_PRODUCT) return f32x4.mul(f32x4.mul(x, factor), y);
  return f32x4.add(loadUpTo4(out, count), f32x4.mul(x, y));
}

// @ts-ignore: decorator
@inline
function write(kind: i32, out: usize, a: usize, b: usize, factor: v128, at: usize): void {
  v128.store(out + at, value(kind, out + at, a + at, b + at, factor, 4));
}

// @ts-ignore: decorator
@inline
function loop(kind: i32, out: usize, a: usize, b: usize, factor: f32, n: i32): void {
  const f = f32x4.splat(factor);
  for (; n >= 16; n -= 16) {
    write(kind, out, a, b, f, 0);
    write(kind, out, a, b, f, 16);
    write(kind, out, a, b, f, 32);
    write(kind, out, a, b, f, 48);
    out += 64, a += 64, b += 64;
  }
  for (; n >= 4; n -= 4) {
    write(kind, out, a, b, f, 0);
    out += 16, a += 16, b += 16;
  }
  if (n) storePart(out, value(kind, out, a, b, f, n), n);
}

/**
 * By stores, not memory.fill: that compares with the memory's size, and V8 tells a thread of a growth only some time later, while
 * a store needs no size. So the memory's bulk operations are for a thread's own block alone (test/src/kernel/bulk.spec.ts).
 */
export function zero(out: usize, n: i32): void {
  loop(ZERO, out, 0, 0, 0, n);
}

export function add(out: usize, a: usize, b: usize, n: i32): void {
  loop(ADD, out, a, b, 0, n);
}

export function multiply(out: usize, a: usize, b: usize, n: i32): void {
  loop(MULTIPLY, out, a, b, 0, n);
}

export function scale(out: usize, a: usize, factor: f32, n: i32): void {
  loop(SCALE, out, a, 0, factor, n);
}

export function addScaled(out: usize, a: usize, factor: f32, n: i32): void {
  loop(ADD_SCALED, out, a, 0, factor, n);
}

export function addProduct(out: usize, a: usize, b: usize, n: i32): void {
  loop(ADD_PRODUCT, out, a, b, 0, n);
}

/** (a · factor) ⊙ b: a row of a normalisation or of AdaFactor's update. */
export function scaleProduct(out: usize, a: usize, b: usize, factor: f32, n: i32): void {
  loop(SCALE_PRODUCT, out, a, b, factor, n);
}
