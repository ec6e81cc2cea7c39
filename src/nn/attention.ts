/**
 * Attention with several heads (Vaswani et al. 2017). Queries come from one sequence, keys and values from another:
 * the same one in self-attention, the encoder's in cross-attention.
 *
 * @module
 */
import type { Visible } from '../autograd/attention.ts';
import { headAttention } from '../autograd/headAttention.ts';
import { linear } from '../autograd/linear.ts';
import { rotate, type Rotation } from '../autograd/rotate.ts';
import type { Tape } from '../autograd/tape.ts';
import type { Variable } from '../autograd/variable.ts';
import type { LayerCache } from './cache.ts';
import type { ParameterList } from './parameters.ts';
import type { Lookup } from './weights.ts';

/** Each [modelSize, modelSize]. */
export interface AttentionWeights {
  readonly query: Variable;
  readonly key: Variable;
  readonly value: Variable;
  readonly output: Variable;
}

export interface AttentionOptions {
  readonly heads: number;
  /** The factor of the scores: 1/√headSize for most, 1 for T5. */
  readonly factor: number;
  readonly visible: Visible;
  /** Rotary positions of queries and keys; none if absent. */
  readonly rotation?: Rotation | undefined;
  /** Added to the scores, [heads, queries, keys]: T5's relative positions. */
  readonly bias?: Variable | undefined;
  /** Keys and values of earlier steps; those of this one are appended. */
  readonly cache?: LayerCache | undefined;
}

/** What queries look at, [batch, capacity, heads · headSize] each, of which the first `keys` rows count. */
export interface KeysValues {
  readonly key: Variable;
  readonly value: Variable;
  readonly keys: number;
}

/** Declares the layer's parameters under `path`; `outputGain` scales how the output projection begins. */
export function declareAttention(parameters: ParameterList, path: string, modelSize: number, outputGain: number): void {
  const deviation = 1 / Math.sqrt(modelSize);
  for (const name of ['query', 'key', 'value'])
    parameters.declare(`${path}/${name}`, [modelSize, modelSize], { kind: 'normal', deviation });
  const output = { kind: 'normal', deviation: outputGain * deviation } as const;
  parameters.declare(`${path}/output`, [modelSize, modelSize], output);
}

export function attentionWeights(lookup: Lookup, path: string): AttentionWeights {
  return {
    query: lookup(`${path}/query`),
    key: lookup(`${path}/key`),
    value: lookup(`${path}/value`),
    output: lookup(`${path}/output`),
  };
}

/** The keys and values of a sequence, [batch, keys, modelSize]; without positions, as cross-attention takes them. */
export function keysValuesOf(tape: Tape, w: AttentionWeights, source: Variable): KeysValues {
  return { key: linear(tape, source, w.key), value: linear(tape, source, w.value), keys: source.shape[1] };
}

/**
 * softmax(factor · Q Kᵀ + bias) V, head by head, then the output projection: self-attention of x.
 *
 * @param x - [batch, length, modelSize].
 * @returns [batch, length, modelSize].
 */
export function attention(tape: Tape, w: AttentionWeights, x: Variable, options: AttentionOptions): Variable {
  const { heads, rotation, cache } = options;
  const positioned = (y: Variable): Variable => (rotation === undefined ? y : rotate(tape, y, rotation, heads));
  const query = positioned(linear(tape, x, w.query));
  const key = positioned(linear(tape, x, w.key));
  const value = linear(tape, x, w.value);
  return attend(tape, w, query, cache?.append(key, value) ?? { key, value, keys: x.shape[1] }, options);
}

/**
 * As {@link attention}, of what x asks and another sequence answers.
 *
 * @param source - of the other sequence: {@link keysValuesOf} with the same weights.
 */
export function crossAttention(
  tape: Tape,
  w: AttentionWeights,
  x: Variable,
  source: KeysValues,
  options: Omit<AttentionOptions, 'rotation' | 'cache'>,
): Variable {
  return attend(tape, w, linear(tape, x, w.query), source, options);
}

function attend(
  tape: Tape,
  w: AttentionWeights,
  query: Variable,
  { key, value, keys }: KeysValues,
  { heads, factor, visible, bias }: AttentionOptions,
): Variable {
  return linear(tape, headAttention(tape, query, key, value, { heads, factor, visible, keys, bias }), w.output);
}
