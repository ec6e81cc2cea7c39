/**
 * The corpus of pre-training: documents as packed rows, their tokenizer, and what perplexity is measured on.
 *
 * @module
 */
import { join } from 'node:path';
import { permute } from '../data/order.ts';
import { wrong } from '../errors.ts';
import { readText, writeAtomically } from '../files/atomic.ts';
import type { Decoder } from '../nn/decoder.ts';
import { T5 } from '../nn/t5/encoderDecoder.ts';
import { encodeDocument } from '../text/document.ts';
import { denoisingSpecials, SPECIALS, type Tokenizer } from '../text/tokenizer.ts';
import { readTokenizer } from '../text/tokenizerJson.ts';
import { trainTokenizer } from '../text/train.ts';
import type { CorpusText } from './corpusText.ts';
import { identifyCorpus, type CorpusIdentity } from './corpusIdentity.ts';
import { createDenoising } from './denoising.ts';
import { createModelling } from './modelling.ts';
import type { Objective } from './objective.ts';
import type { Architecture, PretrainConfig } from './pretrainConfig.ts';

/** Sentinels of a T5's tokenizer: enough for rows of 600 tokens. */
const SENTINELS = 32;

/** The text, ready to be trained on. */
export interface Corpus extends Objective {
  readonly tokenizer: Tokenizer;
  readonly identity: CorpusIdentity;
}

/**
 * Tokenizes a text and lays it out as the network is to see it. The tokenizer is trained on it and written into
 * `folder`, or read from there if it is `known`.
 *
 * @param say - is told of each stage that takes a while.
 */
export function prepareCorpus(
  text: CorpusText,
  config: PretrainConfig,
  network: Decoder | T5,
  folder: string,
  known: boolean,
  say: (words: string) => void,
): Corpus {
  const { documents, heldOut } = text;
  const tokenizer = prepareTokenizer(config, join(folder, 'tokenizer.json'), known, documents, say);
  say(`encoding ${documents.length} documents`);
  // In an order of their own, so that neighbours in a row have nothing to do with each other.
  const encoded = documents.map((_, i) =>
    encodeDocument(tokenizer, documents[permute(i, documents.length, config.randomSeed)]),
  );
  const unseen = heldOut.map((sentence) => encodeDocument(tokenizer, [sentence]));
  const objective =
    network instanceof T5
      ? createDenoising(network, tokenizer, encoded, unseen, config)
      : createModelling(network, encoded, unseen, config);
  return { tokenizer, identity: identifyCorpus(text, tokenizer), ...objective };
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
  const specials = specialsOf(config.architecture);
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

function specialsOf(architecture: Architecture): readonly string[] {
  switch (architecture) {
    case 'decoder':
      return SPECIALS;
    case 't5':
      return denoisingSpecials(SENTINELS);
  }
}
