/**
 * What a run of pre-training is: the model's sizes, and how it is trained.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { checkSchedule, OPTIMIZATION_FIELDS, type OptimizationConfig } from './config.ts';
import { integer, oneOf, readRecord, truth, type Fields } from './schema.ts';

/** A run of pre-training. */
export interface PretrainConfig extends OptimizationConfig {
  readonly vocabularySize: number;
  readonly modelSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForwardSize: number;
  readonly context: number;
  readonly activation: 'gelu' | 'silu';
  readonly tiedEmbedding: boolean;
  /** Rows a step. */
  readonly rows: number;
  /** Tokens a row. */
  readonly length: number;
  /** Steps between two measurements of the held-out perplexity. */
  readonly evaluateEvery: number;
  readonly dtype: 'F32' | 'BF16';
}

const PRETRAIN_FIELDS: Fields<PretrainConfig> = {
  ...OPTIMIZATION_FIELDS,
  vocabularySize: integer(260),
  modelSize: integer(2),
  layers: integer(1),
  heads: integer(1),
  feedForwardSize: integer(1),
  context: integer(2),
  activation: oneOf(['gelu', 'silu']),
  tiedEmbedding: truth,
  rows: integer(1),
  length: integer(2),
  evaluateEvery: integer(1),
  dtype: oneOf(['F32', 'BF16']),
};

export const PRETRAIN_DEFAULTS: PretrainConfig = {
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
  seed: 1,
  kernels: 'simd',
  evaluateEvery: 250,
  dtype: 'F32',
};

/** Reads a pre-training config; what is missing takes its default. */
export function readPretrainConfig(value: unknown, where: string): PretrainConfig {
  const config = readRecord(PRETRAIN_FIELDS, PRETRAIN_DEFAULTS, value, where);
  checkSchedule(config, where);
  if (config.length > config.context)
    throw wrong(`${where}: length`, `at most the context of ${config.context}`, config.length);
  return config;
}
