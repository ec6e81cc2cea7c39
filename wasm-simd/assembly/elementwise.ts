/** One operation per element: src/kernel/scalar/elementwise.ts. */
import { loadPart, storePart } from './lanes';

/**
 * By stores, not memory.fill: that compares with the memory's size, and V8 tells a thread of a growth only some time later, while
 * a store needs no size. So the memory's bulk operations are for a thread's own block alone (spec/engine/kernel/bulk.spec.ts).
 */
export function zero(out: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(out, f32x4.splat(0));
    out += 16;
  }
  if (n) storePart(out, f32x4.splat(0), n);
}

export function add(out: usize, a: usize, b: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(out, f32x4.add(v128.load(a), v128.load(b)));
    out += 16, a += 16, b += 16;
  }
  if (n) storePart(out, f32x4.add(loadPart(a, n), loadPart(b, n)), n);
}

export function multiply(out: usize, a: usize, b: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
    out += 16, a += 16, b += 16;
  }
  if (n) storePart(out, f32x4.mul(loadPart(a, n), loadPart(b, n)), n);
}

export function scale(out: usize, a: usize, factor: f32, n: i32): void {
  const f = f32x4.splat(factor);
  for (; n >= 4; n -= 4) {
    v128.store(out, f32x4.mul(f, v128.load(a)));
    out += 16, a += 16;
  }
  if (n) storePart(out, f32x4.mul(f, loadPart(a, n)), n);
}

export function addScaled(out: usize, a: usize, factor: f32, n: i32): void {
  const f = f32x4.splat(factor);
  for (; n >= 4; n -= 4) {
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(f, v128.load(a))));
    out += 16, a += 16;
  }
  if (n) storePart(out, f32x4.add(loadPart(out, n), f32x4.mul(f, loadPart(a, n))), n);
}

export function addProduct(out: usize, a: usize, b: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(v128.load(a), v128.load(b))));
    out += 16, a += 16, b += 16;
  }
  if (n) storePart(out, f32x4.add(loadPart(out, n), f32x4.mul(loadPart(a, n), loadPart(b, n))), n);
}
