/**
 * A model that is trained on one batch, over and over, and the file through which peers get the same weights and batch.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { Tape } from '../../src/autograd/tape.ts';
import type { Variable } from '../../src/autograd/variable.ts';
import { writeSafetensors, type StoredTensor } from '../../src/files/safetensors.ts';
import type { Kernels } from '../../src/kernel/kernels.ts';
import type { Decoder } from '../../src/nn/decoder.ts';
import { initialise } from '../../src/nn/initialise.ts';
import type { T5 } from '../../src/nn/t5/encoderDecoder.ts';
import { adafactor } from '../../src/optim/adafactor.ts';
import { Random } from '../../src/tensor/random.ts';
import { elementCount } from '../../src/tensor/shape.ts';
import { TRAIN_DEFAULTS } from '../../src/train/config.ts';

export interface Trainee {
  readonly kernels: Kernels;
  readonly model: Decoder | T5;
  readonly theta: Float32Array;
  readonly gradient: Float32Array;
  /** What peers need of the batch. */
  readonly batch: readonly BatchPart[];
  /** Forward and backward: fills `gradient`. @returns the loss. */
  readonly computeGradient: () => number;
}

/** Indices of a batch, [rows, length]. */
export interface BatchPart {
  readonly name: string;
  readonly rows: number;
  readonly length: number;
  readonly values: Int32Array;
}

/** The same weights in every run: they are drawn from a fixed random seed. */
export function createTraineeOf(
  kernels: Kernels,
  model: Decoder | T5,
  batch: readonly BatchPart[],
  computeLoss: (tape: Tape, theta: Float32Array, gradient: Float32Array) => Variable,
): Trainee {
  const theta = kernels.memory.floats(model.size);
  initialise(model, theta, new Random(1));
  const gradient = kernels.memory.floats(model.size).fill(0);
  const tape = new Tape(kernels, 'record');
  const computeGradient = (): number => {
    kernels.zero(gradient);
    return tape.step(() => {
      const loss = computeLoss(tape, theta, gradient);
      tape.backward(loss);
      return loss.data[0];
    });
  };
  return { kernels, model, theta, gradient, batch, computeGradient };
}

/** Full fine-tuning: AdaFactor, θ + u. */
export function createUpdate({ kernels, model, theta, gradient }: Trainee, learningRate: number): () => void {
  const optimizer = adafactor({ minDimSizeToFactor: TRAIN_DEFAULTS.minDimSizeToFactor });
  const state = optimizer.init(kernels, model.parameters);
  const update = kernels.memory.floats(model.size);
  return () => {
    optimizer.update(update, state, gradient, theta, learningRate);
    kernels.add(theta, theta, update);
  };
}

/** Writes weights, batch and config, for peers to read. */
export function writeModel(path: string, { model, theta, batch }: Trainee): void {
  const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const weights = model.parameters.map(({ name, shape, offset }): StoredTensor => {
    return { name, dtype: 'F32', shape, bytes: bytesOf(theta.subarray(offset, offset + elementCount(shape))) };
  });
  const indices = batch.map(({ name, rows, length, values }): StoredTensor => {
    return { name: `batch/${name}`, dtype: 'I32', shape: [rows, length], bytes: bytesOf(values) };
  });
  writeFileSync(path, writeSafetensors([...weights, ...indices], { config: JSON.stringify(model.config) }));
}
