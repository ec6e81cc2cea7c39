/**
 * Sums over whole vectors, in float64: a product of two float32 values is exact there.
 *
 * @module
 */
import { checkLength } from '../checks.ts';

/** Σ xᵢ */
export function sum(x: Float32Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i];
  return total;
}

/** Σ xᵢ² */
export function sumOfSquares(x: Float32Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i] * x[i];
  return total;
}

/** Σ aᵢ bᵢ */
export function dot(a: Float32Array, b: Float32Array): number {
  checkLength('dot', b, a.length);
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}
