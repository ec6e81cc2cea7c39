/**
 * Memory: a steady step allocates nothing that stays, and its peak is what the formula says.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { createKernels } from '../../src/kernel/create.ts';
import { Memory, REMEMBERED_VIEWS } from '../../src/kernel/memory.ts';
import { batchOf, type Batch } from '../../src/nn/batch.ts';
import type { DecoderConfig } from '../../src/nn/config.ts';
import { createDecoder } from '../../src/nn/decoder.ts';
import { initialise } from '../../src/nn/initialise.ts';
import type { Model } from '../../src/nn/model.ts';
import { T5_DEFAULTS, type T5Config } from '../../src/nn/t5/config.ts';
import { createT5 } from '../../src/nn/t5/encoderDecoder.ts';
import { adafactor } from '../../src/optim/adafactor.ts';
import { sgd } from '../../src/optim/sgd.ts';
import { Random } from '../../src/tensor/random.ts';
import type { DecoderPlan, T5Plan } from './activations.ts';
import { TRAIN_DEFAULTS } from '../../src/train/config.ts';
import { decoderBatch } from '../../src/models/decoderModel.ts';
import { runLoop, type Loop } from '../../src/train/loop.ts';
import { peakBytes, type MemoryPlan } from './formula.ts';
import { METHODS } from '../../src/train/methods.ts';
import { METHOD_NAMES } from '../../src/train/names.ts';
import { t5Batch } from '../../src/models/t5Model.ts';
import type { MicroBatch } from '../../src/models/textModel.ts';

/** A model and its batch, and how they are trained; every place predicts, so that the sizes say what `targets` are. */
type Sizes = Omit<DecoderPlan, 'targets'> & Training;
type T5Sizes = Omit<T5Plan, 'targets'> & Training;
type Training = Pick<MemoryPlan, 'method' | 'optimizer'>;

const TOY: DecoderConfig = {
  vocabularySize: 8,
  modelSize: 8,
  layers: 1,
  heads: 2,
  feedForwardSize: 8,
  context: 8,
  activation: 'gelu',
  tiedEmbedding: true,
  ropeBase: 10_000,
  normEpsilon: 1e-6,
};
const MOMENTUM = { name: 'adafactor', momentum: true, minDimSizeToFactor: 16 } as const;

interface Trained {
  readonly loop: Loop;
  readonly memory: Memory;
  readonly plan: MemoryPlan;
}

/** A loop over one batch in which every place predicts, its memory, and the plan that describes it. */
function createLoop({ config, rows, length, ...training }: Sizes): Trained {
  const decoder = createDecoder(config);
  const random = new Random(2);
  const batch: Batch = batchOf(Array.from({ length: rows }, () => ({ tokens: tokensOf(length + 1, config, random) })));
  const sizes = { config, rows, length, targets: targetsOf(rows, length), ...training };
  return createLoopOf(decoder, decoderBatch(decoder, batch), { ...sizes, parameters: decoder.parameters });
}

/** As {@link createLoop}. */
function createT5Loop({ config, rows, length, sourceLength, ...training }: T5Sizes): Trained {
  const t5 = createT5(config);
  const random = new Random(2);
  const pairs = Array.from({ length: rows }, () => ({
    source: tokensOf(sourceLength, config, random),
    target: tokensOf(length, config, random),
  }));
  const sizes = { config, rows, length, sourceLength, targets: targetsOf(rows, length), ...training };
  return createLoopOf(t5, t5Batch(t5, pairs), { ...sizes, parameters: t5.parameters });
}

function tokensOf(length: number, { vocabularySize }: { vocabularySize: number }, random: Random): Int32Array {
  return Int32Array.from({ length }, () => random.integer(vocabularySize));
}

function targetsOf(rows: number, length: number): number {
  return Math.ceil((rows * length) / 64) * 64;
}

function createLoopOf(model: Model, batch: MicroBatch, plan: MemoryPlan): Trained {
  const memory = new Memory();
  const kernels = createKernels('simd', memory);
  const { parameters } = model;
  const start = new Float32Array(model.size);
  initialise(model, start, new Random(1));
  const { optimizer: kind } = plan;
  const optimizer =
    kind.name === 'sgd'
      ? sgd()
      : adafactor({ minDimSizeToFactor: kind.minDimSizeToFactor, momentum: kind.momentum ? 0.9 : null });
  const config = { ...TRAIN_DEFAULTS, epsilon: 0.1 };
  const seed = METHODS[plan.method].mask === null ? start : memory.copyOf(start);
  const learner = METHODS[plan.method].create({ config, kernels, optimizer, parameters, seed, saved: null });
  const loop = {
    kernels,
    parameters,
    learner,
    schedule: () => 0.01,
    batches: () => [batch],
    clip: 1,
    dropout: 0,
    randomSeed: 1,
  };
  return { loop, memory, plan };
}

// First, while V8 has compiled for one kind of loop alone: later ones make it compile again, which is heap, too.
describe('a steady step', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  afterAll(() => setFlagsFromString('--no-expose-gc'));
  const heapUsed = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };

  it('leaves neither heap nor memory larger, over 10,000 of them', async () => {
    const { loop, memory } = createLoop({ config: TOY, rows: 1, length: 4, method: 'dst', optimizer: MOMENTUM });
    const half = 5_000;
    await runLoop(loop, 0, 1000, () => undefined);
    const before = [memory.bytes, memory.peakBytes, memory.wasm.buffer.byteLength, memory.remembered];
    const heaps = [heapUsed()];
    for (let i = 0; i < 2; i++) {
      await runLoop(loop, 1000 + i * half, 1000 + (i + 1) * half, () => undefined);
      heaps.push(heapUsed());
    }
    expect([memory.bytes, memory.peakBytes, memory.wasm.buffer.byteLength, memory.remembered]).toEqual(before);
    // The least that V8 can keep is an object of 16 bytes a step. What it compiles meanwhile, it compiles once: the
    // better of two ranges is without it.
    expect(Math.min(heaps[1] - heaps[0], heaps[2] - heaps[1])).toBeLessThan(16 * half);
  }, 120_000);
});

describe('the peak of a step', () => {
  const wide = { ...TOY, vocabularySize: 300, modelSize: 32, heads: 4, feedForwardSize: 96, layers: 3, context: 64 };
  const cases: readonly (readonly [string, Sizes])[] = [
    ['few parameters, many places', { config: wide, rows: 8, length: 48, method: 'full', optimizer: MOMENTUM }],
    [
      'more parameters than places, nothing factored, an unembedding of its own',
      {
        config: { ...wide, modelSize: 64, tiedEmbedding: false },
        rows: 1,
        length: 8,
        method: 'full',
        optimizer: { name: 'adafactor', momentum: false, minDimSizeToFactor: 1000 },
      },
    ],
    ...METHOD_NAMES.map(
      (method) => [method, { config: wide, rows: 2, length: 8, method, optimizer: MOMENTUM }] as const,
    ),
    ['SGD, a long row', { config: wide, rows: 1, length: 64, method: 'dst', optimizer: { name: 'sgd' } }],
    [
      'a large vocabulary',
      {
        config: { ...wide, vocabularySize: 3000, layers: 1 },
        rows: 16,
        length: 16,
        method: 'full',
        optimizer: MOMENTUM,
      },
    ],
  ];

  const t5: T5Config = {
    ...T5_DEFAULTS,
    vocabularySize: 300,
    modelSize: 32,
    headSize: 8,
    heads: 4,
    feedForwardSize: 96,
    encoderLayers: 2,
    decoderLayers: 3,
  };
  const t5Cases: readonly (readonly [string, T5Sizes])[] = [
    ['DST', { config: t5, rows: 8, length: 24, sourceLength: 48, method: 'dst', optimizer: MOMENTUM }],
    [
      'sides of one length, heads wider than the model',
      {
        config: { ...t5, headSize: 16, feedForwardSize: 32 },
        rows: 8,
        length: 32,
        sourceLength: 32,
        method: 'full',
        optimizer: MOMENTUM,
      },
    ],
    [
      'one embedding, heads narrower than the model, long sources',
      {
        config: { ...t5, headSize: 4, tiedEmbedding: true, encoderLayers: 4, decoderLayers: 1 },
        rows: 2,
        length: 8,
        sourceLength: 96,
        method: 'full',
        optimizer: { name: 'sgd' },
      },
    ],
    [
      'no encoder to speak of, a large vocabulary',
      {
        config: { ...t5, vocabularySize: 3000, encoderLayers: 1, decoderLayers: 4 },
        rows: 16,
        length: 32,
        sourceLength: 8,
        method: 'full',
        optimizer: MOMENTUM,
      },
    ],
  ];

  it.each([
    ...cases.map(([name, sizes]) => [`decoder, ${name}`, () => createLoop(sizes)] as const),
    ...t5Cases.map(([name, sizes]) => [`T5, ${name}`, () => createT5Loop(sizes)] as const),
  ])('is what the formula says, to 3 %: %s', async (_, create) => {
    const { loop, memory, plan } = create();
    await runLoop(loop, 0, 2, () => undefined);
    const { total, vectors, optimizer, activations } = peakBytes(plan);
    expect(vectors + optimizer + activations).toBe(total);
    expect(memory.peakBytes / total).toBeGreaterThan(0.97);
    expect(memory.peakBytes / total).toBeLessThan(1.03);
  });

  it('of DST is that of full fine-tuning, the seed and two floats a parameter', async () => {
    const sizes = { config: wide, rows: 2, length: 8, optimizer: MOMENTUM };
    const [full, dst] = await Promise.all(
      (['full', 'dst'] as const).map(async (method) => {
        const { loop, memory } = createLoop({ ...sizes, method });
        await runLoop(loop, 0, 2, () => undefined);
        return { bytes: memory.peakBytes, n: loop.learner.theta.length };
      }),
    );
    // A view's beginning is rounded up to 16 bytes: three views more.
    expect(dst.bytes - full.bytes).toBeLessThanOrEqual(3 * (4 * full.n + 16));
  });
});

describe('the memory', () => {
  it('remembers a bounded number of views, and gives the right ones after forgetting', () => {
    const memory = new Memory();
    const mark = memory.mark();
    const first = memory.floats(4);
    first.fill(7);
    memory.release(mark);
    for (let i = 1; i <= 2 * REMEMBERED_VIEWS; i += 1) {
      memory.floats(4);
      expect(memory.remembered).toBeLessThanOrEqual(2 * REMEMBERED_VIEWS);
    }
    memory.release(mark);
    expect(memory.floats(4)).toEqual(first);
  });
});
