/**
 * Algorithm 1, Dynamic Subset Tuning, as it runs; `src/paper.ts` has it as the paper does.
 *
 * A step is all or nothing. θ, τ, the mask and the number of steps change at its end, all at once. If it is abandoned
 * before (the optimizer throws, the candidate is not finite, an observer throws), the optimizer's state is put back as well.
 *
 * @module
 */
import { freezeMask, keepMasked, selectMasked } from './ablations.ts';
import { checkFinite, checkGradient } from './checks.ts';
import { chooseThreshold } from './choose.ts';
import type { Observe } from './events.ts';
import type { SiloView } from './memory.ts';
import { normaliseDistances } from './normalisation.ts';
import type { Selection } from './notation.ts';
import type { Problem, Projection } from './problem.ts';
import { keepSelected } from './project.ts';
import type { TuningState } from './state.ts';
import { orUndo } from './undo.ts';

/**
 * From the gradient g of the loss at θ to the next θ, which differs from the seed in no more than the budget allows.
 *
 * @algorithm 1
 * @equation 3
 * @equation 7
 * @ruling amb-6
 * @ruling amb-13
 * @restored
 * @param gradient - g, as long as θ; with simd kernels a view of their memory.
 * @param learningRate - what the optimizer is given for this step; finite.
 * @param observe - is told of each equation as it is done; what it throws abandons the step.
 * @throws {@link InvalidInput} that names parameter and step if g or the candidate is not finite.
 * @example
 * ```ts
 * step(problem, state, gradient, 0.1, ({ kind, anchor }) => console.log(kind, anchor));
 * ```
 */
export function step(
  problem: Problem,
  state: TuningState,
  gradient: Float32Array,
  learningRate: number,
  observe?: Observe,
): void {
  const { kernels, optimizer, parameters: tensors, mask } = problem;
  const { theta, update: u, thresholds: tau, layout } = state;
  const { candidate: thetaHat, silos } = layout;
  const isFixed = state.mask !== null;
  const when = ` at step ${state.step + 1}`;
  checkGradient(gradient, learningRate, tensors, kernels, when);

  const selections = orUndo(state, () => {
    optimizer.update(u, state.optimizer, gradient, theta, learningRate); // it sees all of g, and its state no mask
    observe?.({ kind: 'update', anchor: 'alg-1', gradient, update: u, learningRate });

    if (!kernels.candidate(thetaHat, theta, u)) checkFinite('candidate', thetaHat, tensors, kernels, when); // Eq. 3
    observe?.({ kind: 'candidate', anchor: 'eq-3', candidate: thetaHat });

    return silos.map((silo, s) => {
      return isFixed ? selectMasked(silo, mask, observe) : selectSilo(problem, silo, tau[s], observe);
    });
  });

  for (const [s, silo] of silos.entries()) {
    if (isFixed) {
      keepMasked(silo, kernels);
      continue;
    }
    keepSelected(silo, selections[s], kernels); // Eq. 7
    tau[s] = selections[s].threshold;
    if (mask === 'first-step') freezeMask(silo, selections[s]);
  }
  if (mask === 'first-step') state.mask = layout.mask;
  state.step += 1;
  observe?.({ kind: 'done', anchor: 'alg-1', theta });
}

/**
 * What a silo keeps of a candidate. Of all vectors its distances alone are written.
 *
 * @algorithm 1
 * @equation 5
 * @equation 6
 * @restored
 * @param previous - τ_S of the step before.
 */
export function selectSilo(projection: Projection, silo: SiloView, previous: number, observe?: Observe): Selection {
  const { distance, kernels } = projection;
  let moved = 0;
  for (const { distances: delta, candidate: thetaHat, seed: theta0, scale } of silo.ranges) {
    moved += kernels.distance(delta, thetaHat, theta0, distance); // Eq. 5
    normaliseDistances(delta, scale, kernels); // Appendix B: may make some of them 0, but none of 0 more
  }
  observe?.({ kind: 'distances', anchor: 'eq-5', silo });

  const selection = chooseThreshold(projection, silo, previous, moved, observe); // Eq. 6 or Algorithm 2
  observe?.({ kind: 'projection', anchor: 'eq-7', silo, compared: silo.distances, selection });
  return selection;
}
