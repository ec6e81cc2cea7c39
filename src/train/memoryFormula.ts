/**
 * How much memory a training step takes, as a formula of the model, the batch and the optimizer: docs/performance/memory.md
 * derives it, and a spec checks it against what is taken.
 *
 * @module
 */
import type { DecoderConfig } from '../nn/config.ts';
import { isFactored } from '../optim/secondMoment.ts';

/** What the formula is a function of. */
export interface MemoryPlan {
  readonly config: DecoderConfig;
  /** The parameter tensors. */
  readonly parameters: readonly { readonly shape: readonly number[] }[];
  readonly rows: number;
  /** Places of a row. */
  readonly length: number;
  /** Places that predict something, rounded up to a multiple of 64. */
  readonly targets: number;
  readonly method: 'full' | 'dst';
  readonly optimizer:
    | { readonly name: 'sgd' }
    | { readonly name: 'adafactor'; readonly momentum: boolean; readonly minDimSizeToFactor: number };
}

/** Bytes at the peak of a step, in the kernels' memory. */
export interface MemoryParts {
  /** θ, θ⁰ (with DST), g and u, whose place θ̂ takes; δ with DST. */
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
 * dst - full === 2 * 4 * decoder.size; // true
 * ```
 */
export function peakBytes(plan: MemoryPlan): MemoryParts {
  const n = plan.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const vectors = BYTES * n * (plan.method === 'dst' ? 5 : 3);
  const optimizer = BYTES * plan.parameters.reduce((sum, { shape }) => sum + stateOf(shape, plan.optimizer), 0);
  const activations = BYTES * activationsOf(plan);
  return { vectors, optimizer, activations, total: vectors + optimizer + activations };
}

/** Floats that the optimizer keeps for a tensor: the row and column means (and as much of scratch) or all of v, and m. */
function stateOf(shape: readonly number[], optimizer: MemoryPlan['optimizer']): number {
  if (optimizer.name === 'sgd') return 0;
  const size = sizeOf(shape);
  const mean = optimizer.momentum ? size : 0;
  if (!isFactored(shape, optimizer.minDimSizeToFactor)) return size + mean;
  const [rows, columns] = shape.slice(-2);
  const matrices = size / (rows * columns);
  return (matrices + 1) * (rows + columns) + mean;
}

function activationsOf({ config, rows, length, targets }: MemoryPlan): number {
  const { modelSize: d, feedForwardSize: f, vocabularySize: V, heads, layers, context, tiedEmbedding } = config;
  const T = rows * length;
  // Forward: two norms and their output, query and key before and after the rotation, value, mix, two projections back,
  // two residual sums; gate, up and their product; weights of attention; the norms' inverse roots.
  const forward = T * (12 * d + 3 * f + heads * length + 2);
  // Backward, for all layers together, since a gradient's place serves again when it has been passed: those of gate, up and
  // their product; those of the stream, of the norm's output, and of query, key and value.
  const backward = T * (5 * d + 3 * f);
  // Tokens, positions and visible ranges, and the tables of the rotation.
  const shared = 4 * T + context * (d / heads);
  const embedding = T * d * (tiedEmbedding ? 2 : 1);
  // The places that predict: gathered, normed, their logits, each with its gradient.
  const head = targets * (4 * d + 2 * V + 4);
  return shared + embedding + layers * forward + backward + head;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
