/**
 * Subset overlap: what two checkpoints, or two subsets, have in common (Section 5.4, Figures 7 and 8).
 *
 * @module
 */
import { checkLength, checkVector } from './checks.ts';
import { bitsOf, type Subset } from './subset.ts';

/**
 * Of the parameters that differ from the seed, the share that both checkpoints have in common:
 * $2 |A \cap B| / (|A| + |B|)$, which is the paper's ratio where both are equally many. A parameter that both have
 * changed is common to them, whatever its two values.
 *
 * @equation 9
 * @ruling amb-17
 * @ruling amb-21
 * @restored
 * @returns from 0 to 1; 1 where neither differs from the seed.
 * @throws {@link InvalidInput} where the vectors are not equally long.
 * @example
 * ```ts
 * overlap(Float32Array.of(0, 0, 0), Float32Array.of(1, 1, 0), Float32Array.of(0, 2, 2)); // 0.5
 * ```
 */
export function overlap(seed: Float32Array, a: Float32Array, b: Float32Array): number {
  checkVector('overlap seed', seed, seed.length);
  checkVector('overlap a', a, seed.length);
  checkVector('overlap b', b, seed.length);
  const [theta0, thetaA, thetaB] = [bitsOf(seed), bitsOf(a), bitsOf(b)];
  let [inA, inB, inBoth] = [0, 0, 0];
  for (let i = 0; i < theta0.length; i++) {
    const changedA = thetaA[i] !== theta0[i];
    const changedB = thetaB[i] !== theta0[i];
    if (changedA) inA++;
    if (changedB) inB++;
    if (changedA && changedB) inBoth++;
  }
  return shareInCommon(inA, inB, inBoth);
}

/**
 * The same of two subsets of one seed, in the time of their sizes.
 *
 * @equation 9
 * @ruling amb-21
 * @restored
 * @throws {@link InvalidInput} where they belong to seeds of different sizes.
 */
export function overlapOfSubsets(a: Subset, b: Subset): number {
  checkLength('overlap b', { length: b.size }, a.size);
  const members = new Set(a.indices);
  const inBoth = b.indices.filter((index) => members.has(index)).length;
  return shareInCommon(a.indices.length, b.indices.length, inBoth);
}

function shareInCommon(inA: number, inB: number, inBoth: number): number {
  return inA + inB === 0 ? 1 : (2 * inBoth) / (inA + inB);
}
