/**
 * Component distances from the seed (Eq. 5, Table 1).
 *
 * @module
 */
import { absolute, inverseRelative, relative, type Distance } from '../../paper.ts';
import { checkLength } from '../checks.ts';
import type { DistanceName } from '../kernels.ts';
import { countAbove } from './count.ts';

/** Its rows by name. */
const TABLE_1: Readonly<Record<DistanceName, Distance>> = {
  absolute,
  relative,
  'inverse-relative': inverseRelative,
};

/** δᵢ = d(θ̂ᵢ, θ⁰ᵢ); returns |{ i : δᵢ > 0 }|. */
export function distance(delta: Float32Array, candidate: Float32Array, seed: Float32Array, kind: DistanceName): number {
  checkLength('distance', candidate, delta.length);
  checkLength('distance', seed, delta.length);
  TABLE_1[kind](delta, candidate, seed, seed);
  return countAbove(delta, 0);
}
