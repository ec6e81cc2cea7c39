/**
 * The corpus of pre-training: documents as packed rows, their tokenizer, and what perplexity is measured on.
 *
 * @module
 */
import { join } from 'node:path';
import { permute } from '../data/order.ts';
import { pretrainingDocuments } from '../data/pretraining.ts';
import { readSupersense } from '../data/supersense.ts';
import { wrong } from '../errors.ts';
import { readText, writeAtomically } from '../files/atomic.ts';
import type { Decoder } from '../nn/decoder.ts';
import { T5 } from '../nn/t5/encoderDecoder.ts';
import { encodeDocument } from '../text/document.ts';
import { denoisingSpecials, SPECIALS, type Tokenizer } from '../text/tokenizer.ts';
import { readTokenizer } from '../text/tokenizerJson.ts';
import { trainTokenizer } from '../text/train.ts';
import { createDenoising } from './denoising.ts';
import { createModelling } from './modelling.ts';
import type { Objective } from './objective.ts';
import type { PretrainConfig } from './pretrainConfig.ts';

/** Held-out definitions that the perplexity is measured on. */
const HELD_OUT = 512;
/** Sentinels of a T5's tokenizer: enough for rows of 600 tokens. */
const SENTINELS = 32;

/** The text as it was read. */
export interface CorpusText {
  /** Each document is a list of parts. */
  readonly documents: readonly (readonly string[])[];
  /** Texts that no document holds. */
  readonly heldOut: readonly string[];
}

/** The text that seeds are trained on, and definitions of the task's development split. */
export function readCorpusText(): CorpusText {
  const documents = [...pretrainingDocuments()].map(({ parts }) => parts);
  const heldOut = readSupersense().development.slice(0, HELD_OUT);
  return { documents, heldOut: heldOut.map(({ text }) => text) };
}

/** The text, ready to be trained on. */
export interface Corpus extends Objective {
  readonly tokenizer: Tokenizer;
}

/**
 * Tokenizes a text and lays it out as the network is to see it. The tokenizer is trained on it and written into
 * `folder`, or read from there where it is `known`.
 *
 * @param say - is told of each stage that takes a while.
 */
export function prepareCorpus(
  { documents, heldOut }: CorpusText,
  config: PretrainConfig,
  network: Decoder | T5,
  folder: string,
  known: boolean,
  say: (words: string) => void,
): Corpus {
  const tokenizer = prepareTokenizer(config, join(folder, 'tokenizer.json'), known, documents, say);
  say(`encoding ${documents.length} documents`);
  // In an order of their own, so that neighbours in a row have nothing to do with each other.
  const encoded = documents.map((_, i) =>
    encodeDocument(tokenizer, documents[permute(i, documents.length, config.seed)]),
  );
  const unseen = heldOut.map((text) => encodeDocument(tokenizer, [text]));
  const objective =
    network instanceof T5
      ? createDenoising(network, tokenizer, encoded, unseen, config)
      : createModelling(network, encoded, unseen, config);
  return { tokenizer, ...objective };
}

function prepareTokenizer(
  config: PretrainConfig,
  path: string,
  known: boolean,
  documents: readonly (readonly string[])[],
  say: (words: string) => void,
): Tokenizer {
  if (known) return readTokenizer(readText(path), path);
  say(`training a tokenizer of ${config.vocabularySize} tokens`);
  // Each part as encodeDocument sees it: behind a space.
  const texts = documents.flat().map((part) => ` ${part}`);
  const specials = config.architecture === 't5' ? denoisingSpecials(SENTINELS) : SPECIALS;
  const tokenizer = trainTokenizer(texts, config.vocabularySize, specials);
  if (tokenizer.vocabularySize !== config.vocabularySize) {
    throw wrong(
      'pretrain: vocabularySize',
      `at most the ${tokenizer.vocabularySize} that the text gives`,
      config.vocabularySize,
    );
  }
  writeAtomically(path, tokenizer.json());
  return tokenizer;
}
