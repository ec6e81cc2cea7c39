/**
 * A T5 as a text model: the encoder reads a text and its end, the decoder answers until the end.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { writeT5Folder, writeTunedT5Folder, type KeptT5 } from '../files/t5Folder.ts';
import { countTargets } from '../nn/batch.ts';
import { LENGTH_PENALTY } from '../nn/beam.ts';
import type { T5 } from '../nn/t5/encoderDecoder.ts';
import { decode } from '../nn/t5/generate.ts';
import { pairBatch, type Pair } from '../nn/t5/pairs.ts';
import { nameOfRow, type Example } from '../data/task.ts';
import { decodeAnswer, endText } from '../text/document.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { trimSpaces } from '../text/whiteSpace.ts';
import { inParts } from './inParts.ts';
import type { MicroBatch, TextModel } from './textModel.ts';

/** Lengths of batches are multiples of this: few sizes, so that memory and its views are used again. */
const LENGTH_STEP = 8;
/** Sources decoded at once, times their beams. */
const ROWS = 64;

/** Pairs with their loss, padded to the longest. */
export function t5Batch(t5: T5, pairs: readonly Pair[]): MicroBatch {
  const lengths = { source: roundUp(longestOf(pairs, 'source')), target: roundUp(longestOf(pairs, 'target')) };
  const batch = pairBatch(pairs, t5.config.startToken, lengths);
  return {
    targets: countTargets(batch),
    tokens: batch.sources.tokens.length + batch.inputs.tokens.length,
    loss: (tape, theta, gradient, options) => t5.loss(tape, theta, gradient, batch, options),
  };
}

/** @param kept - the files that it was read from, if it was read. */
export function createT5Model(t5: T5, tokenizer: Tokenizer, kept?: KeptT5): TextModel {
  const { context } = t5.config;
  const encode = (text: string): Int32Array => endText(tokenizer, text);
  const pairOf = ({ text, label }: Example): Pair => ({ source: encode(text), target: encode(label) });
  return {
    config: t5.config,
    parameters: t5.parameters,
    size: t5.size,
    tokenizer,

    dataset(examples, policy, where) {
      const encoded = examples.map(pairOf);
      const tooLong = encoded.findIndex((pair) => lengthOf(pair) > context);
      if (tooLong >= 0 && policy === 'refuse')
        throw wrong(
          nameOfRow(examples, tooLong, where),
          `at most ${context} tokens a side`,
          lengthOf(encoded[tooLong]),
        );
      const pairs = encoded.filter((pair) => lengthOf(pair) <= context);
      return {
        count: pairs.length,
        leftOut: encoded.length - pairs.length,
        batches(indices, atOnce) {
          // Of like length together: a micro-batch is as long as its longest.
          const chosen = indices.map((i) => pairs[i]).sort((a, b) => lengthOf(a) - lengthOf(b));
          return inParts(chosen, atOnce).map((part) => t5Batch(t5, part));
        },
      };
    },

    // Relative positions have no end: a longer text is read as it is.
    requireReadable: () => undefined,

    tokensOf: (answer) => encode(answer).length,

    spell: (answer) => decodeAnswer(tokenizer, encode(answer)),

    answer(texts, { kernels, theta, maximumTokens, beams = 1, lengthPenalty = LENGTH_PENALTY, raw = false, watch }) {
      if (raw) throw wrong('--raw', 'a decoder; a T5 answers and does not continue', 'a T5');
      const together = Math.max(1, Math.floor(ROWS / beams));
      const options = { kernels, beams, lengthPenalty, maximumTokens, end: tokenizer.end, together, watch };
      return decode(t5, theta, texts.map(encode), options).map(([best]) =>
        // T5's vocabulary is rounded up: its last tokens stand for nothing.
        trimSpaces(tokenizer.decode(best.tokens.filter((token) => token < tokenizer.vocabularySize))),
      );
    },

    write: (folder, theta, { dtype = 'F32', metadata = {}, fileSystem } = {}) => {
      writeT5Folder(
        folder,
        { config: t5.config, theta, parameters: t5.parameters, tokenizer, metadata, dtype },
        fileSystem,
      );
    },

    writeTuned(folder, theta, fileSystem) {
      if (kept === undefined) this.write(folder, theta, fileSystem === undefined ? {} : { fileSystem });
      else writeTunedT5Folder(folder, { parameters: t5.parameters, kept }, theta, fileSystem);
    },
  };
}

function lengthOf({ source, target }: Pair): number {
  return Math.max(source.length, target.length);
}

function longestOf(pairs: readonly Pair[], side: keyof Pair): number {
  return pairs.reduce((most, pair) => Math.max(most, pair[side].length), 1);
}

function roundUp(length: number): number {
  return LENGTH_STEP * Math.ceil(length / LENGTH_STEP);
}
