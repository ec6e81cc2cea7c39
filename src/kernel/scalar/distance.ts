/**
 * Component distances to the seed (Eq. 5, Table 1), in float32.
 *
 * @module
 */
import { checkLength } from '../checks.ts';
import type { DistanceKind } from '../kernels.ts';
import { countAbove } from './count.ts';

const { abs, fround } = Math;

/**
 * δᵢ = d(θ̂ᵢ, θ⁰ᵢ); returns |{ i : δᵢ > 0 }|. Relative: 0/0 → 0, x/0 → +∞. A product below the smallest denormal is 0, one above the largest
 * float32 is +∞.
 */
export function distance(delta: Float32Array, candidate: Float32Array, seed: Float32Array, kind: DistanceKind): number {
  checkLength('distance', candidate, delta.length);
  checkLength('distance', seed, delta.length);
  switch (kind) {
    case 'absolute':
      for (let i = 0; i < delta.length; i++) delta[i] = abs(candidate[i] - seed[i]);
      break;
    case 'relative':
      for (let i = 0; i < delta.length; i++) {
        const change = abs(fround(candidate[i] - seed[i]));
        delta[i] = change === 0 ? 0 : change / abs(seed[i]);
      }
      break;
    case 'inverse-relative':
      for (let i = 0; i < delta.length; i++) delta[i] = abs(fround(candidate[i] - seed[i])) * abs(seed[i]);
  }
  return countAbove(delta, 0);
}
