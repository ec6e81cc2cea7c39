/**
 * Attention with several heads in the primitives that it is made of: the definition of `headAttention`, which does them
 * at once. Heads are not split into tensors of their own: each works on its columns of
 * [batch, length, heads · headSize], through the row strides of the matrix product.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Batch, MatmulShape } from '../kernel/kernels.ts';
import { describeShape } from '../tensor/shape.ts';
import type { Tape } from './tape.ts';
import type { Variable } from './variable.ts';

/** The sizes of an attention over all heads. `capacity` is the number of keys stored, of which the first `keys` count. */
interface Heads {
  readonly batch: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  readonly capacity: number;
  readonly headSize: number;
  readonly width: number;
}

/**
 * factor · Q[b, :, h] K[b, :, h]ᵀ for each batch element b and head h.
 *
 * @param query - [batch, queries, heads · headSize].
 * @param key - [batch, capacity, heads · headSize], of which the first `keys` rows are used (all, by default).
 * @returns [batch, heads, queries, keys].
 */
export function headScores(
  tape: Tape,
  query: Variable,
  key: Variable,
  heads: number,
  factor: number,
  keys: number = key.shape[1],
): Variable {
  const sizes = sizesOf('headScores', query, key, heads, keys);
  const products = productsOf(sizes);
  const out = tape.variable([sizes.batch, heads, sizes.queries, keys]);
  tape.kernels.matmul(out.data, query.data, key.data, { ...products.scores, alpha: factor });
  return tape.record('headScores', out, (dOut) => {
    tape.addMatmul(query, dOut, key.data, { ...products.query, alpha: factor });
    zeroSpareRows(tape, key, keys);
    tape.addMatmul(key, dOut, query.data, { ...products.key, alpha: factor });
  });
}

/**
 * P[b, h] V[b, :, h] for each batch element b and head h.
 *
 * @param weights - P, [batch, heads, queries, keys].
 * @param value - V, [batch, capacity, heads · headSize], of which the first `keys` rows are used.
 * @returns [batch, queries, heads · headSize].
 */
export function headMix(tape: Tape, weights: Variable, value: Variable): Variable {
  const [batch, heads, queries, keys] = weights.shape;
  const width = value.shape[2];
  const out = tape.variable([batch, queries, width]);
  const products = productsOf(sizesOf('headMix', out, value, heads, keys));
  tape.kernels.matmul(out.data, weights.data, value.data, products.query);
  return tape.record('headMix', out, (dOut) => {
    tape.addMatmul(weights, dOut, value.data, products.scores);
    zeroSpareRows(tape, value, keys);
    tape.addMatmul(value, weights.data, dOut, products.key);
  });
}

/** The keys that each query sees: query q of batch element b those in from[b·queries + q] ≤ key < to[b·queries + q]. */
export interface Visible {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Softmax over the visible keys of each row of scores [batch, heads, queries, keys], zero elsewhere. */
export function attentionSoftmax(tape: Tape, scores: Variable, { from, to }: Visible): Variable {
  const [batch, heads, queries, keys] = scores.shape;
  const { kernels } = tape;
  const out = tape.variable(scores.shape);
  kernels.softmax(out.data, scores.data, from, to, heads, queries, keys);
  return tape.record('attentionSoftmax', out, () => {
    const dOut = tape.gradient(out);
    kernels.softmaxBackward(dOut, dOut, out.data, batch * heads * queries, keys);
    tape.handOver(scores, dOut);
  });
}

/** scores + bias, the bias the same for each batch element: [batch, heads, queries, keys] + [heads, queries, keys]. */
export function addBias(tape: Tape, scores: Variable, bias: Variable): Variable {
  const out = tape.variable(scores.shape);
  const inputs = slicesOf(scores.data, bias.data.length);
  slicesOf(out.data, bias.data.length).forEach((slice, b) => tape.kernels.add(slice, inputs[b], bias.data));
  return tape.record('addBias', out, (dOut) => {
    addToBias(tape, bias, dOut);
    tape.handOver(scores, dOut);
  });
}

/** dBias += dScores, batch element by batch element in their order. */
export function addToBias(tape: Tape, bias: Variable, dScores: Float32Array): void {
  const gradient = tape.gradient(bias);
  for (const slice of slicesOf(dScores, gradient.length)) tape.kernels.addScaled(gradient, slice, 1);
}

function slicesOf(x: Float32Array, size: number): Float32Array[] {
  return Array.from({ length: x.length / size }, (_, b) => x.subarray(b * size, (b + 1) * size));
}

/** Has a gradient begin at zeros if the products do not write all rows of it. */
function zeroSpareRows(tape: Tape, keyOrValue: Variable, keys: number): void {
  if (keys < keyOrValue.shape[1]) tape.gradient(keyOrValue);
}

function sizesOf(where: string, query: Variable, key: Variable, heads: number, keys: number): Heads {
  const [batch, queries, width] = query.shape;
  const [keyBatch, capacity, keyWidth] = key.shape;
  if (keyBatch !== batch || keyWidth !== width || keys > capacity)
    throw wrong(`${where}: keys`, `[${batch}, ${keys} or more, ${width}]`, describeShape(key.shape));
  if (width % heads !== 0) throw wrong(`${where}: heads`, `a divisor of the width ${width}`, heads);
  return { batch, heads, queries, keys, capacity, headSize: width / heads, width };
}

/** The three products, by what each gives: scores are queries · keysᵀ, queries scores · keys, and keys scoresᵀ · queries. */
function productsOf(sizes: Heads): Readonly<Record<Layout, MatmulShape>> {
  const { queries, keys, headSize, width } = sizes;
  const rows = { rowOut: width, rowA: keys, rowB: width };
  const scores = { m: queries, n: keys, k: headSize, transposeB: true, rowOut: keys, rowA: width, rowB: width };
  const query = { m: queries, n: headSize, k: keys, ...rows };
  const key = { m: keys, n: headSize, k: queries, transposeA: true, ...rows };
  return {
    scores: { ...scores, batches: repeat(sizes, 'scores', 'query', 'key') },
    query: { ...query, batches: repeat(sizes, 'query', 'scores', 'key') },
    key: { ...key, batches: repeat(sizes, 'key', 'scores', 'query') },
  };
}

/** What an operand of the product is laid out like: the scores, the queries (or results), the keys (or values). */
type Layout = 'scores' | 'query' | 'key';

/** The two levels of repetition, over batch elements and heads. */
function repeat(sizes: Heads, out: Layout, a: Layout, b: Layout): readonly Batch[] {
  const strides = {
    scores: { batch: sizes.heads * sizes.queries * sizes.keys, head: sizes.queries * sizes.keys },
    query: { batch: sizes.queries * sizes.width, head: sizes.headSize },
    key: { batch: sizes.capacity * sizes.width, head: sizes.headSize },
  };
  const level = (count: number, of: 'batch' | 'head'): Batch => ({
    count,
    strideOut: strides[out][of],
    strideA: strides[a][of],
    strideB: strides[b][of],
  });
  return [level(sizes.batch, 'batch'), level(sizes.heads, 'head')];
}
