/** One operation per element: src/kernel/scalar/elementwise.ts. */
import { loadPart, storePart } from './lanes';

export function zero(out: usize, n: i32): void {
  memory.fill(out, 0, <usize>n << 2);
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
