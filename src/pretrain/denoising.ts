/**
 * The objective of a T5's pre-training: replaced spans of rows of running text (Raffel et al. 2020, Section 3.1.4).
 *
 * @module
 */
import { indicesOfStep } from '../data/order.ts';
import { CORRUPTION_DEFAULTS, corruptSpans } from '../data/spanCorruption.ts';
import { wrong } from '../errors.ts';
import type { T5 } from '../nn/t5/encoderDecoder.ts';
import type { Pair } from '../nn/t5/pairs.ts';
import { Random } from '../tensor/random.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { inParts } from '../models/inParts.ts';
import type { Objective } from './objective.ts';
import type { PretrainConfig } from './pretrainConfig.ts';
import { t5Batch } from '../models/t5Model.ts';

/** How many held-out rows are a batch. */
const HELD_OUT_AT_ONCE = 64;

/**
 * Documents one behind the other, cut into rows of `config.length` tokens; in each step other spans of a row are
 * replaced, those of the held-out rows never change.
 *
 * @throws InvalidInput if the documents do not fill one row.
 */
export function createDenoising(
  t5: T5,
  tokenizer: Tokenizer,
  documents: readonly Int32Array[],
  heldOut: readonly Int32Array[],
  { length, rows, randomSeed }: PretrainConfig,
): Objective {
  const text = cutRows(documents, length);
  if (text.length === 0) throw wrong('pretrain: length', 'fewer tokens than the text has', length);
  const options = { ...CORRUPTION_DEFAULTS, sentinels: tokenizer.sentinels, end: tokenizer.end };
  const random = new Random(randomSeed);
  const corrupt = (row: Int32Array, stream: string): Pair => corruptSpans(row, random.split(stream), options);
  const pairsOfStep = (step: number): Pair[] =>
    Array.from(indicesOfStep(step, rows, text.length, randomSeed), (row, i) =>
      corrupt(text[row], `corrupt/${step}/${i}`),
    );
  const unseen = cutRows(heldOut, length).map((row, i) => corrupt(row, `held-out/${i}`));
  return {
    batches: (step) => [t5Batch(t5, pairsOfStep(step))],
    heldOut: inParts(unseen, HELD_OUT_AT_ONCE).map((part) => t5Batch(t5, part)),
  };
}

/** Running text in rows of one length; what does not fill a last row is left out. */
export function cutRows(documents: readonly Int32Array[], length: number): Int32Array[] {
  const all = new Int32Array(documents.reduce((sum, tokens) => sum + tokens.length, 0));
  let at = 0;
  for (const tokens of documents) {
    all.set(tokens, at);
    at += tokens.length;
  }
  return Array.from({ length: Math.floor(all.length / length) }, (_, row) =>
    all.subarray(row * length, (row + 1) * length),
  );
}
