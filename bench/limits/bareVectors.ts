/**
 * The bare vectors on which DST's own parts are measured, and a step on them.
 *
 * @module
 */
import { quantileCount } from '../../src/dst/budget.ts';
import { selectThreshold } from '../../src/dst/threshold.ts';
import type { Kernels } from '../../src/kernel/kernels.ts';
import { Random } from '../../src/tensor/random.ts';

export interface BareVectors {
  readonly seed: Float32Array;
  readonly candidate: Float32Array;
  readonly theta: Float32Array;
  readonly distances: Float32Array;
}

/** A seed, and a candidate 0.01 normal away from it, or, of nine in ten where most distances tie, not at all. */
export function drawVectors(kernels: Kernels, n: number, tied: boolean): BareVectors {
  const random = new Random(1);
  const [seed, candidate, theta, distances] = [0, 1, 2, 3].map(() => kernels.memory.floats(n));
  for (let i = 0; i < n; i++) {
    seed[i] = random.normal();
    candidate[i] = seed[i] + (tied && random.integer(10) > 0 ? 0 : 0.01 * random.normal());
  }
  kernels.distance(distances, candidate, seed, 'inverse-relative');
  return { seed, candidate, theta, distances };
}

/** Distance, threshold and projection of one silo. */
export function createDstStep(kernels: Kernels, vectors: BareVectors, epsilon: number): () => void {
  const { seed, candidate, theta, distances } = vectors;
  const keep = quantileCount(distances.length, epsilon);
  return () => {
    const moved = kernels.distance(distances, candidate, seed, 'inverse-relative');
    const { threshold } = selectThreshold(distances, keep, kernels, 0, moved);
    kernels.project(theta, candidate, seed, distances, threshold);
  };
}
