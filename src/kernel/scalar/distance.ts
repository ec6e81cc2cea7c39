/**
 * Component distances to the seed (Eq. 5, Table 1), in float32.
 *
 * @module
 */
import { checkLength } from '../checks.ts';
import type { DistanceKind } from '../kernels.ts';

const { abs, fround } = Math;

/**
 * δᵢ = d(θ̂ᵢ, θ⁰ᵢ). Relative: 0/0 → 0, x/0 → +∞. A product below the smallest denormal is 0, one above the largest
 * float32 is +∞.
 */
export function distance(delta: Float32Array, candidate: Float32Array, seed: Float32Array, kind: DistanceKind): void {
  checkLength('distance', candidate, delta.length);
  checkLength('distance', seed, delta.length);
  switch (kind) {
    case 'absolute':
      for (let i = 0; i < delta.length; i++) delta[i] = abs(candidate[i] - seed[i]);
      return;
    case 'relative':
      for (let i = 0; i < delta.length; i++) {
        const change = abs(fround(candidate[i] - seed[i]));
        delta[i] = change === 0 ? 0 : change / abs(seed[i]);
      }
      return;
    case 'inverse-relative':
      for (let i = 0; i < delta.length; i++) delta[i] = abs(fround(candidate[i] - seed[i])) * abs(seed[i]);
  }
}
