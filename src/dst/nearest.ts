/**
 * Equation 4: the feasible point nearest to the candidate. Since the distance is a sum and every silo has a budget
 * of its own, it falls into one problem for each silo, and each of those is solved by keeping the largest distances.
 *
 * @module
 */
import { chooseThreshold, type Stops } from './choose.ts';
import { checkFinite, checkLength, checkVector } from './checks.ts';
import type { StepEvent } from './events.ts';
import { checkPrevious } from './iterative.ts';
import { createLayout, type SiloView } from './layout.ts';
import { normaliseDistances } from './normalisation.ts';
import type { Selection } from './notation.ts';
import { createProjection, type Projection, type ProjectionOptions } from './problem.ts';
import { countKept, keepSelected } from './project.ts';

/**
 * One silo's share of the projection, equation by equation.
 *
 * @equation 4
 * @equation 5
 * @restored
 * @param silo - its candidate is read; its distances and parameters are written.
 * @param previous - τ_S of the step before.
 */
export function* projectSilo(
  projection: Projection,
  silo: SiloView,
  previous: number,
  stops: Stops = 'halvings',
): Generator<StepEvent, Selection> {
  const { distance, kernels } = projection;
  let moved = 0;
  for (const { distances, candidate, seed, scale } of silo.pieces) {
    moved += kernels.distance(distances, candidate, seed, distance); // Eq. 5
    normaliseDistances(distances, scale, kernels); // may make some of them 0, but none of 0 more
  }
  yield { kind: 'distances', anchor: 'eq-5', silo };

  const selection = yield* chooseThreshold(projection, silo, previous, moved, stops); // Eq. 6 or Alg. 2

  keepSelected(silo, selection, kernels); // Eq. 7
  yield { kind: 'projection', anchor: 'eq-7', silo, selection };
  return selection;
}

/** A projected candidate. */
export interface Nearest {
  readonly parameters: Float32Array;
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
 * @throws {@link InvalidInput} as {@link createProjection}, and where the candidate or `previous` is out of range.
 * @example
 * ```ts
 * computeNearest({ seed: Float32Array.of(1, 1, 1, 1), epsilon: 0.5, distance: 'absolute' }, Float32Array.of(2, 0, 1.5, 5)).parameters;
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
    const { candidate: thetaHat, parameters: theta, silos: views } = createLayout(projection);
    thetaHat.set(candidate);
    checkFinite('candidate', thetaHat, tensors, kernels);
    const kept = views.map((silo) => {
      const selection = drain(projectSilo(projection, silo, thresholds[silo.index], 'thresholds'));
      thresholds[silo.index] = selection.threshold;
      return countKept(silo.distances, selection);
    });
    return { parameters: theta.slice(), thresholds, kept };
  } finally {
    kernels.memory.release(mark);
  }
}

function drain(events: Generator<StepEvent, Selection>): Selection {
  let event = events.next();
  while (event.done !== true) event = events.next();
  return event.value;
}
