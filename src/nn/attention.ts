/**
 * Attention with several heads (Vaswani et al. 2017). Queries come from one sequence, keys and values from another:
 * the same one in self-attention, the encoder's in cross-attention.
 *
 * @module
 */
import { addBias, attentionSoftmax, headMix, headScores, type Visible } from '../autograd/attention.ts';
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
  /** Rotary positions of queries and keys; none where absent. */
  readonly rotation?: Rotation | undefined;
  /** Added to the scores, [heads, queries, keys]: T5's relative positions. */
  readonly bias?: Variable | undefined;
  /** Keys and values of earlier steps; those of this one are appended. */
  readonly cache?: LayerCache | undefined;
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

/**
 * softmax(factor · Q Kᵀ + bias) V, head by head, then the output projection.
 *
 * @param x - where the queries come from, [batch, queries, modelSize].
 * @param source - where keys and values come from, [batch, keys, modelSize].
 * @returns [batch, queries, modelSize].
 */
export function attention(
  tape: Tape,
  w: AttentionWeights,
  x: Variable,
  source: Variable,
  { heads, factor, visible, rotation, bias, cache }: AttentionOptions,
): Variable {
  const positioned = (y: Variable): Variable => (rotation === undefined ? y : rotate(tape, y, rotation, heads));
  const query = positioned(linear(tape, x, w.query));
  const newKey = positioned(linear(tape, source, w.key));
  const newValue = linear(tape, source, w.value);
  const { key, value, keys } = cache?.append(newKey, newValue) ?? {
    key: newKey,
    value: newValue,
    keys: source.shape[1],
  };

  if (bias === undefined)
    return linear(tape, headAttention(tape, query, key, value, { heads, factor, visible, keys }), w.output);
  const scores = addBias(tape, headScores(tape, query, key, heads, factor, keys), bias);
  const weights = attentionSoftmax(tape, scores, visible);
  return linear(tape, headMix(tape, weights, value), w.output);
}
