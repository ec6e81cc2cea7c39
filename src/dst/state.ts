/**
 * What a run carries from step to step, and how it is saved and resumed to the bit.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { OptimizerState } from '../optim/optimizer.ts';
import { drawMask, isMasked } from './ablations.ts';
import { checkFinite, checkLength, checkVector } from './checks.ts';
import { checkPrevious } from './iterative.ts';
import { createLayout, type Layout } from './memory.ts';
import type { RandomSource } from './notation.ts';
import type { Problem } from './problem.ts';
import { createBefore, type Before } from './undo.ts';

/** Everything that a resumed run needs. */
export interface SavedState {
  /** t: the number of steps done. */
  readonly step: number;
  /** θ⁽ᵗ⁾ */
  readonly theta: Float32Array;
  /** τ_S of the last step, one for each silo. */
  readonly thresholds: Float64Array;
  /** The kept set of a mask that no longer changes, silo after silo: 1 is kept. Null while it is chosen again at every step. */
  readonly mask: Float32Array | null;
  readonly optimizer: OptimizerState;
}

/** A {@link SavedState} at work, with its scratch vectors, which need no saving. */
export interface TuningState extends SavedState {
  step: number;
  mask: Float32Array | null;
  /** u */
  readonly update: Float32Array;
  readonly layout: Layout;
  /** What the optimizer's state is put back to if a step is abandoned. */
  readonly before: Before;
}

/**
 * The state before the first step: $\theta^{(0)} = \theta^0$, τ = τ0 in every silo.
 *
 * @algorithm 1
 * @ruling amb-7
 * @restored
 * @param random - draws the mask if the problem's `mask` is `random`; not read otherwise.
 * @throws {@link InvalidInput} if a random mask has nothing to be drawn from.
 */
export function createState(problem: Problem, random?: RandomSource): TuningState {
  const state = begin(problem);
  if (problem.mask !== 'random') return state;
  drawMask(state.layout, checkRandom(random));
  state.mask = state.layout.mask;
  return state;
}

/** The same, before a mask is drawn. */
function begin(problem: Problem): TuningState {
  const { seed, kernels, silos, threshold, optimizer } = problem;
  const layout = createLayout(problem, isMasked(problem.mask, 1));
  const { theta } = layout;
  theta.set(seed);
  const update = kernels.allocate(seed.length);
  // A τ of 0 is re-seeded from the exact threshold, which is what a warm start is.
  const thresholds = new Float64Array(silos.length).fill(threshold.warmStart ? 0 : threshold.start);
  const begun = optimizer.init(kernels, problem.parameters);
  return { step: 0, theta, thresholds, mask: null, optimizer: begun, update, layout, before: createBefore(begun) };
}

/**
 * The state that was saved, at work again. Everything is checked before anything is copied.
 *
 * @algorithm 1
 * @decided
 * @throws {@link InvalidInput} if a vector is missing, too many, of another length, or not finite.
 */
export function restoreState(problem: Problem, saved: SavedState): TuningState {
  const fresh = begin(problem);
  const { layout } = fresh;
  if (!Number.isSafeInteger(saved.step) || saved.step < 0) {
    throw wrong('state.step', 'a whole number from 0', saved.step);
  }
  checkVector('state.theta', saved.theta, fresh.theta.length);
  checkLength('state.thresholds', saved.thresholds, fresh.thresholds.length);
  // At ε = 1 the threshold is −∞, and none is carried on.
  if (problem.epsilon < 1) saved.thresholds.forEach((tau, silo) => checkPrevious(`state.thresholds[${silo}]`, tau));
  const expectsMask = isMasked(problem.mask, saved.step);
  if (expectsMask !== (saved.mask !== null)) {
    throw wrong('state.mask', expectsMask ? 'a mask' : 'none', saved.mask === null ? 'none' : 'a mask');
  }
  if (saved.mask !== null) checkMask(saved.mask, layout.distances.length);
  for (const name of saved.optimizer.slots.keys()) {
    if (!fresh.optimizer.slots.has(name)) throw wrong('state.optimizer', 'slots of this optimizer', name);
  }
  const slots = [...fresh.optimizer.slots].map(([name, slot]) => {
    const values = saved.optimizer.slots.get(name);
    if (values === undefined) throw wrong('state.optimizer', `a slot "${name}"`, 'none');
    checkVector(`state.optimizer "${name}"`, values, slot.length);
    return { slot, values };
  });

  fresh.step = saved.step;
  fresh.theta.set(saved.theta);
  checkFinite('state.theta', fresh.theta, problem.parameters, problem.kernels);
  fresh.thresholds.set(saved.thresholds);
  if (saved.mask !== null) {
    layout.mask?.set(saved.mask);
    fresh.mask = layout.mask;
  }
  fresh.optimizer.step = saved.optimizer.step;
  for (const { slot, values } of slots) slot.set(values);
  return fresh;
}

function checkRandom(random: RandomSource | undefined): RandomSource {
  if (random === undefined) throw wrong('random', 'a source of random numbers to draw the mask from', 'none');
  return random;
}

function checkMask(mask: Float32Array, length: number): void {
  checkVector('state.mask', mask, length);
  const index = mask.findIndex((value) => value !== 0 && value !== 1);
  if (index >= 0) throw wrong(`state.mask[${index}]`, '0 or 1', mask[index]);
}
