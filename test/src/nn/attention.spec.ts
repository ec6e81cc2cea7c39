/**
 * Attention against its formula in float64, with everything that an encoder-decoder needs of it.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { Tape } from '../../../src/autograd/tape.ts';
import type { Variable } from '../../../src/autograd/variable.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES } from '../../../src/kernel/kernels.ts';
import { attention, crossAttention, keysValuesOf } from '../../../src/nn/attention.ts';
import { createRotaryTables } from '../../../src/nn/rotary.ts';
import { Random } from '../../../src/tensor/random.ts';
import { elementCount, type Shape } from '../../../src/tensor/shape.ts';

type Matrix = number[][];

const product = (a: Matrix, bTransposed: Matrix): Matrix =>
  a.map((row) => bTransposed.map((column) => row.reduce((sum, x, i) => sum + x * column[i], 0)));

const transposed = (a: Matrix): Matrix => a[0].map((_, j) => a.map((row) => row[j]));

const rowsOf = (x: Variable, columns: number): Matrix =>
  Array.from({ length: x.data.length / columns }, (_, i) => [...x.data.subarray(i * columns, (i + 1) * columns)]);

function softmax(row: readonly number[]): number[] {
  const powers = row.map((x) => Math.exp(x - Math.max(...row)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

describe.each(KERNEL_NAMES)('attention on %s kernels', (name) => {
  const kernels = createKernels(name);
  const tape = new Tape(kernels, 'forward');
  const random = new Random('attention');
  const normal = (shape: Shape): Variable => {
    const data = kernels.memory.copyOf(Array.from({ length: elementCount(shape) }, () => random.normal()));
    return { shape, data, gradient: undefined };
  };

  it('takes queries from one sequence, keys and values from another, and a bias', () => {
    const [batch, queries, keys, heads, size] = [2, 3, 5, 2, 4];
    const width = heads * size;
    const [x, source] = [normal([batch, queries, width]), normal([batch, keys, width])];
    const [query, key, value, output] = [1, 2, 3, 4].map(() => normal([width, width]));
    const bias = normal([heads, queries, keys]);
    const factor = 0.25;
    const visible = {
      from: kernels.memory.ints(batch * queries).fill(0),
      to: kernels.memory.ints(batch * queries).fill(keys),
    };
    visible.to[4] = 2;

    const w = { query, key, value, output };
    const answers = keysValuesOf(tape, w, source);
    const got = crossAttention(tape, w, x, answers, { heads, factor, visible, bias });

    const weights = [query, key, value, output].map((w) => rowsOf(w, width));
    const [wQuery, wKey, wValue, wOutput] = weights;
    const wanted = Array.from({ length: batch }, (_, b) => {
      const xs = rowsOf(x, width).slice(b * queries, (b + 1) * queries);
      const sources = rowsOf(source, width).slice(b * keys, (b + 1) * keys);
      const mixed = Array.from({ length: heads }, (_, h) => {
        const ofHead = (rows: Matrix): Matrix => rows.map((row) => row.slice(h * size, (h + 1) * size));
        const scores = product(ofHead(product(xs, wQuery)), ofHead(product(sources, wKey)));
        const weighted = scores.map((row, q) => {
          const biased = row.map((score, k) => factor * score + bias.data[(h * queries + q) * keys + k]);
          const seen = biased.slice(0, visible.to[b * queries + q]);
          return [...softmax(seen), ...biased.slice(seen.length).map(() => 0)];
        });
        return product(weighted, transposed(ofHead(product(sources, wValue))));
      });
      const joined = xs.map((_, q) => mixed.flatMap((head) => head[q]));
      return product(joined, wOutput);
    }).flat(2);

    // Four products of up to 8 terms of size up to about 10, of which the softmax's argument is the most sensitive.
    const bound = 2 ** -23 * 4 * 8 * 10;
    expect(Math.max(...wanted.map((w, i) => Math.abs(w - got.data[i])))).toBeLessThan(bound);
  });

  it('sees with rotary positions how far apart two tokens are, and not where they are', () => {
    const [heads, size, places] = [2, 8, 6];
    const width = heads * size;
    const tables = createRotaryTables(40, size, 10_000);
    const weights = {
      query: normal([width, width]),
      key: normal([width, width]),
      value: normal([width, width]),
      output: normal([width, width]),
    };
    const x = normal([1, places, width]);
    const visible = { from: kernels.memory.ints(places).fill(0), to: kernels.memory.ints(places).fill(places) };
    const at = (shift: number, stride: number): Float32Array => {
      const positions = kernels.memory.ints(places).map((_, i) => shift + stride * i);
      const rotation = {
        cosine: tape.floats(tables.cosine),
        sine: tape.floats(tables.sine),
        positions: tape.ints(positions),
      };
      return attention(tape, weights, x, { heads, factor: 0.1, visible, rotation }).data;
    };
    const [start, shifted, stretched] = [at(0, 1), at(30, 1), at(0, 5)];
    const largest = (a: Float32Array, b: Float32Array): number => Math.max(...a.map((v, i) => Math.abs(v - b[i])));
    // Angles are exact to ε · 30; scores of about 10 then differ by 300 ε, outputs of about 10 by ten times that.
    expect(largest(start, shifted)).toBeLessThan(2 ** -23 * 3000);
    expect(largest(start, stretched)).toBeGreaterThan(0.01);
  });
});
