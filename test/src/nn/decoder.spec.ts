/**
 * The decoder's laws: what it may see, what must not matter, and that it learns.
 *
 * @module
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tape } from '../../../src/autograd/tape.ts';
import { InvalidInput } from '../../../src/errors.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES } from '../../../src/kernel/kernels.ts';
import { batchOf, countTargets, placesOf, type Batch, type Document } from '../../../src/nn/batch.ts';
import { createDecoder } from '../../../src/nn/decoder.ts';
import { pack } from '../../../src/nn/packing.ts';
import { adafactor } from '../../../src/optim/adafactor.ts';
import { Random } from '../../../src/tensor/random.ts';
import { elementCount } from '../../../src/tensor/shape.ts';
import { runSeed } from '../../run/runs.ts';
import { literalLogits } from './literal.ts';
import { createToy, documentsOf, logitsOf, lossAndGradient, VOCABULARY, modelRuns } from './toy.ts';

const EPSILON = 2 ** -23;

const norm = (x: Float32Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
const difference = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, i) => value - b[i]);

describe.each(KERNEL_NAMES)('a decoder on %s kernels', (name) => {
  const kernels = createKernels(name);
  const toys = [
    createToy(kernels, 1),
    createToy(kernels, 2, { tiedEmbedding: false, activation: 'silu', heads: 2, layers: 1 }),
  ];
  const anyToy = fc.nat(toys.length - 1);

  it('computes what its formulas say', () => {
    fc.assert(
      fc.property(anyToy, documentsOf(12, 1), (which, documents) => {
        const toy = toys[which];
        // Norms of 1 would hide where they are applied.
        const random = new Random('scales');
        for (const { module, offset, shape } of toy.decoder.parameters)
          if (module.endsWith('scale'))
            for (let i = 0; i < shape[0]; i++) toy.theta[offset + i] = 1 + random.normal() / 4;
        const batch = batchOf(documents);
        const got = logitsOf(kernels, toy, batch);
        const { config, parameters } = toy.decoder;
        const wanted = literalLogits(config, parameters, toy.theta, batch.tokens);
        // About 14 roundings in a row a layer, each of ε of a stream of about 1 that grows to about 3, then 24 terms.
        const bound = 2 * 14 * 3 * 24 * EPSILON;
        got.forEach((row, i) => row.forEach((logit, j) => expect(Math.abs(logit - wanted[i][j])).toBeLessThan(bound)));
      }),
      { numRuns: modelRuns(10), seed: runSeed() },
    );
  });

  it('computes earlier logits to the bit whatever comes later', () => {
    fc.assert(
      fc.property(
        anyToy,
        documentsOf(12, 1),
        fc.nat(),
        fc.integer({ min: 1, max: VOCABULARY - 1 }),
        (which, documents, at, by) => {
          const toy = toys[which];
          const batch = batchOf(documents);
          const place = at % batch.length;
          const tokens = batch.tokens.slice();
          tokens[place] = (tokens[place] + by) % VOCABULARY;
          const before = logitsOf(kernels, toy, batch);
          const after = logitsOf(kernels, toy, { ...batch, tokens });
          expect(after.slice(0, place)).toEqual(before.slice(0, place));
          expect(after[place]).not.toEqual(before[place]);
        },
      ),
      { numRuns: modelRuns(20), seed: runSeed() },
    );
  });

  it('computes the logits of packed documents as of each by itself, to the bit', () => {
    fc.assert(
      fc.property(anyToy, documentsOf(9, 6), fc.nat(10), (which, documents, more) => {
        const toy = toys[which];
        const packed = pack(documents, 8 + more);
        const together = logitsOf(kernels, toy, packed);
        const found = documents.map((document) => logitsOf(kernels, toy, batchOf([document])));
        const wanted = found.flat().map((logits) => logits.join());
        const got = together.filter((_, i) => packed.to[i] > 0).map((logits) => logits.join());
        expect(got.sort()).toEqual(wanted.sort());
      }),
      { numRuns: modelRuns(20), seed: runSeed() },
    );
  });

  it('computes the same loss and logits with more padding, to the bit', () => {
    fc.assert(
      fc.property(anyToy, documentsOf(9, 4), fc.integer({ min: 1, max: 20 }), (which, documents, padding) => {
        const toy = toys[which];
        const [tight, padded] = [batchOf(documents, 8), batchOf([...documents], 8 + padding)];
        expect(lossAndGradient(kernels, toy, [padded]).loss).toBe(lossAndGradient(kernels, toy, [tight]).loss);
        const real = (batch: Batch): Float32Array[] => logitsOf(kernels, toy, batch).filter((_, i) => batch.to[i] > 0);
        expect(real(padded)).toEqual(real(tight));
      }),
      { numRuns: modelRuns(20), seed: runSeed() },
    );
  });

  it('adds up the gradients of micro-batches to that of the whole', () => {
    fc.assert(
      fc.property(anyToy, documentsOf(9, 6), (which, documents) => {
        const toy = toys[which];
        const whole = batchOf(documents, 8);
        const parts = documents.map((document) => batchOf([document], 8));
        const once = lossAndGradient(kernels, toy, [whole]);
        const many = lossAndGradient(kernels, toy, parts, 1 / countTargets(whole));
        // The same terms, up to one per place, in another order: each sum within terms · ε of its terms' size.
        const bound = whole.rows * whole.length * EPSILON;
        expect(Math.abs(many.loss - once.loss)).toBeLessThan(bound * once.loss);
        expect(norm(difference(many.gradient, once.gradient))).toBeLessThan(bound * norm(once.gradient));
      }),
      { numRuns: modelRuns(20), seed: runSeed() },
    );
  });

  it('has the gradient that its loss has', () => {
    for (const toy of toys) {
      const batch = pack(
        [
          [1, 2, 3, 4, 5],
          [6, 7, 8],
          [9, 10, 11, 12],
        ].map((tokens) => ({ tokens: Int32Array.from(tokens) })),
        6,
      );
      const { gradient } = lossAndGradient(kernels, toy, [batch]);
      // The loss is a float32: its rounding over 2h leaves about 2e-5 at h = 2⁻⁸, the third derivative about as much.
      const [h, bound] = [2 ** -8, 5e-4];
      const random = new Random('directions');
      for (let trial = 0; trial < 3; trial++) {
        const direction = Float32Array.from(toy.theta, () => 0.1 * random.normal());
        const lossAt = (steps: number): number => {
          const start = toy.theta.slice();
          for (let i = 0; i < start.length; i++) toy.theta[i] += steps * h * direction[i];
          const { loss } = lossAndGradient(kernels, toy, [batch]);
          toy.theta.set(start);
          return loss;
        };
        const numeric = (8 * (lossAt(1) - lossAt(-1)) - (lossAt(2) - lossAt(-2))) / (12 * h);
        const analytic = gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
        expect(Math.abs(numeric - analytic), `numeric ${numeric}, analytic ${analytic}`).toBeLessThan(bound);
      }
    }
  });

  it('learns three sequences by heart, the same way each time, in memory that does not grow', () => {
    const train = (): { losses: number[]; theta: Float32Array; bytes: number[] } => {
      const mark = kernels.memory.mark();
      const { decoder, theta } = createToy(kernels, 3);
      const [gradient, update] = [kernels.memory.floats(decoder.size), kernels.memory.floats(decoder.size)];
      const optimizer = adafactor();
      const state = optimizer.init(kernels, decoder.parameters);
      const tape = new Tape(kernels, 'record');
      const documents: Document[] = [
        [2, 3, 4, 5, 6, 1],
        [7, 3, 8, 9, 1],
        [10, 4, 3, 2, 11, 12, 1],
      ].map((tokens) => ({
        tokens: Int32Array.from(tokens),
        lossFrom: 2,
      }));
      const batch = pack(documents, 12);
      const losses: number[] = [];
      const bytes: number[] = [];
      for (let step = 0; step < 40; step++) {
        gradient.fill(0);
        losses.push(
          tape.step(() => {
            const loss = decoder.loss(tape, theta, gradient, batch);
            tape.backward(loss);
            return loss.data[0];
          }),
        );
        optimizer.update(update, state, gradient, theta, 0.02);
        kernels.add(theta, theta, update);
        bytes.push(kernels.memory.bytes, kernels.memory.peakBytes);
      }
      const result = { losses, theta: theta.slice(), bytes };
      kernels.memory.release(mark);
      return result;
    };
    const [first, second] = [train(), train()];
    // An untrained decoder knows nothing: about ln(vocabulary) nats; one that has learnt them, next to none.
    expect(first.losses[0]).toBeGreaterThan(0.7 * Math.log(VOCABULARY));
    expect(first.losses[39]).toBeLessThan(0.05);
    expect(second.losses).toEqual(first.losses);
    expect(second.theta).toEqual(first.theta);
    expect(new Set(second.bytes).size).toBe(2);
  });

  it('drops nothing at rate 0, and repeats itself at another with the same chance', () => {
    const [toy] = toys;
    const batch = batchOf([{ tokens: Int32Array.of(1, 2, 3, 4, 5) }]);
    const lossAt = (rate: number, seed: number): number => {
      const tape = new Tape(kernels, 'forward');
      const options = { dropout: { rate, random: new Random(seed) } };
      return tape.step(() => toy.decoder.loss(tape, toy.theta, undefined, batch, options).data[0]);
    };
    expect(lossAt(0, 1)).toBe(lossAndGradient(kernels, toy, [batch]).loss);
    expect(lossAt(0.3, 1)).toBe(lossAt(0.3, 1));
    expect(lossAt(0.3, 1)).not.toBe(lossAt(0.3, 2));
  });

  it('keeps of a forward pass one stream a layer, not what went into it', () => {
    const toy = createToy(kernels, 4, { layers: 6 });
    const batch = batchOf([{ tokens: Int32Array.from({ length: 33 }, (_, i) => i % VOCABULARY) }]);
    const peakOf = (mode: 'record' | 'forward'): number => {
      const before = kernels.memory.bytes;
      const tape = new Tape(kernels, mode);
      const gradient = mode === 'record' ? kernels.memory.floats(toy.decoder.size) : undefined;
      return tape.step(() => {
        toy.decoder.logits(tape, toy.theta, gradient, batch);
        return kernels.memory.bytes - before - (gradient?.byteLength ?? 0);
      });
    };
    const streams = 7 * placesOf({ tokens: new Int32Array(33) }) * 24 * 4;
    const logits = 32 * VOCABULARY * 4;
    const tables = 2 * 48 * 4 * 4;
    const smaller = 4 * 1024 + 2 * 32 * 24 * 4;
    expect(peakOf('forward')).toBeLessThan(streams + logits + tables + smaller);
    expect(peakOf('record')).toBeGreaterThan(3 * peakOf('forward'));
  });
});

describe('a decoder', () => {
  const kernels = createKernels('scalar');

  it('names its tensors, one after the other, a tied embedding once', () => {
    const tied = createToy(kernels, 1, { layers: 1 }).decoder;
    const layer = [
      'attention_norm/scale',
      'attention/query',
      'attention/key',
      'attention/value',
      'attention/output',
      'feed_forward_norm/scale',
      'feed_forward/gate',
      'feed_forward/up',
      'feed_forward/output',
    ];
    expect(tied.parameters.map(({ name }) => name)).toEqual([
      'embedding/token',
      ...layer.map((part) => `layers/0/${part}`),
      'final_norm/scale',
    ]);
    expect(tied.parameters.map(({ module }) => module)).toEqual([
      'embedding/token',
      ...layer.map((part) => `layers/${part}`),
      'final_norm/scale',
    ]);
    expect(tied.parameters.map(({ layer }) => layer)).toEqual([null, ...layer.map(() => 0), null]);
    let offset = 0;
    for (const parameter of tied.parameters) {
      expect(parameter.offset).toBe(offset);
      offset += elementCount(parameter.shape);
    }
    expect(tied.size).toBe(offset);
    const untied = createToy(kernels, 1, { tiedEmbedding: false }).decoder;
    expect(untied.parameters.at(-1)?.name).toBe('unembedding');
  });

  it('begins with a stream and logits of about one', () => {
    for (const tiedEmbedding of [true, false]) {
      const toy = createToy(kernels, 5, { tiedEmbedding, modelSize: 48 });
      const batch = batchOf([{ tokens: Int32Array.from({ length: 31 }, (_, i) => i % VOCABULARY) }]);
      const logits = logitsOf(kernels, toy, batch);
      const meanSquare = logits.reduce((sum, row) => sum + norm(row) ** 2, 0) / (logits.length * VOCABULARY);
      // A tied embedding meets itself in its own token's logit, so that the mean is more than one.
      expect(Math.sqrt(meanSquare)).toBeGreaterThan(0.5);
      expect(Math.sqrt(meanSquare)).toBeLessThan(2.5);
    }
  });

  it('draws each tensor from a stream of its own', () => {
    const [small, large] = [
      createToy(kernels, 1, { layers: 1 }),
      createToy(kernels, 1, { layers: 1, vocabularySize: 31 }),
    ];
    const queryOf = ({ decoder, theta }: typeof small): Float32Array => {
      const offset = decoder.parameters.find(({ module }) => module === 'layers/attention/query')?.offset ?? -1;
      return theta.slice(offset, offset + 24 * 24);
    };
    expect(queryOf(small)).toEqual(queryOf(large));
  });

  it.each([
    ['modelSize', 25],
    ['layers', 0],
    ['heads', 5],
    ['vocabularySize', 1.5],
    ['normEpsilon', 0],
    ['ropeBase', NaN],
  ])('refuses %s %d', (field, value) => {
    expect(() => createToy(kernels, 1, { [field]: value })).toThrow(InvalidInput);
  });

  it('refuses tokens, targets and positions that it does not have, vectors of another length, an empty loss', () => {
    const toy = createToy(kernels, 1);
    const tape = new Tape(kernels, 'forward');
    const batch = batchOf([{ tokens: Int32Array.of(1, 2, 3) }]);
    const logits =
      (changes: Partial<Batch>, theta = toy.theta) =>
      () =>
        tape.step(() => toy.decoder.loss(tape, theta, undefined, { ...batch, ...changes }));
    expect(logits({ tokens: Int32Array.of(1, VOCABULARY) })).toThrow(
      'batch.tokens[1]: expected a token below 30, got 30',
    );
    expect(logits({ targets: Int32Array.of(-2, 1) })).toThrow('batch.targets[0]');
    expect(logits({ positions: Int32Array.of(0, 48) })).toThrow('batch.positions[1]');
    expect(logits({ targets: Int32Array.of(-1, -1) })).toThrow(
      'loss: batch: expected a target that is not masked, got',
    );
    expect(logits({}, new Float32Array(3))).toThrow(`theta: expected ${toy.decoder.size} numbers`);
    const recording = new Tape(kernels, 'record');
    expect(() => recording.step(() => toy.decoder.logits(recording, toy.theta, undefined, batch))).toThrow(
      'decoder: gradient',
    );
    expect(() => createDecoder({ ...toy.decoder.config, heads: 0 })).toThrow('config.heads');
  });
});
