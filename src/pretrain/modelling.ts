/**
 * The objective of a decoder's pre-training: the next token, on packed rows.
 *
 * @module
 */
import { indicesOfStep } from '../data/order.ts';
import { batchPacked, packDocuments } from '../data/rows.ts';
import type { Decoder } from '../nn/decoder.ts';
import { decoderBatch } from '../models/decoderModel.ts';
import { inParts } from '../models/inParts.ts';
import type { Objective } from './objective.ts';
import type { PretrainConfig } from './pretrainConfig.ts';

/** How many held-out documents are a batch. */
const HELD_OUT_AT_ONCE = 64;

/** Documents as rows of `config.length` places; held-out documents that are longer than the context are left out. */
export function createModelling(
  decoder: Decoder,
  documents: readonly Int32Array[],
  heldOut: readonly Int32Array[],
  { length, context, rows, randomSeed }: PretrainConfig,
): Objective {
  const packed = packDocuments(documents, length);
  const sequences = heldOut.filter((tokens) => tokens.length <= context).map((tokens) => ({ tokens, lossFrom: 1 }));
  return {
    batches: (step) => [decoderBatch(decoder, packed.batch(indicesOfStep(step, rows, packed.rowCount, randomSeed)))],
    heldOut: inParts(sequences, HELD_OUT_AT_ONCE).map((part) => decoderBatch(decoder, batchPacked(part, context))),
  };
}
