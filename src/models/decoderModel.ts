/**
 * A decoder as a text model: a text, `<sep>`, its answer and `<eos>` are one sequence (decision 0043).
 *
 * @module
 */
import { batchPacked, checkLengths, longest } from '../data/rows.ts';
import { nameOfRow } from '../data/task.ts';
import { wrong } from '../errors.ts';
import type { KeptFiles } from '../files/kept.ts';
import { writeModelFolder, writeTunedModelFolder } from '../files/modelFolder.ts';
import { countTargets, type Batch } from '../nn/batch.ts';
import type { Decoder } from '../nn/decoder.ts';
import { generate } from '../nn/generate.ts';
import { decodeAnswer, encodeExample, encodePart, encodePrompt } from '../text/document.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { inParts } from './inParts.ts';
import type { MicroBatch, TextModel } from './textModel.ts';

/** Places a packed row has at least, so that short examples share one. */
const LEAST_LENGTH = 64;
/** Prompts decoded at once: enough that the matrix products are not thin. */
const ROWS = 64;

/** A decoder's batch with its loss. */
export function decoderBatch(decoder: Decoder, batch: Batch): MicroBatch {
  return {
    targets: countTargets(batch),
    tokens: batch.rows * batch.length,
    loss: (tape, theta, gradient, options) => decoder.loss(tape, theta, gradient, batch, options),
  };
}

/** @param kept - the files that it was read from, if it was read. */
export function createDecoderModel(decoder: Decoder, tokenizer: Tokenizer, kept?: KeptFiles): TextModel {
  const { context } = decoder.config;
  return {
    config: decoder.config,
    parameters: decoder.parameters,
    size: decoder.size,
    tokenizer,

    dataset(examples, policy, where) {
      const encoded = examples.map(({ text, label }) => encodeExample(tokenizer, text, label));
      const sequences = checkLengths(encoded, context, policy, (i) => nameOfRow(examples, i, where));
      return {
        count: sequences.length,
        leftOut: encoded.length - sequences.length,
        batches: (indices, atOnce) =>
          inParts(indices, atOnce).map((part) => {
            const members = part.map((i) => sequences[i]);
            const length = Math.min(context, Math.max(longest(members), LEAST_LENGTH));
            return decoderBatch(decoder, batchPacked(members, length, context));
          }),
      };
    },

    requireReadable(examples, where) {
      const encoded = examples.map(({ text, label }) => encodeExample(tokenizer, text, label));
      checkLengths(encoded, context, 'refuse', (i) => nameOfRow(examples, i, where));
    },

    tokensOf: (answer) => 1 + encodePart(tokenizer, answer).length,

    spell: (answer) => decodeAnswer(tokenizer, encodePart(tokenizer, answer)),

    answer(texts, { kernels, theta, maximumTokens, beams = 1, raw = false, nameOf = (i) => `texts[${i}]`, watch }) {
      if (beams !== 1) throw wrong('--beams', '1 with a decoder, which answers greedily', beams);
      const prompts = texts.map((text) => (raw ? encodePart(tokenizer, text) : encodePrompt(tokenizer, text)));
      prompts.forEach((prompt, i) => {
        if (prompt.length >= context)
          throw wrong(nameOf(i), `at most ${context - 1} tokens`, `${prompt.length} tokens`);
      });
      const generated = generate(decoder, theta, prompts, {
        kernels,
        maximumTokens,
        end: tokenizer.end,
        rows: ROWS,
        watch,
      });
      return generated.map((tokens) => decodeAnswer(tokenizer, tokens));
    },

    write: (folder, theta, { dtype = 'F32', metadata = {}, fileSystem } = {}) => {
      const model = { config: decoder.config, theta, tokenizer, parameters: decoder.parameters, dtype, metadata };
      writeModelFolder(folder, model, fileSystem);
    },

    writeTuned(folder, theta, fileSystem) {
      if (kept === undefined) this.write(folder, theta, fileSystem === undefined ? {} : { fileSystem });
      else writeTunedModelFolder(folder, { parameters: decoder.parameters, kept }, theta, fileSystem);
    },
  };
}
