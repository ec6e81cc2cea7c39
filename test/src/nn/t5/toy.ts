/**
 * What the specs of this folder share: T5s small enough to run many times, and random pairs for them.
 *
 * @module
 */
import fc from 'fast-check';
import { Tape } from '../../../../src/autograd/tape.ts';
import type { Kernels } from '../../../../src/kernel/kernels.ts';
import { initialise } from '../../../../src/nn/initialise.ts';
import { T5_DEFAULTS, type T5Config } from '../../../../src/nn/t5/config.ts';
import { createT5, type T5 } from '../../../../src/nn/t5/encoderDecoder.ts';
import type { Pair, PairBatch } from '../../../../src/nn/t5/pairs.ts';
import { Random } from '../../../../src/tensor/random.ts';

export const VOCABULARY = 20;
export const START = 0;

/** Heads times their size is not the model's size, and buckets are few enough to meet in a dozen tokens. */
export const TOY: T5Config = {
  ...T5_DEFAULTS,
  vocabularySize: VOCABULARY,
  modelSize: 16,
  headSize: 6,
  heads: 3,
  feedForwardSize: 20,
  encoderLayers: 2,
  decoderLayers: 2,
  relativeBuckets: 8,
  relativeMaximumDistance: 12,
};

export interface Toy {
  readonly t5: T5;
  /** In the kernels' memory; norms and biases are not what they begin as, so that a place where one is left out shows. */
  readonly theta: Float32Array;
}

export function createToy(kernels: Kernels, seed: number, changes: Partial<T5Config> = {}): Toy {
  const t5 = createT5({ ...TOY, ...changes });
  const theta = kernels.memory.floats(t5.size);
  initialise(t5, theta, new Random(seed));
  const random = new Random('scales');
  for (const { module, offset, shape } of t5.parameters)
    if (module.endsWith('scale')) for (let i = 0; i < shape[0]; i++) theta[offset + i] = 1 + random.normal() / 4;
  return { t5, theta };
}

/** The logits of every place of the decoder. */
export function logitsOf(kernels: Kernels, { t5, theta }: Toy, batch: PairBatch): Float32Array[] {
  const tape = new Tape(kernels, 'forward');
  return tape.step(() => {
    const { data } = t5.logits(tape, theta, undefined, batch);
    const { vocabularySize } = t5.config;
    return Array.from(batch.targets, (_, i) => data.slice(i * vocabularySize, (i + 1) * vocabularySize));
  });
}

const tokens = (longest: number): fc.Arbitrary<Int32Array> =>
  fc
    .array(fc.integer({ min: 1, max: VOCABULARY - 1 }), { minLength: 1, maxLength: longest })
    .map((list) => Int32Array.from(list));

/** Pairs of sequences of 1 to `longest` tokens. */
export function pairsOf(longest: number, maxLength: number): fc.Arbitrary<Pair[]> {
  return fc.array(fc.record({ source: tokens(longest), target: tokens(longest) }), { minLength: 1, maxLength });
}
