/**
 * What a fine-tuning run is: every choice that its bits depend on, as one flat record that JSON can hold.
 *
 * @module
 */
import { BUDGET_RULES, DISTANCES, SILO_STRATEGIES, THRESHOLD_METHODS } from '../dst/notation.ts';
import { wrong } from '../errors.ts';
import { KERNEL_NAMES, type KernelName } from '../kernel/kernels.ts';
import { LENGTH_PENALTY } from '../nn/beam.ts';
import { DIALECT_NAMES, type DialectName } from '../optim/dialects.ts';
import {
  fromZero,
  integer,
  number,
  oneOf,
  orNull,
  positive,
  readRecord,
  share,
  text,
  truth,
  type Fields,
} from '../kinds.ts';
import type { DstChoices } from './dstLearner.ts';
import { guessLearningRate } from './learningRate.ts';
import {
  METHOD_NAMES,
  NORMALISATIONS,
  OPTIMIZERS,
  RATE_ORIGINS,
  SCHEDULES,
  type MethodName,
  type OptimizerName,
  type RateOrigin,
  type ScheduleName,
} from './names.ts';

/** How θ is moved: shared by pre-training and fine-tuning. */
export interface OptimizationConfig {
  readonly optimizer: OptimizerName;
  /** β₁, or null for none. */
  readonly momentum: number | null;
  /** AdaFactor factors matrices whose second-largest dimension is at least this. */
  readonly minDimSizeToFactor: number;
  readonly learningRate: number;
  readonly schedule: ScheduleName;
  /** Steps of linear warm-up. */
  readonly warmUp: number;
  readonly steps: number;
  /** The largest global norm of a gradient, or null for no clipping. */
  readonly clip: number | null;
  /** Share of activations that are dropped, in [0, 1). */
  readonly dropout: number;
  readonly randomSeed: number;
  readonly kernels: KernelName;
}

/** A fine-tuning run. */
export interface TrainConfig extends OptimizationConfig, DstChoices {
  /** The folder of the seed. */
  readonly model: string;
  /** The name of a task, a pair of languages such as `de-en`, or a folder with train.tsv, development.tsv and test.tsv. */
  readonly task: string;
  /** The folder of a pair of languages: line-aligned files; null for other tasks. */
  readonly data: string | null;
  /** Which of the several test sets of such a folder; null for the first by name. */
  readonly test: string | null;
  readonly method: MethodName;
  /** Which published AdaFactor; t5x leaves a run what it was before there was a choice. */
  readonly dialect: DialectName;
  /** Examples a step. */
  readonly batch: number;
  /** Parts that a step's batch is computed in, to save memory. */
  readonly accumulation: number;
  /** Steps between two measurements on the development split; 0 for none before the end. */
  readonly evaluateEvery: number;
  /** Development examples in such a measurement. */
  readonly evaluateRows: number;
  /** The split that the finished model is measured on. */
  readonly measure: 'test' | 'development';
  /** How many of its first examples, or null for all. */
  readonly measureRows: number | null;
  /** Beginnings that the final measurement keeps at each step of an answer; 1 is greedy decoding. */
  readonly beams: number;
  /** α of the beams' length penalty. */
  readonly lengthPenalty: number;
  /** Where the learning rate comes from: the one field that no bit depends on. */
  readonly learningRateFrom: RateOrigin;
}

/** The checks of the shared fields. */
export const OPTIMIZATION_FIELDS: Fields<OptimizationConfig> = {
  optimizer: oneOf(OPTIMIZERS),
  momentum: orNull(number('a number in [0, 1)', (x) => x >= 0 && x < 1)),
  minDimSizeToFactor: integer(1),
  learningRate: positive,
  schedule: oneOf(SCHEDULES),
  warmUp: integer(0),
  steps: integer(1),
  clip: orNull(positive),
  dropout: number('a number in [0, 1)', (x) => x >= 0 && x < 1),
  randomSeed: integer(0),
  kernels: oneOf(KERNEL_NAMES),
};

/** The checks of a run's fields, and of the options of the same names. */
export const TRAIN_FIELDS: Fields<TrainConfig> = {
  ...OPTIMIZATION_FIELDS,
  model: text,
  task: text,
  data: orNull(text),
  test: orNull(text),
  method: oneOf(METHOD_NAMES),
  dialect: oneOf(DIALECT_NAMES),
  epsilon: share,
  silos: oneOf(SILO_STRATEGIES),
  distance: oneOf(DISTANCES),
  threshold: oneOf(THRESHOLD_METHODS),
  factor: number('a number above 1', (x) => x > 1),
  iterations: integer(1),
  warmStart: truth,
  budget: oneOf(BUDGET_RULES),
  normalisation: oneOf(NORMALISATIONS),
  batch: integer(1),
  accumulation: integer(1),
  evaluateEvery: integer(0),
  evaluateRows: integer(1),
  measure: oneOf(['test', 'development']),
  measureRows: orNull(integer(1)),
  beams: integer(1),
  lengthPenalty: fromZero,
  learningRateFrom: oneOf(RATE_ORIGINS),
};

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
  const read = readRecord(TRAIN_FIELDS, { ...TRAIN_DEFAULTS, learningRateFrom: 'given' }, value, where);
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
