/**
 * What a fine-tuning run is: every choice that its bits depend on, as one flat record that JSON can hold.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { KERNEL_NAMES } from '../kernel/kernels.ts';
import { LENGTH_PENALTY } from '../nn/beam.ts';
import { DIALECT_NAMES } from '../optim/dialects.ts';
import { fromZero, integer, number, oneOf, orNull, positive, readRecord, text, type RecordOf } from '../kinds.ts';
import { DST_FIELDS } from './dstChoices.ts';
import { guessLearningRate } from './learningRate.ts';
import { METHOD_NAMES, OPTIMIZERS, RATE_ORIGINS, SCHEDULES, type ScheduleName } from './names.ts';

/** How θ is moved: the fields that pre-training and fine-tuning share, and the checks of their options. */
export const OPTIMIZATION_FIELDS = {
  optimizer: oneOf(OPTIMIZERS),
  /** β₁, or null for none. */
  momentum: orNull(number('a number in [0, 1)', (x) => x >= 0 && x < 1)),
  /** AdaFactor factors matrices whose second-largest dimension is at least this. */
  minDimSizeToFactor: integer(1),
  learningRate: positive,
  schedule: oneOf(SCHEDULES),
  /** Steps of linear warm-up. */
  warmUp: integer(0),
  steps: integer(1),
  /** The largest global norm of a gradient, or null for no clipping. */
  clip: orNull(positive),
  /** Share of activations that are dropped, in [0, 1). */
  dropout: number('a number in [0, 1)', (x) => x >= 0 && x < 1),
  randomSeed: integer(0),
  kernels: oneOf(KERNEL_NAMES),
};

/** How θ is moved: shared by pre-training and fine-tuning. */
export interface OptimizationConfig extends RecordOf<typeof OPTIMIZATION_FIELDS> {}

/** The fields of a fine-tuning run, and the checks of the options of the same names. */
export const TRAIN_FIELDS = {
  ...OPTIMIZATION_FIELDS,
  /** The folder of the seed. */
  model: text,
  /** The name of a task, a pair of languages such as `de-en`, or a folder with train.tsv, development.tsv and test.tsv. */
  task: text,
  /** The folder of a pair of languages: line-aligned files; null for other tasks. */
  data: orNull(text),
  /** Which of the several test sets of such a folder; null for the first by name. */
  test: orNull(text),
  method: oneOf(METHOD_NAMES),
  /** Which published AdaFactor; t5x leaves a run what it was before there was a choice. */
  dialect: oneOf(DIALECT_NAMES),
  ...DST_FIELDS,
  /** Examples a step. */
  batch: integer(1),
  /** Parts that a step's batch is computed in, to save memory. */
  accumulation: integer(1),
  /** Steps between two measurements on the development split; 0 for none before the end. */
  evaluateEvery: integer(0),
  /** Development examples in such a measurement. */
  evaluateRows: integer(1),
  /** The split that the finished model is measured on. */
  measure: oneOf(['test', 'development']),
  /** How many of its first examples, or null for all. */
  measureRows: orNull(integer(1)),
  /** Beginnings that the final measurement keeps at each step of an answer; 1 is greedy decoding. */
  beams: integer(1),
  /** α of the beams' length penalty. */
  lengthPenalty: fromZero,
  /** Where the learning rate comes from: the one field that no bit depends on. */
  learningRateFrom: oneOf(RATE_ORIGINS),
};

/** A fine-tuning run. */
export interface TrainConfig extends RecordOf<typeof TRAIN_FIELDS> {}

/** The run that the default of the learning rate is for. */
const SEARCHED = { method: 'dst', epsilon: 0.01, optimizer: 'adafactor', dialect: 't5x' } as const;

/**
 * What an option is if nothing is said. The seed's folder has no default in the library, and the learning rate is
 * another guess for another method or ε.
 */
export const TRAIN_DEFAULTS: Omit<TrainConfig, 'model'> = {
  ...SEARCHED,
  task: 'supersense',
  data: null,
  test: null,
  silos: 'per-module-and-layer',
  distance: 'inverse-relative',
  threshold: 'select',
  factor: 2,
  iterations: 10,
  warmStart: false,
  budget: 'quantile',
  normalisation: 'none',
  momentum: null,
  minDimSizeToFactor: 128,
  learningRate: guessLearningRate(SEARCHED),
  schedule: 'linear',
  warmUp: 0,
  steps: 400,
  batch: 32,
  accumulation: 1,
  clip: null,
  dropout: 0,
  randomSeed: 1,
  kernels: 'simd',
  evaluateEvery: 0,
  evaluateRows: 256,
  measure: 'test',
  measureRows: null,
  beams: 1,
  lengthPenalty: LENGTH_PENALTY,
  learningRateFrom: 'guess',
};

/**
 * Reads a fine-tuning config; what is missing takes its default. A learning rate that is there was given, unless it says
 * otherwise; one that is missing is a guess for this method and ε.
 */
export function readTrainConfig(value: unknown, where: string): TrainConfig {
  const read = readRecord<TrainConfig>(TRAIN_FIELDS, { ...TRAIN_DEFAULTS, learningRateFrom: 'given' }, value, where);
  const isGiven = typeof value === 'object' && value !== null && 'learningRate' in value;
  const config: TrainConfig = isGiven
    ? read
    : { ...read, learningRate: guessLearningRate(read), learningRateFrom: 'guess' };
  checkSchedule(config, where);
  if (config.accumulation > config.batch)
    throw wrong(`${where}: accumulation`, `at most the ${config.batch} examples of a batch`, config.accumulation);
  return config;
}

const FALLS_TO_ZERO: Readonly<Record<ScheduleName, boolean>> = {
  constant: false,
  'inverse-square-root': false,
  linear: true,
  cosine: true,
};

/** @throws InvalidInput if a schedule that falls to 0 has no steps to fall in. */
export function checkSchedule(config: OptimizationConfig, where: string): void {
  if (FALLS_TO_ZERO[config.schedule] && config.warmUp >= config.steps) {
    throw wrong(`${where}: warmUp`, `fewer than the ${config.steps} steps of the run`, config.warmUp);
  }
}
