/**
 * What the right calls are made of: a seed and its tuned vector, two small models, a tokenizer, a task.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import * as library from '../../../src/index.ts';
import { createToy, TINY } from '../../src/nn/toy.ts';
import { record } from '../wrongKinds.ts';

export const vector = (...values: number[]): Float32Array => Float32Array.from(values);
export const ints = (...values: number[]): Int32Array => Int32Array.from(values);
export const kernels = library.createKernels('scalar');
export const random = new library.Random(1);
export const seed = vector(1, 2, 3, 4);
export const tuned = vector(1, 5, 3, 4);
export const parameters = [{ name: 'w', module: 'w', layer: null, shape: [4], offset: 0 }];
export const tensor = record({ ...parameters[0], layer: 0 }, ['shape'], ['layer']);
export const tokenizer = library.trainTokenizer(['a b a b'], 260);
export const { decoder, theta } = createToy(kernels, 1, { ...TINY, vocabularySize: tokenizer.vocabularySize });
export const t5 = library.createT5({
  ...library.T5_DEFAULTS,
  vocabularySize: tokenizer.vocabularySize,
  modelSize: 8,
  headSize: 4,
  heads: 2,
  feedForwardSize: 12,
  encoderLayers: 1,
  decoderLayers: 1,
});
export const t5Theta = kernels.memory.floats(t5.size);
library.initialise(t5, t5Theta, random);
export const example: library.Example = { text: 'a', label: 'b' };
export const task: library.TaskData = {
  name: 'x',
  metric: 'accuracy',
  tooLong: 'refuse',
  labels: ['b'],
  train: [example],
  development: [],
  test: [],
};
export const nano = fileURLToPath(new URL('../../../seeds/nano', import.meta.url));
export const stored = {
  config: decoder.config,
  theta: new Float32Array(theta),
  tokenizer,
  parameters: decoder.parameters,
};
