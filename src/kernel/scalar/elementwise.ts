/**
 * One operation per element. A single +, − or · of float32 values, computed in float64 and stored as float32, is
 * the float32 operation; `fround` stands where a second rounding would otherwise be lost.
 *
 * @module
 */
import { checkLength } from '../checks.ts';

const { fround } = Math;

/** out = 0 */
export function zero(out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = 0;
}

/** out = a + b */
export function add(out: Float32Array, a: Float32Array, b: Float32Array): void {
  checkLength('add', a, out.length);
  checkLength('add', b, out.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] + b[i];
}

/** out = a ⊙ b */
export function multiply(out: Float32Array, a: Float32Array, b: Float32Array): void {
  checkLength('multiply', a, out.length);
  checkLength('multiply', b, out.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
}

/** out = factor · a, the factor rounded to float32 */
export function scale(out: Float32Array, a: Float32Array, factor: number): void {
  checkLength('scale', a, out.length);
  const f = fround(factor);
  for (let i = 0; i < out.length; i++) out[i] = f * a[i];
}

/** out += factor · a, the factor rounded to float32 */
export function addScaled(out: Float32Array, a: Float32Array, factor: number): void {
  checkLength('addScaled', a, out.length);
  const f = fround(factor);
  for (let i = 0; i < out.length; i++) out[i] += fround(f * a[i]);
}

/** out += a ⊙ b */
export function addProduct(out: Float32Array, a: Float32Array, b: Float32Array): void {
  checkLength('addProduct', a, out.length);
  checkLength('addProduct', b, out.length);
  for (let i = 0; i < out.length; i++) out[i] += fround(a[i] * b[i]);
}
