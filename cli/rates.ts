/**
 * The learning rates that a sweep recorded beside a seed, and the config that they belong to.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { wrong } from '../src/errors.ts';
import { readText } from '../src/files/atomic.ts';
import { parseJson } from '../src/text/json.ts';
import { METHODS, type MethodName } from '../src/train/config.ts';
import {
  integer,
  number,
  oneOf,
  orNull,
  positive,
  readRecord,
  share,
  text,
  type Check,
  type Fields,
} from '../src/kinds.ts';

/** One learning rate that was tried. */
export interface Trial {
  readonly learningRate: number;
  /** What it is judged by. */
  readonly value: number;
}

/** What a sweep found for one method. */
export interface Rate {
  readonly method: MethodName;
  readonly epsilon: number | null;
  readonly learningRate: number;
  readonly trials: readonly Trial[];
}

/** What a sweep writes beside a seed. */
export interface Rates {
  readonly format: string;
  readonly seedFingerprint: string;
  readonly task: string;
  /** The fields of the runs' config that are not the defaults: steps, batch, schedule … */
  readonly config: Readonly<Record<string, unknown>>;
  /** Steps of a trial, where they are fewer than the config's; null where a trial is a whole run. */
  readonly trialSteps: number | null;
  /** The recorded rate is the best trial's times (trial steps / steps) to this power. */
  readonly ratePower: number;
  /** Whether a trial's value is the metric on the development split, or a loss. */
  readonly judgedBy: 'metric' | 'loss';
  readonly rates: readonly Rate[];
}

export const RATES_FORMAT = 'dynamic-subset-tuning/rates/2';

const listOf =
  <T>(check: Check<T>): Check<readonly T[]> =>
  (value, where) => {
    if (!Array.isArray(value)) throw wrong(where, 'a list', value);
    return value.map((element: unknown, i) => check(element, `${where}[${i}]`));
  };

const TRIAL: Fields<Trial> = {
  learningRate: positive,
  value: number('a number of at least 0', (x) => x >= 0),
};

const RATE: Fields<Rate> = {
  method: oneOf(METHODS),
  epsilon: orNull(share),
  learningRate: positive,
  trials: listOf((value, where) => readRecord(TRIAL, {}, value, where)),
};

const RATES: Fields<Rates> = {
  format: oneOf([RATES_FORMAT]),
  seedFingerprint: text,
  task: text,
  config: (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', value);
    return { ...value };
  },
  trialSteps: orNull(integer(1)),
  ratePower: number('a number of at least 0', (x) => x >= 0),
  judgedBy: oneOf(['metric', 'loss']),
  rates: listOf((value, where) => readRecord(RATE, {}, value, where)),
};

/**
 * Where a seed's rates for a task are kept.
 *
 * @param task - the task's name, or its folder, which is named as the task in it is.
 */
export function ratesPath(seedFolder: string, task: string): string {
  return join(seedFolder, `rates-${basename(resolve(task))}.json`);
}

/**
 * What a sweep recorded for a task and the seed in that folder, or null.
 *
 * @throws InvalidInput where the file is not one that a sweep writes.
 */
export function readRates(seedFolder: string, task: string): Rates | null {
  const path = ratesPath(seedFolder, task);
  return existsSync(path)
    ? readRecord(RATES, { trialSteps: null, ratePower: 0, judgedBy: 'metric' }, parseJson(readText(path), path), path)
    : null;
}

/** The recorded rate of a method, or undefined; also for values that are neither a method nor an ε. */
export function findRate(rates: Rates | null, method: unknown, epsilon: unknown): Rate | undefined {
  return rates?.rates.find((rate) => rate.method === method && rate.epsilon === epsilon);
}
