/**
 * The candidate (Eq. 3) and its projection (Eq. 7).
 *
 * @module
 */
import * as paper from '../../paper.ts';
import { checkLength } from '../checks.ts';
import { firstNotFinite } from './count.ts';

/** outᵢ = thetaᵢ + updateᵢ; whether all of it is finite. */
export function candidate(out: Float32Array, theta: Float32Array, update: Float32Array): boolean {
  checkLength('candidate', theta, out.length);
  checkLength('candidate', update, out.length);
  paper.candidate(out, theta, update);
  return firstNotFinite(out) < 0;
}

/** thetaᵢ = candidateᵢ if deltaᵢ > tau (as a float32), else seedᵢ; bit patterns are copied as they are. */
export function project(
  theta: Float32Array,
  candidate: Float32Array,
  seed: Float32Array,
  delta: Float32Array,
  tau: number,
): void {
  for (const other of [candidate, seed, delta]) checkLength('project', other, theta.length);
  paper.project(theta, candidate, seed, delta, Math.fround(tau));
}
