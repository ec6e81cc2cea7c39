/**
 * The laws of T5: its formulas, what padding and later tokens must not do, and that it learns.
 *
 * @module
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tape } from '../../../../src/autograd/tape.ts';
import { createKernels } from '../../../../src/kernel/create.ts';
import { KERNEL_NAMES } from '../../../../src/kernel/kernels.ts';
import { MASKED } from '../../../../src/nn/batch.ts';
import { createT5 } from '../../../../src/nn/t5/encoderDecoder.ts';
import { pairBatch } from '../../../../src/nn/t5/pairs.ts';
import { adafactor } from '../../../../src/optim/adafactor.ts';
import { elementCount } from '../../../../src/tensor/shape.ts';
import { modelRuns } from '../toy.ts';
import { literalT5Logits } from './literal.ts';
import { createToy, logitsOf, pairsOf, START, TOY, VOCABULARY } from './toy.ts';

const EPSILON = 2 ** -23;

describe.each(KERNEL_NAMES)('a T5 on %s kernels', (name) => {
  const kernels = createKernels(name);
  const toys = [
    createToy(kernels, 1),
    createToy(kernels, 2, { tiedEmbedding: true, activation: 'silu', decoderLayers: 1 }),
    createToy(kernels, 3, { tiedEmbedding: true, scaledLogits: false, ownEmbeddings: ['encoder'], activation: 'relu' }),
    createToy(kernels, 4, { scaledLogits: true, ownEmbeddings: ['encoder', 'decoder'], activation: 'gelu-exact' }),
  ];
  const anyToy = fc.nat(toys.length - 1);

  it('computes what its formulas say', () => {
    fc.assert(
      fc.property(anyToy, pairsOf(12, 1), (which, pairs) => {
        const { t5, theta } = toys[which];
        const batch = pairBatch(pairs, START);
        const got = logitsOf(kernels, toys[which], batch);
        const wanted = literalT5Logits(t5.config, t5.parameters, theta, pairs[0].source, batch.inputs.tokens);
        // About 18 roundings in a row a layer of a stream of up to about 10, through 2 + 2 layers, then 16 terms.
        const bound = 4 * 18 * 10 * 16 * EPSILON;
        got.forEach((row, i) => row.forEach((logit, j) => expect(Math.abs(logit - wanted[i][j])).toBeLessThan(bound)));
      }),
      { numRuns: modelRuns(15) },
    );
  });

  it('computes the same bits however much padding there is, and whoever shares the batch', () => {
    fc.assert(
      fc.property(anyToy, pairsOf(8, 4), fc.nat(9), fc.nat(9), (which, pairs, moreSource, moreTarget) => {
        const toy = toys[which];
        const longest = (of: 'source' | 'target'): number => Math.max(...pairs.map((pair) => pair[of].length));
        const lengths = { source: longest('source') + moreSource, target: longest('target') + moreTarget };
        const together = logitsOf(kernels, toy, pairBatch(pairs, START, lengths));
        pairs.forEach((pair, row) => {
          const alone = logitsOf(kernels, toy, pairBatch([pair], START));
          const start = row * lengths.target;
          expect(together.slice(start, start + pair.target.length)).toEqual(alone);
        });
      }),
      { numRuns: modelRuns(15) },
    );
  });

  it('sees no later token of the target, and every token of the source', () => {
    fc.assert(
      fc.property(anyToy, pairsOf(8, 1), fc.nat(), (which, [pair], at) => {
        const toy = toys[which];
        const other = (tokens: Int32Array, place: number): Int32Array =>
          tokens.map((token, i) => (i === place ? 1 + (token % (VOCABULARY - 1)) : token));
        const before = logitsOf(kernels, toy, pairBatch([pair], START));
        const place = at % pair.target.length;
        const later = logitsOf(kernels, toy, pairBatch([{ ...pair, target: other(pair.target, place) }], START));
        expect(later.slice(0, place + 1)).toEqual(before.slice(0, place + 1));
        const source = other(pair.source, at % pair.source.length);
        const elsewhere = logitsOf(kernels, toy, pairBatch([{ ...pair, source }], START));
        elsewhere.forEach((row, i) => expect(row).not.toEqual(before[i]));
      }),
      { numRuns: modelRuns(15) },
    );
  });

  it('has the gradient that differences of its loss show, for every kind of parameter', () => {
    const { t5, theta } = createToy(kernels, 3);
    const batch = pairBatch(
      [
        { source: Int32Array.of(3, 4, 5, 6, 7), target: Int32Array.of(5, 4, 9) },
        { source: Int32Array.of(8, 2), target: Int32Array.of(2, 8, 3, 1) },
      ],
      START,
    );
    const gradient = kernels.memory.floats(t5.size).fill(0);
    const recording = new Tape(kernels, 'record');
    recording.step(() => recording.backward(t5.loss(recording, theta, gradient, batch)));
    const forward = new Tape(kernels, 'forward');
    const lossAt = (): number => forward.step(() => t5.loss(forward, theta, undefined, batch).data[0]);
    for (const { name: parameter, offset, shape } of t5.parameters) {
      // Along the gradient of one tensor the slope is its norm; a fourth-order difference sees it.
      const end = offset + elementCount(shape);
      const own = gradient.slice(offset, end);
      const length = Math.sqrt(own.reduce((sum, g) => sum + g * g, 0));
      expect(length, parameter).toBeGreaterThan(0);
      const start = theta.slice(offset, end);
      const step = 2 ** -6;
      const along = (steps: number): number => {
        for (let i = 0; i < own.length; i++) theta[offset + i] = start[i] + (steps * step * own[i]) / length;
        const loss = lossAt();
        theta.set(start, offset);
        return loss;
      };
      const slope = (8 * (along(1) - along(-1)) - (along(2) - along(-2))) / (12 * step);
      // The loss of about 3 has suffered some 30 roundings; what the difference leaves out is of the order of step⁴.
      const bound = (18 / 12) * 30 * 3 * (EPSILON / step) + 8 * step ** 4 * Math.max(1, length);
      expect(Math.abs(slope - length), parameter).toBeLessThan(bound);
    }
  });

  it('learns to copy', () => {
    const { t5, theta } = createToy(kernels, 4, { encoderLayers: 1, decoderLayers: 1 });
    const optimizer = adafactor({ minDimSizeToFactor: 16 });
    const gradient = kernels.memory.floats(t5.size);
    const update = kernels.memory.floats(t5.size);
    const state = optimizer.init(kernels, t5.parameters);
    const sources = [[3, 4, 5], [6, 7], [8, 9, 10, 2], [11, 12, 3]].map((list) => Int32Array.from(list)); // prettier-ignore
    const batch = pairBatch(
      sources.map((source) => ({ source, target: source })),
      START,
    );
    const tape = new Tape(kernels, 'record');
    const losses = Array.from({ length: 80 }, () => {
      gradient.fill(0);
      const loss = tape.step(() => {
        const value = t5.loss(tape, theta, gradient, batch);
        tape.backward(value);
        return value.data[0];
      });
      optimizer.update(update, state, gradient, theta, 0.05);
      kernels.add(theta, theta, update);
      return loss;
    });
    // From ln 20 = 3.0, a guess among all tokens, to almost none.
    expect(losses[0]).toBeGreaterThan(2);
    expect(losses[losses.length - 1]).toBeLessThan(0.1);
  });
});

describe('createT5', () => {
  it.each([
    [{ heads: 0 }, 'config.heads: expected a whole number of at least 1, got 0'],
    [{ relativeBuckets: 3 }, 'config.relativeBuckets: expected a whole number of at least 4, got 3'],
    [{ relativeMaximumDistance: 4 }, 'config.relativeMaximumDistance: expected more than 4, got 4'],
    [{ startToken: 20 }, 'config.startToken: expected a token below 20, got 20'],
    [{ normEpsilon: 0 }, 'config.normEpsilon: expected a finite number above 0, got 0'],
  ])('refuses %j', (changes, message) => {
    expect(() => createT5({ ...TOY, ...changes })).toThrow(message);
  });

  it('has modules of their own for encoder, decoder and cross-attention, with their layers', () => {
    const { parameters } = createT5(TOY);
    const of = (name: string): unknown => parameters.find((parameter) => parameter.name === name);
    expect(of('encoder/layers/1/attention/query')).toMatchObject({
      module: 'encoder/layers/attention/query',
      layer: 1,
    });
    expect(of('decoder/layers/0/cross_attention/key')).toMatchObject({
      module: 'decoder/layers/cross_attention/key',
      layer: 0,
      shape: [18, 16],
    });
    expect(of('decoder/relative_bias')).toMatchObject({ layer: null, shape: [8, 3] });
  });
});

describe('pairBatch', () => {
  it('shifts targets right behind the start token and masks the padding', () => {
    const { sources, inputs, targets } = pairBatch(
      [
        { source: Int32Array.of(5, 6), target: Int32Array.of(7, 8, 1) },
        { source: Int32Array.of(9), target: Int32Array.of(1) },
      ],
      START,
    );
    expect([...sources.tokens]).toEqual([5, 6, 9, 0]);
    expect([...sources.lengths]).toEqual([2, 1]);
    expect([...inputs.tokens]).toEqual([START, 7, 8, START, 0, 0]);
    expect([...targets]).toEqual([7, 8, 1, 1, MASKED, MASKED]);
  });

  it('refuses sequences that are empty or too long', () => {
    const pair = { source: Int32Array.of(1, 2), target: Int32Array.of(3) };
    expect(() => pairBatch([pair, { ...pair, source: new Int32Array(0) }], START)).toThrow(
      'rowsOf: sequences[1]: expected 1 to 2 tokens, got 0',
    );
    expect(() => pairBatch([pair], START, { source: 1 })).toThrow(
      'rowsOf: sequences[0]: expected 1 to 1 tokens, got 2',
    );
  });
});
