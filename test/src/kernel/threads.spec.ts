/**
 * The law of the threads: no bit depends on their number. Here on sizes where chunks are many and every thread packs,
 * sums and writes; the suites of the kernels run with one, two and four threads on small ones.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttentionShape, Kernels } from '../../../src/kernel/kernels.ts';
import { Memory } from '../../../src/kernel/memory.ts';
import { createSimdKernels } from '../../../src/kernel/simd.ts';
import { BLOCK_BYTES } from '../../../src/kernel/threads/control.ts';
import { closeThreads } from '../../../src/kernel/threads/workerPool.ts';
import { Random } from '../../../src/tensor/random.ts';
import { runs } from '../../run/runs.ts';
import { floats, inArena, ints, simd, THREADED } from './both.ts';

/** Calls one kernel on the same inputs whenever it is called; returns all that it may have written. */
type Call = (kernels: Kernels, random: Random) => readonly Float32Array[];

function normals(random: Random, length: number): Float32Array {
  return floats(Float32Array.from({ length }, () => random.normal()));
}

function uniforms(random: Random, length: number): Float32Array {
  return floats(Float32Array.from({ length }, () => random.uniform() - 0.5));
}

/** The first index at which two vectors differ by a bit, or −1. */
function firstDifference(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  const [x, y] = [a, b].map((values) => new Uint32Array(values.buffer, values.byteOffset, values.length));
  return x.findIndex((pattern, i) => pattern !== y[i]);
}

function positives(random: Random, length: number): Float32Array {
  return floats(Float32Array.from({ length }, () => 0.1 + random.uniform()));
}

const ROWS = 67;
const COLUMNS = 83;
const SIZE = ROWS * COLUMNS;

/** A kernel of elements: some outputs, then some inputs, all of one length. */
function elements(outputs: number, inputs: number, run: (kernels: Kernels, x: readonly Float32Array[]) => void): Call {
  return (kernels, random) => {
    const x = Array.from({ length: outputs + inputs }, () => positives(random, SIZE));
    run(kernels, x);
    return x.slice(0, outputs);
  };
}

/** Forward and backward: rows of a batch, the sizes of one head, and whether something is added to the scores. */
function attention(batch: number, sizesOfHead: Omit<AttentionShape, 'factor'>, biased = false): Call {
  const { heads, queries, keys, capacity, headSize } = sizesOfHead;
  return (kernels, random) => {
    const sizes = [queries, queries, capacity, capacity].map((rows) => batch * rows * heads * headSize);
    const [out, query, key, value] = sizes.map((length) => normals(random, length));
    const [dOut, dQuery, dKey, dValue] = sizes.map((length) => normals(random, length));
    const weights = normals(random, batch * heads * queries * keys);
    const from = ints(Array.from({ length: batch * queries }, () => random.integer(8)));
    const to = ints(Array.from({ length: batch * queries }, () => random.integer(keys + 1)));
    const shape = { ...sizesOfHead, factor: 0.3 };
    const bias = biased ? normals(random, heads * queries * keys) : undefined;
    kernels.attention(out, weights, query, key, value, from, to, shape, bias);
    const forward = floats(weights);
    kernels.attentionBackward(dQuery, dKey, dValue, dOut, weights, query, key, value, from, to, shape, true);
    return [out, forward, dQuery, dKey, dValue, weights];
  };
}

const CALLS: Readonly<Record<string, Call>> = {
  zero: elements(1, 0, (kernels, [out]) => kernels.zero(out)),
  add: elements(1, 2, (kernels, [out, a, b]) => kernels.add(out, a, b)),
  multiply: elements(1, 2, (kernels, [out, a, b]) => kernels.multiply(out, a, b)),
  scale: elements(1, 1, (kernels, [out, a]) => kernels.scale(out, a, 0.3)),
  addScaled: elements(1, 1, (kernels, [out, a]) => kernels.addScaled(out, a, 0.3)),
  addProduct: elements(1, 2, (kernels, [out, a, b]) => kernels.addProduct(out, a, b)),
  gelu: elements(1, 2, (kernels, [out, a, b]) => kernels.gated(out, a, b, 'gelu')),
  silu: elements(1, 2, (kernels, [out, a, b]) => kernels.gated(out, a, b, 'silu')),
  'gelu, backward': elements(2, 3, (kernels, [a, b, c, d, e]) => kernels.gatedBackward(a, b, c, d, e, 'gelu', true)),
  'silu, backward': elements(2, 3, (kernels, [a, b, c, d, e]) => kernels.gatedBackward(a, b, c, d, e, 'silu', false)),
  decaySquares: elements(1, 1, (kernels, [v, g]) => kernels.decaySquares(v, g, 0.7, 1e-30)),
  decayMean: elements(1, 1, (kernels, [m, x]) => kernels.decayMean(m, x, 0.7)),
  divideByRoot: elements(1, 2, (kernels, [out, g, v]) => kernels.divideByRoot(out, g, v)),

  rmsNorm(kernels, random) {
    const [out, inverse] = [positives(random, SIZE), positives(random, ROWS)];
    kernels.rmsNorm(out, inverse, normals(random, SIZE), normals(random, COLUMNS), ROWS, COLUMNS, 1e-6);
    return [out, inverse];
  },
  'rmsNorm, backward'(kernels, random) {
    const [dX, dWeight, dOut, x] = [SIZE, COLUMNS, SIZE, SIZE].map((length) => normals(random, length));
    const [weight, inverse] = [normals(random, COLUMNS), positives(random, ROWS)];
    kernels.rmsNormBackward(dX, dWeight, dOut, x, weight, inverse, ROWS, COLUMNS);
    return [dX, dWeight];
  },
  rotate(kernels, random) {
    const [heads, headSize] = [3, 14];
    const [out, x] = [normals(random, ROWS * heads * headSize), normals(random, ROWS * heads * headSize)];
    const [cosine, sine] = [normals(random, (ROWS * headSize) / 2), normals(random, (ROWS * headSize) / 2)];
    const positions = ints(Array.from({ length: ROWS }, () => random.integer(ROWS)));
    kernels.rotate(out, x, cosine, sine, positions, heads, headSize, -1, true);
    return [out];
  },
  softmax(kernels, random) {
    const [batch, heads, queries, keys] = [9, 3, 7, 21];
    const [out, x] = [normals(random, batch * heads * queries * keys), normals(random, batch * heads * queries * keys)];
    const from = ints(Array.from({ length: batch * queries }, () => random.integer(8)));
    const to = ints(Array.from({ length: batch * queries }, () => random.integer(keys + 1)));
    kernels.softmax(out, x, from, to, heads, queries, keys);
    return [out];
  },
  attention: attention(9, { heads: 3, queries: 7, keys: 21, capacity: 23, headSize: 14 }),
  'attention with a bias': attention(9, { heads: 3, queries: 7, keys: 21, capacity: 23, headSize: 14 }, true),
  'attention of one query with a bias': attention(
    9,
    { heads: 3, queries: 1, keys: 21, capacity: 23, headSize: 14 },
    true,
  ),
  // So long that threads are at it side by side: each has to have a scratch of its own.
  'attention of many queries': attention(8, { heads: 2, queries: 33, keys: 66, capacity: 68, headSize: 30 }),
  'softmax, backward'(kernels, random) {
    const [dX, dOut, out] = [SIZE, SIZE, SIZE].map((length) => normals(random, length));
    kernels.softmaxBackward(dX, dOut, out, ROWS, COLUMNS);
    return [dX];
  },
  gather(kernels, random) {
    const [out, table] = [normals(random, SIZE), normals(random, 11 * COLUMNS)];
    kernels.gather(out, table, ints(Array.from({ length: ROWS }, () => random.integer(11))), COLUMNS);
    return [out];
  },
  'gather, backward'(kernels, random) {
    const [dTable, dOut] = [normals(random, 11 * COLUMNS), normals(random, SIZE)];
    kernels.gatherBackward(dTable, dOut, ints(Array.from({ length: ROWS }, () => random.integer(11))), COLUMNS);
    return [dTable];
  },
  crossEntropy(kernels, random) {
    const targets = ints(Array.from({ length: ROWS }, () => random.integer(COLUMNS + 1) - 1));
    const [losses, again, logits, dLogits] = [ROWS, ROWS, SIZE, SIZE].map((length) => normals(random, length));
    kernels.crossEntropy(losses, logits, targets, COLUMNS);
    kernels.crossEntropyWithGradient(again, dLogits, logits, targets, COLUMNS, 0.1);
    return [losses, again, dLogits];
  },
  decayFactoredSquares(kernels, random) {
    const [vRow, vCol, gradient] = [positives(random, ROWS), positives(random, COLUMNS), normals(random, SIZE)];
    kernels.decayFactoredSquares(vRow, vCol, gradient, ROWS, COLUMNS, 0.7, 1e-30);
    return [vRow, vCol];
  },
  scaleRowsAndColumns(kernels, random) {
    const [out, gradient] = [normals(random, SIZE), normals(random, SIZE)];
    kernels.scaleRowsAndColumns(out, gradient, positives(random, ROWS), positives(random, COLUMNS), ROWS, COLUMNS);
    return [out];
  },
};

describe('1, 2 and 4 threads give the same bits', () => {
  it.each(Object.keys(CALLS))('%s', (name) => {
    fc.assert(
      fc.property(fc.nat(), (seed) =>
        inArena(() => {
          const [one, ...more] = THREADED.map((kernels) => CALLS[name](kernels, new Random(seed)));
          for (const other of more) other.forEach((x, i) => expect(firstDifference(x, one[i])).toBe(-1));
        }),
      ),
      { numRuns: runs(5, 20) },
    );
  });

  it('matmul: rows, columns and batches, over the edges of tiles and blocks', () => {
    const size = fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 40 }) },
      fc.integer({ min: 120, max: 280 }),
    );
    const shapes = fc.record({
      m: size,
      n: size,
      k: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 250, max: 270 })),
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      accumulate: fc.boolean(),
      alpha: fc.constantFrom(1, 0.37),
      counts: fc.constantFrom([1, 1], [1, 1], [1, 3], [2, 3]),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(shapes, ({ counts: [outer, inner], seed, ...shape }) =>
        inArena(() => {
          const { m, n, k } = shape;
          const level = (count: number, products: number) => {
            return { count, strideOut: products * m * n, strideA: products * m * k, strideB: products * k * n };
          };
          const batches = [level(outer, inner), level(inner, 1)];
          const random = new Random(seed);
          const [before, a, b] = [m * n, m * k, k * n].map((length) => uniforms(random, outer * inner * length));
          const [one, ...more] = THREADED.map((kernels) => {
            const out = floats(before);
            kernels.matmul(out, a, b, { ...shape, batches });
            return out;
          });
          for (const other of more) expect(firstDifference(other, one)).toBe(-1);
        }),
      ),
      { numRuns: runs(20, 20) },
    );
  });
});

describe('helpers', () => {
  it('take part: a helper packs into its own block, and the product is the same', async () => {
    const memory = new Memory();
    const kernels = createSimdKernels(memory, 2, 0);
    const n = 260;
    const [a, b] = [1, 2].map((seed) => memory.copyOf(normals(new Random(seed), n * n)));
    const [alone, together] = [memory.floats(n * n), memory.floats(n * n)];
    createSimdKernels(memory, 1).matmul(alone, a, b, { m: n, n, k: n });
    const helpersBlock = new Float32Array(memory.wasm.buffer, BLOCK_BYTES, BLOCK_BYTES / 4);
    // The helper is another thread, which gets a processor sooner or later: the caller goes on until it has.
    for (let i = 0; i < 20_000 && helpersBlock.every((x) => x === 0); i++) {
      kernels.matmul(together, a, b, { m: n, n, k: n });
    }
    expect(helpersBlock.some((x) => x !== 0)).toBe(true);
    expect(firstDifference(together, alone)).toBe(-1);
    // Afterwards the caller does all by itself.
    await closeThreads(memory);
    kernels.matmul(together.fill(0), a, b, { m: n, n, k: n });
    expect(firstDifference(together, alone)).toBe(-1);
  });

  it('are one pool a memory, whichever kernels ask for them', () => {
    expect(simd.threads).toBe(1);
    expect(THREADED.map(({ threads }) => threads)).toEqual([1, 2, 4]);
    expect(new Set(THREADED.map(({ memory }) => memory)).size).toBe(1);
  });
});
