/**
 * What the specs of this folder share: decoders small enough to run many times, and random documents for them.
 *
 * @module
 */
import fc from 'fast-check';
import { Tape } from '../../../src/autograd/tape.ts';
import type { Kernels } from '../../../src/kernel/kernels.ts';
import type { Batch, Document } from '../../../src/nn/batch.ts';
import type { DecoderConfig } from '../../../src/nn/config.ts';
import { createDecoder, type Decoder } from '../../../src/nn/decoder.ts';
import { initialise } from '../../../src/nn/initialise.ts';
import { Random } from '../../../src/tensor/random.ts';
import { runs } from '../../run/runs.ts';

export const VOCABULARY = 30;

/** An input of a law on whole models costs as much as this many of a law on vectors. */
const MODEL_WEIGHT = 20;

/** How many inputs a law on whole models is tried on. */
export function modelRuns(usual: number): number {
  return Math.max(usual, Math.round(runs(usual) / MODEL_WEIGHT));
}

const TOY: DecoderConfig = {
  vocabularySize: VOCABULARY,
  modelSize: 24,
  layers: 2,
  heads: 3,
  feedForwardSize: 40,
  context: 48,
  activation: 'gelu',
  tiedEmbedding: true,
  ropeBase: 10_000,
  normEpsilon: 1e-6,
};

/** One small layer, for what asks for a whole decoder and looks at no number of its. */
export const TINY: Partial<DecoderConfig> = { modelSize: 8, layers: 1, heads: 2, feedForwardSize: 12, context: 16 };

/** A decoder, and parameters for it in the kernels' memory. */
export interface Toy {
  readonly decoder: Decoder;
  readonly theta: Float32Array;
}

export function createToy(kernels: Kernels, seed: number, changes: Partial<DecoderConfig> = {}): Toy {
  const decoder = createDecoder({ ...TOY, ...changes });
  const theta = kernels.memory.floats(decoder.size);
  initialise(decoder, theta, new Random(seed));
  return { decoder, theta };
}

/** The logits of each place of a batch. */
export function logitsOf(kernels: Kernels, { decoder, theta }: Toy, batch: Batch): Float32Array[] {
  const tape = new Tape(kernels, 'forward');
  return tape.step(() => {
    const { data } = decoder.logits(tape, theta, undefined, batch);
    return Array.from({ length: batch.rows * batch.length }, (_, i) =>
      data.slice(i * VOCABULARY, (i + 1) * VOCABULARY),
    );
  });
}

/** The loss of a batch and its gradient by θ. */
export function lossAndGradient(
  kernels: Kernels,
  { decoder, theta }: Toy,
  batches: readonly Batch[],
  factor?: number,
): { loss: number; gradient: Float32Array } {
  const mark = kernels.memory.mark();
  const gradient = kernels.memory.floats(decoder.size).fill(0);
  const tape = new Tape(kernels, 'record');
  const losses = batches.map((batch) =>
    tape.step(() => {
      const loss = decoder.loss(tape, theta, gradient, batch, factor === undefined ? {} : { factor });
      tape.backward(loss);
      return loss.data[0];
    }),
  );
  const result = { loss: losses.reduce((sum, loss) => sum + loss, 0), gradient: gradient.slice() };
  kernels.memory.release(mark);
  return result;
}

const token = fc.integer({ min: 0, max: VOCABULARY - 1 });

/** Documents of 2 to `longest` tokens. */
export function documentsOf(longest: number, maxLength: number): fc.Arbitrary<Document[]> {
  const tokens = fc.array(token, { minLength: 2, maxLength: longest }).map((list) => Int32Array.from(list));
  return fc.array(
    tokens.map((list) => ({ tokens: list })),
    { minLength: 1, maxLength },
  );
}
