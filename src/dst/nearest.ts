/**
 * Equation 4: the feasible point nearest to the candidate. Since the distance is a sum and every silo has a budget
 * of its own, it falls into one problem for each silo, and each of those is solved by keeping the largest distances.
 *
 * @module
 */
import { checkFinite, checkLength, checkVector } from './checks.ts';
import { checkPrevious } from './iterative.ts';
import { createLayout } from './memory.ts';
import { createProjection, type ProjectionOptions } from './problem.ts';
import { countKept, keepSelected } from './project.ts';
import { selectSilo } from './step.ts';

/** A projected candidate. */
export interface Nearest {
  readonly theta: Float32Array;
  /** τ, one for each silo. */
  readonly thresholds: Float64Array;
  /** How many of each silo are kept. */
  readonly kept: readonly number[];
}

/**
 * The projection: $\theta^{(t)} = \arg\min_{\theta \in H_{\varepsilon,\mathcal S}} D(\hat\theta^{(t)}, \theta)$.
 *
 * @equation 4
 * @restored
 * @param candidate - θ̂, finite, as long as the seed.
 * @param previous - τ of the step before, one for each silo; by default the `start` of the threshold options.
 * @throws {@link InvalidInput} as {@link createProjection}, and if the candidate or `previous` is out of range.
 * @example
 * ```ts
 * computeNearest({ seed: Float32Array.of(1, 1, 1, 1), epsilon: 0.5, distance: 'absolute' }, Float32Array.of(2, 0, 1.5, 5)).theta;
 * // [2, 1, 1, 5]: the quantile keeps ⌈0.5 · 3⌉ = 2, of the two equal distances the first
 * ```
 */
export function computeNearest(
  options: ProjectionOptions,
  candidate: Float32Array,
  previous?: ArrayLike<number>,
): Nearest {
  const projection = createProjection(options);
  const { seed, silos, parameters: tensors, kernels, threshold } = projection;
  checkVector('candidate', candidate, seed.length);
  const thresholds = Float64Array.from(previous ?? silos.map(() => (threshold.warmStart ? 0 : threshold.start)));
  checkLength('previous', thresholds, silos.length);
  thresholds.forEach((tau, silo) => checkPrevious(`previous[${silo}]`, tau));

  const mark = kernels.memory.mark();
  try {
    const { candidate: thetaHat, theta, silos: views } = createLayout(projection);
    thetaHat.set(candidate);
    checkFinite('candidate', thetaHat, tensors, kernels);
    const kept = views.map((silo, s) => {
      const selection = selectSilo(projection, silo, thresholds[s]); // Eq. 5 and 6
      keepSelected(silo, selection, kernels); // Eq. 7
      thresholds[s] = selection.threshold;
      return countKept(silo.distances, selection);
    });
    return { theta: theta.slice(), thresholds, kept };
  } finally {
    kernels.memory.release(mark);
  }
}
