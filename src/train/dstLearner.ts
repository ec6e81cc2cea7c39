/**
 * DST as a learner: Algorithm 1 and its ablations, from a run's config.
 *
 * @module
 */
import type { Normalisation, Parameter } from '../dst/notation.ts';
import { createProblem, type Problem } from '../dst/problem.ts';
import { createState, restoreState, type TuningState } from '../dst/state.ts';
import { step } from '../dst/step.ts';
import { traceStep, type TraceEvent } from '../dst/trace.ts';
import { Internal, wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import { Random } from '../tensor/random.ts';
import type { TrainConfig } from './config.ts';
import type { NormalisationName } from './names.ts';
import { floatsOf, SLOT, slotsOf, type Learner, type Saved, type SavedVector } from './learner.ts';

/**
 * DST and its ablations (Algorithm 1).
 *
 * @param trace - is handed every event of every step, where it is given; the bits are the same.
 */
export function createDstLearner(
  problem: Problem,
  seed: number,
  saved: Saved | null,
  trace?: (event: TraceEvent) => void,
): Learner {
  // The mask of the random baseline is drawn once, from a stream of its own.
  const state = saved === null ? createState(problem, new Random(seed).split('mask')) : restoreDst(problem, saved);
  return {
    theta: state.parameters,
    move(gradient, learningRate) {
      if (trace === undefined) step(problem, state, gradient, learningRate);
      else traceStep(problem, state, gradient, learningRate, trace);
    },
    thresholds: () => state.thresholds,
    save() {
      const vectors = new Map<string, SavedVector>([
        ['theta', state.parameters],
        ['thresholds', state.thresholds],
      ]);
      if (state.mask !== null) vectors.set('mask', state.mask);
      for (const [name, slot] of slotsOf(state.optimizer)) vectors.set(name, slot);
      return { step: state.step, vectors };
    },
  };
}

const MASKS = { dst: 'every-step', random: 'random', 'no-churn': 'first-step' } as const;

/** The problem of DST that a config describes. */
export function createProblemOf(
  config: TrainConfig,
  kernels: Kernels,
  optimizer: Optimizer,
  parameters: readonly Parameter[],
  seed: Float32Array,
): Problem {
  if (config.method === 'full') throw new Internal('createProblemOf: expected a method of DST, got full');
  return createProblem({
    seed,
    epsilon: config.epsilon,
    optimizer,
    parameters,
    silos: config.silos,
    distance: config.distance,
    threshold: {
      method: config.threshold,
      factor: config.factor,
      iterations: config.iterations,
      warmStart: config.warmStart,
    },
    budget: config.budget,
    mask: MASKS[config.method],
    normalisation: normalisationOf(config.normalisation),
    kernels,
  });
}

function normalisationOf(name: NormalisationName): Normalisation | null {
  switch (name) {
    case 'none':
      return null;
    case 'size-per-module':
      return { by: 'size', over: 'per-module' };
    case 'size-per-module-and-layer':
      return { by: 'size', over: 'per-module-and-layer' };
    case 'mean-per-module':
      return { by: 'mean', over: 'per-module' };
    case 'mean-per-module-and-layer':
      return { by: 'mean', over: 'per-module-and-layer' };
  }
}

function restoreDst(problem: Problem, saved: Saved): TuningState {
  const slots = new Map<string, Float32Array>();
  for (const [name, vector] of saved.vectors) {
    if (name.startsWith(SLOT) && vector instanceof Float32Array) slots.set(name.slice(SLOT.length), vector);
  }
  const thresholds = saved.vectors.get('thresholds');
  const mask = saved.vectors.get('mask') ?? null;
  if (!(thresholds instanceof Float64Array))
    throw wrong('checkpoint: thresholds', 'float64 numbers', typeof thresholds);
  if (mask !== null && !(mask instanceof Float32Array)) throw wrong('checkpoint: mask', 'float32 numbers', typeof mask);
  const parameters = floatsOf(saved, 'theta', problem.seed.length);
  return restoreState(problem, {
    step: saved.step,
    parameters,
    thresholds,
    mask,
    optimizer: { step: saved.step, slots },
  });
}
