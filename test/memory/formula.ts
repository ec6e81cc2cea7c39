/**
 * How much memory a training step takes, as a formula of the model, the batch and the optimizer: docs/performance/memory.md
 * derives it, and a spec checks it against what is taken.
 *
 * @module
 */
import { isFactored } from '../../src/optim/factoring.ts';
import { countElements, elementCount } from '../../src/tensor/shape.ts';
import { decoderActivations, t5Activations, type DecoderPlan, type T5Plan } from './activations.ts';
import { METHODS } from '../../src/train/methods.ts';
import type { Parameter } from '../../src/tensor/parameter.ts';
import type { MethodName } from '../../src/train/names.ts';

/** What the formula is a function of. */
export type MemoryPlan = (DecoderPlan | T5Plan) & {
  /** The parameter tensors. */
  readonly parameters: readonly Parameter[];
  readonly method: MethodName;
  readonly optimizer: { readonly name: 'sgd' } | AdafactorPlan;
};

/** What of AdaFactor its state depends on. */
export interface AdafactorPlan {
  readonly name: 'adafactor';
  readonly momentum: boolean;
  readonly minDimSizeToFactor: number;
}

/** Bytes at the peak of a step, in the kernels' memory. */
export interface MemoryParts {
  /** θ, g and u; with DST θ⁰, θ̂ and δ as well: what the method's row says. */
  readonly vectors: number;
  readonly optimizer: number;
  /** Kept for the backward pass, and the gradients of all that. */
  readonly activations: number;
  readonly total: number;
}

/** Bytes of a float32 or an int32. */
const BYTES = 4;

/**
 * The peak of a step, in bytes. Not in it: batches and tokenized rows, which are JavaScript's, and what evaluation takes.
 *
 * @example
 * ```ts
 * const { config, parameters } = decoder;
 * const plan = { config, parameters, rows: 16, length: 64, targets: 1024, optimizer: { name: 'sgd' } };
 * const [dst, full] = ['dst', 'full'].map((method) => peakBytes({ ...plan, method }).total);
 * dst - full === 3 * 4 * decoder.size; // true
 * ```
 */
export function peakBytes(plan: MemoryPlan): MemoryParts {
  const n = countElements(plan.parameters);
  const { trains, vectorFloats } = METHODS[plan.method];
  const trained = plan.parameters.filter(trains);
  const vectors = BYTES * vectorFloats(n, countElements(trained));
  const optimizer = BYTES * trained.reduce((sum, { shape }) => sum + stateOf(shape, plan.optimizer), 0);
  const activations = BYTES * ('sourceLength' in plan ? t5Activations(plan) : decoderActivations(plan));
  return { vectors, optimizer, activations, total: vectors + optimizer + activations };
}

/** Floats that the optimizer keeps for a tensor. */
function stateOf(shape: readonly number[], optimizer: MemoryPlan['optimizer']): number {
  switch (optimizer.name) {
    case 'sgd':
      return 0;
    case 'adafactor':
      return adafactorStateOf(shape, optimizer);
  }
}

/** The row and column means (and as much of scratch) or all of v, and m. */
function adafactorStateOf(shape: readonly number[], optimizer: AdafactorPlan): number {
  const size = elementCount(shape);
  const mean = optimizer.momentum ? size : 0;
  if (!isFactored(shape, optimizer.minDimSizeToFactor)) return size + mean;
  const [rows, columns] = shape.slice(-2);
  const matrices = size / (rows * columns);
  return (matrices + 1) * (rows + columns) + mean;
}
