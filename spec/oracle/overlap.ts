/**
 * Equation 9: of what differs from the seed, the share that two checkpoints have in common.
 *
 * @module
 */

/** The indices at which two vectors differ in their bits: −0 is not 0. */
export function computeChanged(seed: readonly number[], parameters: readonly number[]): Set<number> {
  return new Set(seed.flatMap((value, i) => (Object.is(value, parameters[i]) ? [] : [i])));
}

/** 2|A ∩ B| / (|A| + |B|) (decided): the paper's ratio where both sizes are equal; two empty subsets overlap 1. */
export function computeOverlap(seed: readonly number[], a: readonly number[], b: readonly number[]): number {
  const [inA, inB] = [computeChanged(seed, a), computeChanged(seed, b)];
  if (inA.size + inB.size === 0) return 1;
  const common = [...inA].filter((index) => inB.has(index)).length;
  return (2 * common) / (inA.size + inB.size);
}
