/**
 * The feasible sets, and the fractions that were realised. Next to every ε stand the count and the fraction that it
 * came to: with many small silos, ties, zeros or Algorithm 2 they differ.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import { isShare } from '../paper.ts';
import { toRatio } from './budget.ts';
import { checkMemory, checkVector } from './checks.ts';
import type { Silo } from './notation.ts';
import { defaultKernels } from './problem.ts';

/** How many parameters differ from the seed, of how many. */
export interface Count {
  readonly size: number;
  readonly changed: number;
  /** changed / size */
  readonly fraction: number;
}

/** The counts in all, and silo by silo. */
export interface Realised extends Count {
  readonly silos: readonly (Count & { readonly name: string })[];
}

/**
 * $\sum_i 1[\theta_i \ne \theta^0_i]$: bits are compared, so that −0 differs from 0, and a value that was rounded back to the
 * seed's does not.
 *
 * @equation 1
 * @ruling amb-17
 * @restored
 * @throws {@link InvalidInput} if the vectors are not equally long, or plain arrays are given to simd kernels.
 */
export function countChanged(seed: Float32Array, theta: Float32Array, kernels: Kernels = defaultKernels()): number {
  checkVector('seed', seed, seed.length);
  checkVector('theta', theta, seed.length);
  checkMemory('seed', seed, kernels);
  checkMemory('theta', theta, kernels);
  return kernels.countDifferent(seed, theta);
}

/**
 * Whether $\theta \in H_\varepsilon = \{\theta : \sum_i 1[\theta_i \ne \theta^0_i] = \varepsilon n\}$, exactly: never if εn is not whole.
 *
 * @equation 1
 * @restored
 */
export function isFeasible(
  seed: Float32Array,
  theta: Float32Array,
  epsilon: number,
  kernels: Kernels = defaultKernels(),
): boolean {
  return isShare(countChanged(seed, theta, kernels), toRatio(epsilon), seed.length);
}

/**
 * Whether $\theta \in H_{\varepsilon,\mathcal S}$: a fraction ε of every silo differs from the seed. It implies Eq. 1.
 *
 * @equation 2
 * @restored
 */
export function isFeasibleInEverySilo(
  seed: Float32Array,
  theta: Float32Array,
  silos: readonly Silo[],
  epsilon: number,
  kernels: Kernels = defaultKernels(),
): boolean {
  const share = toRatio(epsilon);
  return measure(silos, seed, theta, kernels).silos.every(({ changed, size }) => isShare(changed, share, size));
}

/**
 * How many parameters differ from the seed, and what fraction that is: in every silo and in all.
 *
 * @equation 1
 * @equation 2
 * @ruling amb-1
 * @restored
 */
export function measure(
  silos: readonly Silo[],
  seed: Float32Array,
  theta: Float32Array,
  kernels: Kernels = defaultKernels(),
): Realised {
  checkVector('seed', seed, seed.length);
  checkVector('theta', theta, seed.length);
  const counts = silos.map(({ name, size, ranges }) => {
    let changed = 0;
    for (const { offset, length } of ranges) {
      const view = (vector: Float32Array): Float32Array => vector.subarray(offset, offset + length);
      changed += countChanged(view(seed), view(theta), kernels);
    }
    return { name, size, changed, fraction: changed / size };
  });
  const changed = counts.reduce((sum, count) => sum + count.changed, 0);
  return { size: seed.length, changed, fraction: changed / seed.length, silos: counts };
}
