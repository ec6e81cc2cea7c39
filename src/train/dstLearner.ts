/**
 * DST as a learner: Algorithm 1 and its ablations, from a run's config.
 *
 * @module
 */
import type { MaskRule, Normalisation } from '../dst/notation.ts';
import { createProblem, type Problem } from '../dst/problem.ts';
import { createState, restoreState, type TuningState } from '../dst/state.ts';
import { step } from '../dst/step.ts';
import { traceStep, type TraceEvent } from '../dst/trace.ts';
import { wrong } from '../errors.ts';
import { Random } from '../tensor/random.ts';
import type { DstChoices } from './dstChoices.ts';
import type { NormalisationName } from './names.ts';
import { floatsOf, SLOT, slotsOf, WHOLE, type Learner, type Saved, type SavedVector } from './learner.ts';

/**
 * DST and its ablations (Algorithm 1).
 *
 * @param trace - is handed every event of every step, if it is given; the bits are the same.
 */
export function createDstLearner(
  problem: Problem,
  randomSeed: number,
  saved: Saved | null,
  trace?: (event: TraceEvent) => void,
): Learner {
  // The mask of the random baseline is drawn once, from a stream of its own.
  const state =
    saved === null ? createState(problem, new Random(randomSeed).split('mask')) : restoreDst(problem, saved);
  return {
    ...WHOLE,
    theta: state.theta,
    siloNames: problem.silos.map(({ name }) => name),
    move(gradient, learningRate) {
      if (trace === undefined) step(problem, state, gradient, learningRate);
      else traceStep(problem, state, gradient, learningRate, trace);
    },
    thresholds: () => state.thresholds,
    save() {
      const vectors = new Map<string, SavedVector>([
        ['theta', state.theta],
        ['thresholds', state.thresholds],
      ]);
      if (state.mask !== null) vectors.set('mask', state.mask);
      for (const [name, slot] of slotsOf(state.optimizer)) vectors.set(name, slot);
      return { step: state.step, vectors };
    },
  };
}

/** The problem of DST that a config describes. */
export function createProblemOf(
  config: DstChoices,
  mask: MaskRule,
  { seed, parameters, optimizer, kernels }: Pick<Problem, 'seed' | 'parameters' | 'optimizer' | 'kernels'>,
): Problem {
  return createProblem({
    seed,
    epsilon: config.epsilon,
    optimizer,
    parameters,
    silos: config.silos,
    distance: config.distance,
    threshold: {
      thresholdMethod: config.threshold,
      factor: config.factor,
      iterations: config.iterations,
      warmStart: config.warmStart,
    },
    budget: config.budget,
    mask,
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
  const theta = floatsOf(saved, 'theta', problem.seed.length);
  return restoreState(problem, {
    step: saved.step,
    theta,
    thresholds,
    mask,
    optimizer: { step: saved.step, slots },
  });
}
