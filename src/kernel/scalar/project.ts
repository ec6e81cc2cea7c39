/**
 * The candidate (Eq. 3) and its projection (Eq. 7).
 *
 * @module
 */
import { checkLength } from '../checks.ts';

/** outᵢ = thetaᵢ + updateᵢ; whether all of it is finite. */
export function candidate(out: Float32Array, theta: Float32Array, update: Float32Array): boolean {
  checkLength('candidate', theta, out.length);
  checkLength('candidate', update, out.length);
  let finite = true;
  for (let i = 0; i < out.length; i++) {
    out[i] = theta[i] + update[i];
    finite &&= Number.isFinite(out[i]);
  }
  return finite;
}

/** thetaᵢ = candidateᵢ where deltaᵢ > tau (as a float32), else seedᵢ; bit patterns are copied as they are. */
export function project(
  theta: Float32Array,
  candidate: Float32Array,
  seed: Float32Array,
  delta: Float32Array,
  tau: number,
): void {
  for (const other of [candidate, seed, delta]) checkLength('project', other, theta.length);
  const threshold = Math.fround(tau);
  for (let i = 0; i < theta.length; i++) theta[i] = delta[i] > threshold ? candidate[i] : seed[i];
}
