/**
 * The decoder that training steps are measured on, its batch, and the file through which peers get the same weights.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { Tape } from '../src/autograd/tape.ts';
import { writeSafetensors, type StoredTensor } from '../src/files/safetensors.ts';
import type { Kernels } from '../src/kernel/kernels.ts';
import { batchOf, type Batch } from '../src/nn/batch.ts';
import type { DecoderConfig } from '../src/nn/config.ts';
import { createDecoder, type Decoder } from '../src/nn/decoder.ts';
import { initialise } from '../src/nn/initialise.ts';
import { Random } from '../src/tensor/random.ts';

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

/** A decoder ready to be trained on one batch, over and over. */
export interface Trainee {
  readonly kernels: Kernels;
  readonly decoder: Decoder;
  readonly theta: Float32Array;
  readonly gradient: Float32Array;
  readonly batch: Batch;
  /** Forward and backward: fills `gradient`. @returns the loss. */
  readonly computeGradient: () => number;
}

/** The same weights and tokens in every run: both are drawn from fixed seeds. */
export function createTrainee(
  kernels: Kernels,
  config: DecoderConfig = YARDSTICK,
  rows: number = ROWS,
  length: number = LENGTH,
): Trainee {
  const decoder = createDecoder(config);
  const theta = kernels.memory.floats(decoder.size);
  initialise(decoder, theta, new Random(1));
  const gradient = kernels.memory.floats(decoder.size).fill(0);
  const random = new Random(2);
  const draw = (): Int32Array => Int32Array.from({ length: length + 1 }, () => random.integer(config.vocabularySize));
  const batch = batchOf(Array.from({ length: rows }, () => ({ tokens: draw() })));
  const tape = new Tape(kernels, 'record');
  const computeGradient = (): number => {
    gradient.fill(0);
    return tape.step(() => {
      const loss = decoder.loss(tape, theta, gradient, batch);
      tape.backward(loss);
      return loss.data[0];
    });
  };
  return { kernels, decoder, theta, gradient, batch, computeGradient };
}

/** Writes weights, batch and config, for peers to read. */
export function writeModel(path: string, { decoder, theta, batch }: Trainee): void {
  const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const tensors = decoder.parameters.map(({ name, shape, offset }): StoredTensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    return { name, dtype: 'F32', shape, bytes: bytesOf(theta.subarray(offset, offset + size)) };
  });
  const indices = (name: string, values: Int32Array): StoredTensor => ({
    name: `batch/${name}`,
    dtype: 'I32',
    shape: [batch.rows, batch.length],
    bytes: bytesOf(values),
  });
  const whole = [...tensors, indices('tokens', batch.tokens), indices('targets', batch.targets)];
  writeFileSync(path, writeSafetensors(whole, { config: JSON.stringify(decoder.config) }));
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

/** Numbers in [−½, ½), the same in every run; peers have the same ones. */
export function fill(length: number): Float32Array {
  let state = 1;
  return new Float32Array(length).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  });
}
