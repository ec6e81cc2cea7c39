/**
 * Gradient clipping by the global norm (Pascanu et al. 2013).
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';

/**
 * Scales the gradient in place by maximum / norm if its norm exceeds `maximum`.
 *
 * @param norm - the gradient's, if it is known already.
 * @returns the norm before the clipping.
 * @throws InvalidInput if `maximum` is not a number above 0.
 */
export function clipByGlobalNorm(
  kernels: Kernels,
  gradient: Float32Array,
  maximum: number,
  norm: number = Math.sqrt(kernels.sumOfSquares(gradient)),
): number {
  if (!(maximum > 0)) throw wrong('clipByGlobalNorm: maximum', 'a number above 0', maximum);
  if (norm > maximum) kernels.scale(gradient, gradient, maximum / norm);
  return norm;
}
