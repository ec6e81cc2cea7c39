/**
 * Right calls of the models and their batches.
 *
 * @module
 */
import { closed, list, opaque, options, record, right, type Calls } from '../wrongKinds.ts';
import { decoder, ints, kernels, random, t5, t5Theta, theta } from './things.ts';

const documents = (): unknown => list(record({ tokens: ints(1, 2, 3), lossFrom: 1 }));

export const models: Calls = {
  createDecoder: () => right(options({ ...decoder.config, activation: closed('gelu') })),
  Decoder: () => right(options({ ...decoder.config, activation: closed('gelu') })),
  initialise: () => right(decoder, theta, random),
  batchOf: () => right(documents(), 4),
  countTargets: () => right(record({ targets: ints(1) })),
  pack: () => right(documents(), 4, 1),
  packAll: () => right(documents(), options({ rows: 1, length: 4 })),
  generate: () => right(decoder, theta, list(ints(1)), options({ kernels, maximumTokens: 2, end: 1, rows: 1 })),
  beamSearch: () =>
    right(
      1,
      0,
      (parents: Int32Array) => new Float32Array(parents.length * 4),
      options({ beams: 1, end: 1, maximumTokens: 2, lengthPenalty: 0 }),
    ),
  relativeBucket: () => right(1, options({ buckets: 8, maximumDistance: 16, bidirectional: true })),
  createT5: () => right(options({ ...t5.config, activation: closed('gelu') })),
  T5: () => right(options({ ...t5.config, activation: closed('gelu') })),
  pairBatch: () => right(list(record({ source: ints(1), target: ints(1) })), 0, options({ source: 2, target: 2 })),
  rowsOf: () => right(list(ints(1)), 2),
  decode: () =>
    right(
      t5,
      t5Theta,
      list(ints(1)),
      options({ kernels, beams: 1, end: 1, maximumTokens: 2, lengthPenalty: 0, together: 1 }),
    ),
  DecoderCache: () => right(kernels.memory, 1, 1, 2, 4),
  LayerCache: () => right(kernels.memory, 1, 2, 4, record({ positions: ints(0), keys: 1 })),
  corruptSpans: () =>
    right(ints(3, 4, 5, 6), random, options({ density: 0.5, meanSpan: 1, sentinels: opaque([7, 8, 9, 10]), end: 1 })),
};
