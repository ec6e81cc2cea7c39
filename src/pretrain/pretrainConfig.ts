/**
 * What a run of pre-training is: the model's sizes, and how it is trained.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { ACTIVATIONS } from '../kernel/kernels.ts';
import { fingerprintOf, identifying } from '../run/checkpoint.ts';
import { checkSchedule, OPTIMIZATION_FIELDS } from '../train/config.ts';
import { withFormerName, withRandomSeed } from '../train/randomSeed.ts';
import { parseJson } from '../text/json.ts';
import { readText } from '../files/atomic.ts';
import { integer, oneOf, readRecord, truth, type RecordOf } from '../kinds.ts';

export const ARCHITECTURES = ['decoder', 't5'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** How the numbers of a seed may be stored. */
export const MODEL_DTYPES = ['F32', 'BF16'] as const;

/** The checks of its fields, and of the options of the same names. */
export const PRETRAIN_FIELDS = {
  ...OPTIMIZATION_FIELDS,
  /** What is trained: a decoder on the next token, or a T5 on replaced spans. */
  architecture: oneOf(ARCHITECTURES),
  vocabularySize: integer(260),
  modelSize: integer(2),
  /** Of a T5, in each of its two stacks. */
  layers: integer(1),
  heads: integer(1),
  feedForwardSize: integer(1),
  context: integer(2),
  activation: oneOf(ACTIVATIONS),
  tiedEmbedding: truth,
  /** Rows a step. */
  rows: integer(1),
  /** Tokens a row. */
  length: integer(2),
  /** Steps between two measurements of the held-out perplexity. */
  evaluateEvery: integer(1),
  dtype: oneOf(MODEL_DTYPES),
};

/** A run of pre-training. */
export interface PretrainConfig extends RecordOf<typeof PRETRAIN_FIELDS> {}

export const PRETRAIN_DEFAULTS: PretrainConfig = {
  architecture: 'decoder',
  vocabularySize: 2000,
  modelSize: 128,
  layers: 4,
  heads: 4,
  feedForwardSize: 352,
  context: 256,
  activation: 'gelu',
  tiedEmbedding: true,
  optimizer: 'adafactor',
  momentum: 0.9,
  minDimSizeToFactor: 64,
  learningRate: 0.03,
  schedule: 'linear',
  warmUp: 100,
  steps: 3000,
  rows: 32,
  length: 64,
  clip: 1,
  dropout: 0,
  randomSeed: 1,
  kernels: 'simd',
  evaluateEvery: 250,
  dtype: 'F32',
};

/** Sets of defaults by name. Both seeds are below 6 MB. */
export const PRETRAIN_PRESETS = {
  nano: PRETRAIN_DEFAULTS,
  't5-nano': {
    ...PRETRAIN_DEFAULTS,
    architecture: 't5',
    vocabularySize: 2048,
    layers: 2,
    feedForwardSize: 320,
    context: 128,
    tiedEmbedding: false,
    length: 96,
    learningRate: 0.04,
    steps: 2400,
    evaluateEvery: 300,
  },
} as const satisfies Readonly<Record<string, PretrainConfig>>;
export type PresetName = keyof typeof PRETRAIN_PRESETS;

/** Fields that were not there from the beginning. */
const LATER_FIELDS = ['architecture'] as const;

/** What the checkpoints and the seed of a run of pre-training are called after. */
export function pretrainFingerprint(config: PretrainConfig): string {
  return fingerprintOf(
    'pretrain',
    identifying(withFormerName(config), withFormerName(PRETRAIN_DEFAULTS), LATER_FIELDS),
  );
}

/** Reads a pre-training config; what is missing is as in the preset. */
export function readPretrainConfig(value: unknown, where: string, preset: PresetName = 'nano'): PretrainConfig {
  const config = readRecord<PretrainConfig>(PRETRAIN_FIELDS, PRETRAIN_PRESETS[preset], value, where);
  checkSchedule(config, where);
  if (config.length > config.context)
    throw wrong(`${where}: length`, `at most the context of ${config.context}`, config.length);
  return config;
}

/** Reads pretrain.json, be it from before the random seed had its name. */
export function readPretrainFile(path: string): PretrainConfig {
  return readPretrainConfig(withRandomSeed(parseJson(readText(path), path)), path);
}
