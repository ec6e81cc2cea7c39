/**
 * What moves θ. The loop hands it a gradient and a learning rate and knows no more. Here: full fine-tuning;
 * `dstLearner.ts` has DST.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import type { Optimizer, OptimizerState } from '../optim/optimizer.ts';
import type { ParameterShape } from '../tensor/parameter.ts';

/** A vector that a checkpoint keeps. */
export type SavedVector = Float32Array | Float64Array | Uint8Array;

/** Everything that a learner remembers, by name. */
export interface Saved {
  /** Steps made so far. */
  readonly step: number;
  readonly vectors: ReadonlyMap<string, SavedVector>;
}

export interface Learner {
  /** θ: where the next gradient is to be taken. It lies in the kernels' memory. */
  readonly theta: Float32Array;
  /** What somebody has to know before the first step. */
  readonly warnings: readonly string[];
  /** The names of what {@link Learner.thresholds} are of. */
  readonly siloNames: readonly string[];
  /** Sets to 0 what the learner does not use of a gradient: done before its norm is taken. */
  restrict(gradient: Float32Array): void;
  /** One step: θ moves, and so does the optimizer's state. */
  move(gradient: Float32Array, learningRate: number): void;
  /** The thresholds τ of the last step, silo by silo; empty if there are none. */
  thresholds(): ArrayLike<number>;
  /** What {@link Learner.move} depends on. The vectors are live: write them out before the next step. */
  save(): Saved;
}

/** Of a learner that has no silos and uses all of a gradient. */
export const WHOLE = {
  warnings: [],
  siloNames: [],
  restrict: () => undefined,
  thresholds: () => [],
} as const satisfies Partial<Learner>;

/** Full fine-tuning, and pre-training: θ += u. */
export function createFullLearner(
  kernels: Kernels,
  optimizer: Optimizer,
  parameters: readonly ParameterShape[],
  start: Float32Array,
  saved: Saved | null,
): Learner {
  const theta = kernels.memory.copyOf(saved === null ? start : floatsOf(saved, 'theta', start.length));
  const update = kernels.memory.floats(theta.length);
  const state = optimizer.init(kernels, parameters);
  if (saved !== null) restoreOptimizer(state, saved);
  return {
    theta,
    ...WHOLE,
    move(gradient, learningRate) {
      optimizer.update(update, state, gradient, theta, learningRate);
      kernels.add(theta, theta, update);
    },
    save: () => ({ step: state.step, vectors: new Map([['theta', theta], ...slotsOf(state)]) }),
  };
}

/** What an optimizer's slots are called in a checkpoint. */
export const SLOT = 'slot/';

/** The optimizer's state as named vectors. */
export function slotsOf(state: OptimizerState): [string, Float32Array][] {
  return [...state.slots].map(([name, slot]) => [SLOT + name, slot]);
}

/** Puts an optimizer's state back to what a checkpoint has. */
export function restoreOptimizer(state: OptimizerState, saved: Saved): void {
  state.step = saved.step;
  for (const [name, slot] of state.slots) slot.set(floatsOf(saved, SLOT + name, slot.length));
}

/** A float32 vector of a checkpoint, of the length that the run needs. */
export function floatsOf(saved: Saved, name: string, length: number): Float32Array {
  const vector = saved.vectors.get(name);
  if (!(vector instanceof Float32Array) || vector.length !== length) {
    throw wrong(
      `checkpoint: ${name}`,
      `${length} float32 numbers`,
      vector === undefined ? 'nothing' : `${vector.length} numbers`,
    );
  }
  return vector;
}
