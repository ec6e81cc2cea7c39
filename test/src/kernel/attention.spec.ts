import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttentionShape, Batch, Kernels } from '../../../src/kernel/kernels.ts';
import { runs } from '../../run/runs.ts';
import { arrayOf, BOTH, bits, floats, inArena, ints, moderate, unset } from './both.ts';

interface Case {
  readonly batch: number;
  readonly shape: AttentionShape;
  readonly query: number[];
  readonly key: number[];
  readonly value: number[];
  readonly dOut: number[];
  /** What is added to the scores, [heads, queries, keys]; null for nothing. */
  readonly bias: number[] | null;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Sizes around the edges of tiles: 5 queries, 8 keys, 8 columns of a head. Some queries see nothing. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    shape: fc
      .record({
        heads: fc.integer({ min: 1, max: 2 }),
        headSize: fc.oneof(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 31, max: 37 })),
        queries: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })),
        keys: fc.integer({ min: 1, max: 19 }),
        spare: fc.integer({ min: 0, max: 2 }),
        factor: fc.constantFrom(1, 0.3),
      })
      .map(({ spare, ...sizes }) => ({ ...sizes, capacity: sizes.keys + spare })),
  })
  .chain(({ batch, shape }) => {
    const { heads, headSize, queries, keys, capacity } = shape;
    const likeQuery = arrayOf(moderate, batch * queries * heads * headSize);
    const likeKey = arrayOf(moderate, batch * capacity * heads * headSize);
    const place = fc.integer({ min: 0, max: keys });
    const sizes = { minLength: batch * queries, maxLength: batch * queries };
    return fc.record({
      batch: fc.constant(batch),
      shape: fc.constant(shape),
      query: likeQuery,
      key: likeKey,
      value: likeKey,
      dOut: likeQuery,
      bias: fc.option(arrayOf(moderate, heads * queries * keys), { nil: null }),
      ranges: fc.oneof(
        fc.array(fc.tuple(place, place), sizes),
        // As a decoder sees: each query the keys up to its own.
        fc.constant(Array.from({ length: batch * queries }, (_, i) => [0, Math.min(keys, (i % queries) + 1)] as const)),
      ),
    });
  });

type Layout = 'scores' | 'query' | 'key';

/** The two levels of batches of a product over batch elements and heads. */
function batches({ batch, shape }: Case, out: Layout, a: Layout, b: Layout): Batch[] {
  const { heads, headSize, queries, keys, capacity } = shape;
  const strides = {
    scores: [heads * queries * keys, queries * keys],
    query: [queries * heads * headSize, headSize],
    key: [capacity * heads * headSize, headSize],
  } as const;
  const level = (count: number, i: 0 | 1): Batch => ({
    count,
    strideOut: strides[out][i],
    strideA: strides[a][i],
    strideB: strides[b][i],
  });
  return [level(batch, 0), level(heads, 1)];
}

/** Forward and backward by matrix products, sums and softmax over all keys, one after the other. */
function stepByStep(kernels: Kernels, given: Case, before: number[] | null): Float32Array[] {
  const { batch, shape } = given;
  const { heads, headSize, queries, keys, factor: alpha } = shape;
  const width = heads * headSize;
  const [query, key, value, dOut] = [given.query, given.key, given.value, given.dOut].map(floats);
  const [from, to] = [ints(given.ranges.map((r) => r[0])), ints(given.ranges.map((r) => r[1]))];
  const out = unset(query.length);
  const weights = unset(batch * heads * queries * keys);
  const accumulate = before !== null;
  const start = (length: number): Float32Array =>
    before === null ? floats(new Float32Array(length)) : floats(Float32Array.from({ length }, (_, i) => before[i % 5]));
  const [dQuery, dKey, dValue] = [start(query.length), start(key.length), start(key.length)];
  const toQuery = { rowOut: width, rowA: keys, rowB: width };
  const toScores = { rowOut: keys, rowA: width, rowB: width, transposeB: true };
  const toKey = { rowOut: width, rowA: keys, rowB: width, transposeA: true };
  const scoresOf = { m: queries, n: keys, k: headSize, ...toScores, batches: batches(given, 'scores', 'query', 'key') };
  const mixOf = { m: queries, n: headSize, k: keys, ...toQuery, batches: batches(given, 'query', 'scores', 'key') };
  const keysOf = { m: keys, n: headSize, k: queries, ...toKey, batches: batches(given, 'key', 'scores', 'query') };

  kernels.matmul(weights, query, key, { ...scoresOf, alpha });
  if (given.bias !== null) {
    const bias = floats(given.bias);
    for (let at = 0; at < weights.length; at += bias.length) {
      const scores = weights.subarray(at, at + bias.length);
      kernels.add(scores, scores, bias);
    }
  }
  kernels.softmax(weights, weights, from, to, heads, queries, keys);
  kernels.matmul(out, weights, value, mixOf);
  const weightsBefore = floats(weights);
  const dWeights = unset(weights.length);
  kernels.matmul(dValue, weights, dOut, { ...keysOf, accumulate });
  kernels.matmul(dWeights, dOut, value, scoresOf);
  kernels.softmaxBackward(dWeights, dWeights, weights, batch * heads * queries, keys);
  kernels.matmul(dQuery, dWeights, key, { ...mixOf, alpha, accumulate });
  kernels.matmul(dKey, dWeights, query, { ...keysOf, alpha, accumulate });
  return [out, weightsBefore, dWeights, dQuery, dKey, dValue];
}

function fused(kernels: Kernels, given: Case, before: number[] | null): Float32Array[] {
  const { batch, shape } = given;
  const [query, key, value, dOut] = [given.query, given.key, given.value, given.dOut].map(floats);
  const [from, to] = [ints(given.ranges.map((r) => r[0])), ints(given.ranges.map((r) => r[1]))];
  const out = unset(query.length);
  const weights = unset(batch * shape.heads * shape.queries * shape.keys);
  const start = (length: number): Float32Array =>
    before === null ? floats(new Float32Array(length)) : floats(Float32Array.from({ length }, (_, i) => before[i % 5]));
  const [dQuery, dKey, dValue] = [start(query.length), start(key.length), start(key.length)];
  const bias = given.bias === null ? undefined : floats(given.bias);
  kernels.attention(out, weights, query, key, value, from, to, shape, bias);
  const weightsBefore = floats(weights);
  const gradients = [dQuery, dKey, dValue] as const;
  kernels.attentionBackward(...gradients, dOut, weights, query, key, value, from, to, shape, before !== null);
  return [out, weightsBefore, weights, dQuery, dKey, dValue];
}

describe.each(BOTH)('attention, $name', (kernels) => {
  it('is products, the bias, softmax and their derivatives one after the other, to the bit', () => {
    const before = fc.option(arrayOf(moderate, 5), { nil: null });
    fc.assert(
      fc.property(cases, before, (given, start) =>
        inArena(() => {
          const wanted = stepByStep(kernels, given, start);
          const got = fused(kernels, given, start);
          // What is skipped would have added ±0, which can turn a −0 into +0 and changes nothing else.
          const plain = (x: Float32Array): number[] => bits(x.map((v) => v + 0));
          expect(got.map(plain)).toEqual(wanted.map(plain));
        }),
      ),
      { numRuns: runs(200, 10) },
    );
  });

  it('does not look at keys that nobody sees', () => {
    fc.assert(
      fc.property(cases, (given) =>
        inArena(() => {
          const { keys, capacity, heads, headSize, queries } = given.shape;
          const width = heads * headSize;
          const hidden = (i: number): boolean => {
            const [b, j] = [Math.floor(i / (capacity * width)), Math.floor(i / width) % capacity];
            const own = given.ranges.slice(b * queries, (b + 1) * queries);
            // Five queries are a tile, and so are 8 keys: what lies between the first and the last key that one of the
            // five sees is multiplied by 0 where it is hidden.
            return !own.some((_, q) => {
              const seen = own.slice(q - (q % 5), q - (q % 5) + 5).filter(([from, to]) => from < to);
              const low = Math.min(...seen.map(([from]) => from));
              const high = Math.max(...seen.map(([, to]) => to));
              return j >= low - (low % 8) && j < Math.ceil(high / 8) * 8;
            });
          };
          const spoil = (x: number[]): number[] => x.map((v, i) => (hidden(i) ? NaN : v));
          const spoiled = { ...given, key: spoil(given.key), value: spoil(given.value) };
          const [out, , , dQuery] = fused(kernels, spoiled, null);
          const [wanted, , , wantedQuery] = fused(kernels, given, null);
          expect([bits(out), bits(dQuery)]).toEqual([bits(wanted), bits(wantedQuery)]);
          expect(keys).toBeLessThanOrEqual(capacity);
        }),
      ),
      { numRuns: runs(100, 10) },
    );
  });

  it('refuses more keys than there are, a range outside them, and a bias of another size', () => {
    inArena(() => {
      const shape = { heads: 1, headSize: 1, queries: 1, keys: 2, capacity: 2, factor: 1 };
      const call = (to: number, sizes: AttentionShape, bias?: Float32Array) => () =>
        kernels.attention(unset(1), unset(2), unset(1), unset(2), unset(2), ints([0]), ints([to]), sizes, bias);
      expect(call(3, shape)).toThrow('kernel.attention: expected range[0] within [0, 2), got [0, 3)');
      expect(call(1, { ...shape, capacity: 1 })).toThrow('kernel.attention: expected up to 1 keys, got 2');
      expect(call(1, shape, unset(4))).toThrow('kernel.attention: expected 2 elements, got 4');
    });
  });
});
