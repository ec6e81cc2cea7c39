/**
 * The T5 that training steps and decoding are measured on, and its batch.
 *
 * @module
 */
import type { Kernels } from '../../src/kernel/kernels.ts';
import { T5_DEFAULTS, type T5Config } from '../../src/nn/t5/config.ts';
import { createT5 } from '../../src/nn/t5/encoderDecoder.ts';
import { pairBatch } from '../../src/nn/t5/pairs.ts';
import { Random } from '../../src/tensor/random.ts';
import { attend, linear } from '../matmul/products.ts';
import { needed, type NeededProduct, type StepNeeds } from '../limits/stepNeeds.ts';
import { createTraineeOf, type Trainee } from './trainee.ts';

/** 1,410,816 parameters: T5 1.1 in its shape, as wide as the decoder of the other benchmarks. */
export const T5_YARDSTICK: T5Config = {
  ...T5_DEFAULTS,
  vocabularySize: 2048,
  modelSize: 128,
  headSize: 32,
  heads: 4,
  feedForwardSize: 320,
  encoderLayers: 2,
  decoderLayers: 2,
};

export const PAIRS = 32;
export const SOURCE_LENGTH = 32;
export const TARGET_LENGTH = 24;

/** Tokens after that of padding, with which a decoder begins. */
export function drawTokens(random: Random, length: number): Int32Array {
  return Int32Array.from({ length }, () => 1 + random.integer(T5_YARDSTICK.vocabularySize - 1));
}

/** A T5 ready to be trained on the same pairs in every run. */
export function createT5Trainee(kernels: Kernels): Trainee {
  const t5 = createT5(T5_YARDSTICK);
  const random = new Random(2);
  const pairs = Array.from({ length: PAIRS }, () => ({
    source: drawTokens(random, SOURCE_LENGTH),
    target: drawTokens(random, TARGET_LENGTH),
  }));
  const batch = pairBatch(pairs, T5_YARDSTICK.startToken);
  const { sources, inputs, targets } = batch;
  const parts = [
    { name: 'sources', rows: PAIRS, length: SOURCE_LENGTH, values: sources.tokens },
    { name: 'inputs', rows: PAIRS, length: TARGET_LENGTH, values: inputs.tokens },
    { name: 'targets', rows: PAIRS, length: TARGET_LENGTH, values: targets },
  ];
  return createTraineeOf(kernels, t5, parts, (tape, theta, gradient) => t5.loss(tape, theta, gradient, batch));
}

/**
 * Floating-point operations of the matrix products of one step, as for the decoder. Cross-attention asks from the places
 * of the targets, and its keys and values are those of the sources'.
 */
export function computeT5StepFlops(): number {
  const { modelSize, headSize, heads, feedForwardSize, vocabularySize, encoderLayers, decoderLayers } = T5_YARDSTICK;
  const [sources, targets] = [PAIRS * SOURCE_LENGTH, PAIRS * TARGET_LENGTH];
  const width = headSize * heads;
  const projection = modelSize * width;
  const fed = 3 * modelSize * feedForwardSize;
  const encoder = sources * (4 * projection + fed + 2 * SOURCE_LENGTH * width);
  const self = targets * (4 * projection + fed + 2 * TARGET_LENGTH * width);
  const across = (2 * targets + 2 * sources) * projection + targets * 2 * SOURCE_LENGTH * width;
  const unembedding = targets * vocabularySize * modelSize;
  return 3 * 2 * (encoderLayers * encoder + decoderLayers * (self + across) + unembedding);
}

/** What such a step cannot do without. A target sees itself and those before it, everybody else sees all sources. */
export function computeT5StepNeeds(): StepNeeds {
  const { modelSize, headSize, heads, feedForwardSize, vocabularySize, encoderLayers, decoderLayers } = T5_YARDSTICK;
  const [sources, targets] = [PAIRS * SOURCE_LENGTH, PAIRS * TARGET_LENGTH];
  const width = headSize * heads;
  const seen = (TARGET_LENGTH + 1) / 2;
  /** Query, key and value at some places each, the output where the queries are. */
  const project = (layers: number, queries: number, keys: number): readonly NeededProduct[] => [
    ...needed(layers, linear(queries, modelSize, width)),
    ...needed(2 * layers, linear(keys, modelSize, width)),
    ...needed(layers, linear(queries, width, modelSize)),
  ];
  const feed = (layers: number, places: number): readonly NeededProduct[] => [
    ...needed(2 * layers, linear(places, modelSize, feedForwardSize)),
    ...needed(layers, linear(places, feedForwardSize, modelSize)),
  ];
  const look = (times: number, queries: number, keys: number): readonly NeededProduct[] =>
    needed(2 * times, attend(PAIRS * heads, queries, keys, headSize));
  return {
    products: [
      ...project(encoderLayers, sources, sources),
      ...look(encoderLayers, SOURCE_LENGTH, SOURCE_LENGTH),
      ...feed(encoderLayers, sources),
      ...project(decoderLayers, targets, targets),
      ...look((decoderLayers * seen) / TARGET_LENGTH, TARGET_LENGTH, TARGET_LENGTH),
      ...project(decoderLayers, targets, sources),
      ...look(decoderLayers, TARGET_LENGTH, SOURCE_LENGTH),
      ...feed(decoderLayers, targets),
      ...needed(1, linear(targets, modelSize, vocabularySize)),
    ],
    exponentials:
      sources * encoderLayers * (feedForwardSize + heads * SOURCE_LENGTH) +
      targets * (vocabularySize + decoderLayers * (feedForwardSize + heads * (seen + SOURCE_LENGTH))),
    parameters: createT5(T5_YARDSTICK).size,
  };
}
