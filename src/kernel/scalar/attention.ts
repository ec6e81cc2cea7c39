/**
 * Attention with several heads (Vaswani et al. 2017, Eq. 1), query by query. Heads are not split into tensors of their
 * own: head h works on the columns h · headSize and following.
 *
 * @module
 */
import { Internal } from '../../errors.ts';
import { checkLength, checkRanges } from '../checks.ts';
import type { AttentionShape } from '../kernels.ts';
import { softmaxRow } from './softmax.ts';

const { fround } = Math;

/** softmax(factor · Q Kᵀ + bias) V over the visible keys; each inner product is one float64 sum, rounded once. */
export function attention(
  out: Float32Array,
  weights: Float32Array,
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  from: Int32Array,
  to: Int32Array,
  shape: AttentionShape,
  bias?: Float32Array,
): void {
  checkAttention('attention', [query, out], [key, value], weights, from, to, shape, bias);
  const { headSize, keys } = shape;
  const factor = fround(shape.factor);
  const width = shape.heads * headSize;
  eachQuery(from, to, shape, ({ q, k, w, added, first, last }) => {
    for (let j = first; j < last; j++) {
      let sum = 0;
      for (let i = 0; i < headSize; i++) sum += query[q + i] * key[k + j * width + i];
      weights[w + j] = factor * fround(sum);
      if (bias !== undefined) weights[w + j] += bias[added + j];
    }
    softmaxRow(weights, weights, w, w + first, w + last, w + keys);
    for (let i = 0; i < headSize; i++) {
      let sum = 0;
      for (let j = first; j < last; j++) sum += weights[w + j] * value[k + j * width + i];
      out[q + i] = sum;
    }
  });
}

/**
 * With P the weights: dV = Pᵀ dO, dP = dO Vᵀ, dS = P ⊙ (dP − ⟨dP, P⟩), which takes P's place, dQ = factor · dS K and
 * dK = factor · dSᵀ Q.
 */
export function attentionBackward(
  dQuery: Float32Array,
  dKey: Float32Array,
  dValue: Float32Array,
  dOut: Float32Array,
  weights: Float32Array,
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  from: Int32Array,
  to: Int32Array,
  shape: AttentionShape,
  accumulate: boolean,
): void {
  checkAttention('attentionBackward', [query, dQuery, dOut], [key, value, dKey, dValue], weights, from, to, shape);
  const { headSize } = shape;
  const factor = fround(shape.factor);
  const width = shape.heads * headSize;
  const dV = new Float64Array(key.length);
  const dK = new Float64Array(key.length);
  const add = (gradient: Float32Array, at: number, term: number): void => {
    gradient[at] = accumulate ? gradient[at] + term : term;
  };
  eachQuery(from, to, shape, ({ q, k, w, first, last }) => {
    let mean = 0;
    const dP = new Float32Array(last);
    for (let j = first; j < last; j++) {
      let sum = 0;
      for (let i = 0; i < headSize; i++) {
        sum += dOut[q + i] * value[k + j * width + i];
        dV[k + j * width + i] += weights[w + j] * dOut[q + i];
      }
      dP[j] = sum;
      mean += dP[j] * weights[w + j];
    }
    for (let j = first; j < last; j++) {
      weights[w + j] *= fround(dP[j] - fround(mean));
      for (let i = 0; i < headSize; i++) dK[k + j * width + i] += weights[w + j] * query[q + i];
    }
    for (let i = 0; i < headSize; i++) {
      let sum = 0;
      for (let j = first; j < last; j++) sum += weights[w + j] * key[k + j * width + i];
      add(dQuery, q + i, fround(factor * fround(sum)));
    }
  });
  for (let b = 0; b < key.length; b += shape.capacity * width) {
    for (let at = b; at < b + shape.keys * width; at++) {
      add(dValue, at, fround(dV[at]));
      add(dKey, at, fround(factor * fround(dK[at])));
    }
  }
}

/** Where one query of one head lies in the operands, and which keys it sees. */
interface Place {
  /** In query, out and their gradients. */
  readonly q: number;
  /** In key, value and their gradients: the batch element's first key. */
  readonly k: number;
  /** In weights. */
  readonly w: number;
  /** In the bias. */
  readonly added: number;
  readonly first: number;
  readonly last: number;
}

function eachQuery(from: Int32Array, to: Int32Array, shape: AttentionShape, visit: (place: Place) => void): void {
  const { heads, headSize, queries, keys, capacity } = shape;
  const width = heads * headSize;
  for (let row = 0; row < from.length; row++) {
    const b = Math.floor(row / queries);
    for (let head = 0; head < heads; head++) {
      const column = head * headSize;
      const added = (head * queries + (row % queries)) * keys;
      const w = b * heads * queries * keys + added;
      const seen = { first: from[row], last: Math.max(from[row], to[row]) };
      visit({ q: row * width + column, k: b * capacity * width + column, w, added, ...seen });
    }
  }
}

/** @throws {@link Internal} if lengths disagree or a range reaches outside the keys. */
export function checkAttention(
  where: string,
  likeQuery: readonly Float32Array[],
  likeKey: readonly Float32Array[],
  weights: Float32Array,
  from: Int32Array,
  to: Int32Array,
  { heads, headSize, queries, keys, capacity }: AttentionShape,
  bias?: Float32Array,
): void {
  if (keys > capacity) throw new Internal(`kernel.${where}: expected up to ${capacity} keys, got ${keys}`);
  checkRanges(where, from, to, keys);
  const width = heads * headSize;
  for (const x of likeQuery) checkLength(where, x, from.length * width);
  for (const x of likeKey) checkLength(where, x, (from.length / queries) * capacity * width);
  checkLength(where, weights, from.length * heads * keys);
  if (bias !== undefined) checkLength(where, bias, heads * queries * keys);
}
