/**
 * Algorithm 1, Dynamic Subset Tuning, one step: the page to read first.
 *
 * @module
 */
import { freezeMask, projectMasked } from './ablations.ts';
import { checkFinite, checkGradient } from './checks.ts';
import type { Stops } from './choose.ts';
import type { Events } from './events.ts';
import { projectSilo } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { TuningState } from './state.ts';

/**
 * From the gradient g of the loss at θ to the next θ, which differs from the seed in no more than the budget allows.
 *
 * @algorithm 1
 * @restored
 * @throws {@link InvalidInput} that names parameter and step where g or the candidate is not finite; θ stays.
 */
export function step(problem: Problem, state: TuningState, gradient: Float32Array, learningRate: number): void {
  const events = stepEvents(problem, state, gradient, learningRate, 'thresholds');
  while (events.next().done !== true);
}

/**
 * The same, stopping at each equation (and, by default, halving): a step only once it has been run to its end.
 *
 * @algorithm 1
 * @equation 3
 * @ruling amb-6
 * @ruling amb-13
 * @restored
 */
export function* stepEvents(problem: Problem, state: TuningState, g: Float32Array, lr: number, stops?: Stops): Events {
  const { kernels, optimizer, parameters: tensors, mask } = problem;
  const { parameters: theta, layout, thresholds } = state;
  const { update: u, candidate: thetaHat } = layout;
  const when = ` at step ${state.step + 1}`;
  checkGradient(g, lr, tensors, kernels, when);

  optimizer.update(u, state.optimizer, g, theta, lr); // it sees all of g, and its state no mask
  yield { kind: 'update', anchor: 'alg-1', gradient: g, update: u, learningRate: lr };

  const isFinite = kernels.candidate(thetaHat, theta, u); // Eq. 3
  if (!isFinite) checkFinite('candidate', thetaHat, tensors, kernels, when);
  yield { kind: 'candidate', anchor: 'eq-3', candidate: thetaHat };

  for (const silo of layout.silos) {
    if (state.mask === null) {
      const selection = yield* projectSilo(problem, silo, thresholds[silo.index], stops); // Eq. 5, 6 (or Alg. 2), 7
      thresholds[silo.index] = selection.threshold;
      if (mask === 'first-step') freezeMask(silo, selection);
    } else yield projectMasked(silo, mask, kernels);
  }
  if (mask === 'first-step') state.mask = layout.distances;
  state.step += 1;
  yield { kind: 'done', anchor: 'alg-1', parameters: theta };
}
