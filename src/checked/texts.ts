/**
 * Tokenizers, tasks and measures, for callers from JavaScript.
 *
 * @module
 */
import * as library from '../index.ts';
import { checkKernels } from '../kernel/checks.ts';
import {
  anyText,
  callable,
  finite,
  float32,
  having,
  instance,
  integer,
  iterable,
  list,
  numbers,
  oneOf,
  optional,
  options,
  orNull,
  real,
  text,
  truth,
} from '../kinds.ts';
import { METRIC_SCALES } from '../metrics/measure.ts';
import { guard } from './guard.ts';
import { anExample, aTokenizer as tokenizer, texts } from './things.ts';

const where = anyText;
const optionalWhere = optional(anyText);

export const denoisingSpecials = guard('denoisingSpecials', library.denoisingSpecials, { sentinels: integer(0) });
export const createBpeTokenizer = guard('createBpeTokenizer', library.createBpeTokenizer, {
  model: having('a model { specials, vocabulary, merges }', {
    specials: texts,
    vocabulary: texts,
    merges: list(list(integer(0))),
  }),
  where: optionalWhere,
});
export const trainTokenizer = guard('trainTokenizer', library.trainTokenizer, {
  texts: iterable,
  vocabularySize: integer(1),
  specials: optional(texts),
});
export const readTokenizer = guard('readTokenizer', library.readTokenizer, { text: anyText, where });
export const createUnigram = guard('createUnigram', library.createUnigram, {
  model: having('a model { pieces, unknown }', {
    pieces: list(iterable),
    unknown: integer(0),
    specials: optional(instance(Set, 'a Set')),
  }),
  where: optionalWhere,
});
export const readPrecompiled = guard('readPrecompiled', library.readPrecompiled, { base64: anyText, where });
export const encodeDocument = guard('encodeDocument', library.encodeDocument, { tokenizer, parts: texts });
export const encodePrompt = guard('encodePrompt', library.encodePrompt, { tokenizer, text: anyText });
export const encodeExample = guard('encodeExample', library.encodeExample, {
  tokenizer,
  text: anyText,
  label: anyText,
});
export const decodeAnswer = guard('decodeAnswer', library.decodeAnswer, { tokenizer, generated: numbers });

export const referencesOf = guard('referencesOf', library.referencesOf, { example: anExample });
export const readFolder = guard('readFolder', library.readFolder, { directory: text });
export const readAligned = guard('readAligned', library.readAligned, {
  directory: text,
  source: text,
  target: text,
  test: optional(orNull(text)),
});
export const readTask = guard('readTask', library.readTask, {
  choice: options({ task: text, data: orNull(text), test: optional(orNull(text)) }),
});
export const isOpenTask = guard('isOpenTask', library.isOpenTask, { task: anyText });

const metric = oneOf(Object.keys(METRIC_SCALES));
const bleuTokenizer = oneOf(library.BLEU_TOKENIZERS);
const smoothing = optional(oneOf(library.BLEU_SMOOTHINGS));
const corpus = { hypotheses: texts, references: list(texts) };
export const evaluate = guard('evaluate', library.evaluate, {
  answerer: having('{ model, kernels, theta }', {
    model: having('a model, as openModel gives one', { answer: callable }),
    kernels: checkKernels,
    theta: float32,
  }),
  task: having('a task', { metric, labels: texts, train: list(anExample) }),
  examples: list(anExample),
  search: optional(
    options({ beams: optional(integer(1)), lengthPenalty: optional(real), maximumTokens: optional(integer(1)) }),
  ),
});
export const measureAnswers = guard('measureAnswers', library.measureAnswers, {
  metric,
  answers: texts,
  examples: list(anExample),
});
export const scoreRows = guard('scoreRows', library.scoreRows, {
  metric,
  answers: texts,
  examples: list(anExample),
});
export const measureRows = guard('measureRows', library.measureRows, {
  metric,
  rows: having('the scores of rows', { correct: list(truth) }),
});
const someRuns = list(having('the scores of rows', { correct: list(truth) }));
const resamples = optional(integer(1));
export const computeMean = guard('computeMean', library.computeMean, { metric, runs: someRuns, resamples });
export const computeDifference = guard('computeDifference', library.computeDifference, {
  metric,
  first: someRuns,
  second: someRuns,
  resamples,
});
export const computeMcNemar = guard('computeMcNemar', library.computeMcNemar, {
  onlyFirst: integer(0),
  onlySecond: integer(0),
});
export const readRowScores = guard('readRowScores', library.readRowScores, {
  record: having('what recordRows wrote', { correct: anyText }),
  where,
});
export const computeWilson = guard('computeWilson', library.computeWilson, { successes: real, trials: real });
export const computeBootstrap = guard('computeBootstrap', library.computeBootstrap, {
  sentences: list((sentence) => sentence),
  metric: callable,
  randomSeed: finite,
  resamples,
});
export const computeBleu = guard('computeBleu', library.computeBleu, {
  ...corpus,
  tokenizer: optional(bleuTokenizer),
  smoothing,
});
export const bleuStatistics = guard('bleuStatistics', library.bleuStatistics, {
  ...corpus,
  tokenizer: optional(bleuTokenizer),
});
export const addStatistics = guard('addStatistics', library.addStatistics, { sentences: iterable });
export const scoreBleu = guard('scoreBleu', library.scoreBleu, {
  statistics: having('statistics, as addStatistics gives them', {
    matches: numbers,
    totals: numbers,
    hypothesisLength: real,
    referenceLength: real,
  }),
  smoothing,
});
export const tokenizeForBleu = guard('tokenizeForBleu', library.tokenizeForBleu, {
  sentence: anyText,
  tokenizer: bleuTokenizer,
});
export const computeEditDistance = guard('computeEditDistance', library.computeEditDistance, {
  a: list((token) => token),
  b: list((token) => token),
});
export const computePhonemeErrorRate = guard('computePhonemeErrorRate', library.computePhonemeErrorRate, corpus);
export const phonemeErrors = guard('phonemeErrors', library.phonemeErrors, corpus);
export const scorePhonemeErrors = guard('scorePhonemeErrors', library.scorePhonemeErrors, { words: iterable });
