/**
 * The decoder that training steps are measured on, and its batch.
 *
 * @module
 */
import type { Kernels } from '../../src/kernel/kernels.ts';
import { batchOf } from '../../src/nn/batch.ts';
import type { DecoderConfig } from '../../src/nn/config.ts';
import { createDecoder } from '../../src/nn/decoder.ts';
import { Random } from '../../src/tensor/random.ts';
import { attend, linear } from '../matmul/products.ts';
import { needed, type StepNeeds } from '../limits/stepNeeds.ts';
import { createTraineeOf, type Trainee } from './trainee.ts';

/**
 * 1,047,680 parameters. The gated layer has three matrices where a plain one has two, so its width is two thirds of
 * 512, rounded to a multiple of 8: as many parameters and operations as d 128, 4 layers, ff 512, vocabulary 2,000 tied.
 */
export const YARDSTICK: DecoderConfig = {
  vocabularySize: 2000,
  modelSize: 128,
  layers: 4,
  heads: 4,
  feedForwardSize: 344,
  context: 64,
  activation: 'gelu',
  tiedEmbedding: true,
  ropeBase: 10_000,
  normEpsilon: 1e-6,
};

export const ROWS = 16;
export const LENGTH = 64;

/** A decoder ready to be trained on the same tokens in every run. */
export function createTrainee(
  kernels: Kernels,
  config: DecoderConfig = YARDSTICK,
  rows: number = ROWS,
  length: number = LENGTH,
): Trainee {
  const decoder = createDecoder(config);
  const random = new Random(2);
  const draw = (): Int32Array => Int32Array.from({ length: length + 1 }, () => random.integer(config.vocabularySize));
  const batch = batchOf(Array.from({ length: rows }, () => ({ tokens: draw() })));
  const parts = [
    { name: 'tokens', rows, length, values: batch.tokens },
    { name: 'targets', rows, length, values: batch.targets },
  ];
  return createTraineeOf(kernels, decoder, parts, (tape, theta, gradient) =>
    decoder.loss(tape, theta, gradient, batch),
  );
}

/**
 * Floating-point operations of the matrix products of one step: two for each multiplication, the backward pass twice
 * the forward one.
 */
export function computeStepFlops(config: DecoderConfig, rows: number, length: number): number {
  const { vocabularySize, modelSize, layers, feedForwardSize } = config;
  const places = rows * length;
  const weights = layers * (4 * modelSize ** 2 + 3 * modelSize * feedForwardSize) + vocabularySize * modelSize;
  const attention = layers * 2 * rows * length ** 2 * modelSize;
  return 3 * 2 * (places * weights + attention);
}

/** What such a step cannot do without. A query sees itself and what stands before it. */
export function computeStepNeeds(config: DecoderConfig, rows: number, length: number): StepNeeds {
  const { vocabularySize, modelSize, layers, heads, feedForwardSize } = config;
  const places = rows * length;
  const seen = (length + 1) / 2;
  return {
    products: [
      ...needed(4 * layers, linear(places, modelSize, modelSize)),
      ...needed(2 * layers, linear(places, modelSize, feedForwardSize)),
      ...needed(layers, linear(places, feedForwardSize, modelSize)),
      ...needed(1, linear(places, modelSize, vocabularySize)),
      ...needed((2 * layers * seen) / length, attend(rows * heads, length, length, modelSize / heads)),
    ],
    exponentials: places * (vocabularySize + layers * (feedForwardSize + heads * seen)),
    parameters: createDecoder(config).size,
  };
}

/** Numbers in [−½, ½), the same in every run; peers have the same ones. */
export function fill(length: number): Float32Array {
  let state = 1;
  return new Float32Array(length).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  });
}
