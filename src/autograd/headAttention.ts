/**
 * Attention in one primitive: scores, softmax over the visible keys and mix, head by head. To the bit what `headScores`,
 * `addBias`, `attentionSoftmax` and `headMix` are one after the other.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { AttentionShape } from '../kernel/kernels.ts';
import { describeShape } from '../tensor/shape.ts';
import { addToBias, type Visible } from './attention.ts';
import type { Tape } from './tape.ts';
import type { Variable } from './variable.ts';

/** How the heads attend. */
export interface HeadAttentionOptions {
  readonly heads: number;
  /** The factor of the scores. */
  readonly factor: number;
  readonly visible: Visible;
  /** How many of the rows of key and value count: all if absent. */
  readonly keys?: number;
  /** Added to the scores of each batch element, [heads, queries, keys]: nothing if absent. */
  readonly bias?: Variable | undefined;
}

/**
 * softmax(factor · Q Kᵀ + bias) V for each batch element and head, each head on its columns.
 *
 * @param query - [batch, queries, heads · headSize].
 * @param key - [batch, capacity, heads · headSize], as is `value`.
 * @returns [batch, queries, heads · headSize].
 */
export function headAttention(
  tape: Tape,
  query: Variable,
  key: Variable,
  value: Variable,
  { heads, factor, visible: { from, to }, keys = key.shape[1], bias }: HeadAttentionOptions,
): Variable {
  const [batch, queries, width] = query.shape;
  const capacity = key.shape[1];
  for (const { shape } of [key, value]) {
    if (shape[0] !== batch || shape[1] !== capacity || shape[2] !== width || keys > capacity)
      throw wrong('headAttention: keys', `[${batch}, ${keys} or more, ${width}]`, describeShape(shape));
  }
  if (width % heads !== 0) throw wrong('headAttention: heads', `a divisor of the width ${width}`, heads);
  if (bias !== undefined && bias.data.length !== heads * queries * keys)
    throw wrong('headAttention: bias', `[${heads}, ${queries}, ${keys}]`, describeShape(bias.shape));
  const { kernels } = tape;
  const shape: AttentionShape = { heads, headSize: width / heads, queries, keys, capacity, factor };
  const out = tape.variable(query.shape);
  const weights = tape.variable([batch, heads, queries, keys]).data;
  kernels.attention(out.data, weights, query.data, key.data, value.data, from, to, shape, bias?.data);
  return tape.record('headAttention', out, (dOut) => {
    const { gradients, accumulate } = tape.gradientsOf([query, key, value], keys === capacity);
    const [dQuery, dKey, dValue] = gradients;
    const inputs = [query.data, key.data, value.data] as const;
    kernels.attentionBackward(dQuery, dKey, dValue, dOut, weights, ...inputs, from, to, shape, accumulate);
    if (bias !== undefined) addToBias(tape, bias, weights);
  });
}
