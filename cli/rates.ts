/**
 * The learning rates that a sweep recorded beside a seed, and the config that they belong to.
 *
 * @module
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { identifyData, keyOfData, type DataIdentity } from '../src/data/identity.ts';
import type { TaskData } from '../src/data/task.ts';
import { wrong } from '../src/errors.ts';
import { readText } from '../src/files/atomic.ts';
import { parseJson } from '../src/text/json.ts';
import { IDENTITY, type Identity } from '../src/run/identity.ts';
import { METHOD_NAMES, type MethodName } from '../src/train/names.ts';
import { withRandomSeed } from '../src/train/randomSeed.ts';
import {
  integer,
  list,
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
  /** The seed, the data and the code that the trials were made of. */
  readonly identity: Identity;
  readonly task: string;
  /** The fields of the runs' config that are not the defaults: steps, batch, schedule … */
  readonly config: Readonly<Record<string, unknown>>;
  /** Steps of a trial, if they are fewer than the config's; null if a trial is a whole run. */
  readonly trialSteps: number | null;
  /** The recorded rate is the best trial's times (trial steps / steps) to this power. */
  readonly ratePower: number;
  /** Whether a trial's value is the metric on the development split, or a loss. */
  readonly judgedBy: 'metric' | 'loss';
  readonly rates: readonly Rate[];
}

export const RATES_FORMAT = 'dynamic-subset-tuning/rates/4';
/** Its config has the random seed under its former name. */
const FORMER_FORMAT = 'dynamic-subset-tuning/rates/3';

const TRIAL: Fields<Trial> = {
  learningRate: positive,
  value: number('a number of at least 0', (x) => x >= 0),
};

const RATE: Fields<Rate> = {
  method: oneOf(METHOD_NAMES),
  epsilon: orNull(share),
  learningRate: positive,
  trials: list((value, where) => readRecord(TRIAL, {}, value, where)),
};

const RATES: Fields<Rates> = {
  format: oneOf([RATES_FORMAT]),
  identity: IDENTITY,
  task: text,
  config: (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', value);
    return { ...value };
  },
  trialSteps: orNull(integer(1)),
  ratePower: number('a number of at least 0', (x) => x >= 0),
  judgedBy: oneOf(['metric', 'loss']),
  rates: list((value, where) => readRecord(RATE, {}, value, where)),
};

/** The splits that a sweep looks at: another test split leaves its rates what they are. */
const SWEPT = ['train', 'development'] as const;
/** Hexadecimal digits of the data's hash in a file's name. */
const DIGITS = 8;

/** Where a seed's rates for some data are kept: two folders of one name have a file each. */
export function ratesPath(seedFolder: string, task: string, data: DataIdentity): string {
  return join(seedFolder, `rates-${task}-${keyOfData(data, SWEPT).slice(0, DIGITS)}.json`);
}

/** What a sweep recorded, as a run sees it. */
export interface Recorded {
  readonly path: string;
  readonly rates: Rates;
  /** What the run has otherwise than the sweep had, in words: another seed, other data; empty for none. */
  readonly differs: readonly string[];
}

/**
 * What a sweep recorded for a seed and a task: in the file that the user names, else beside the seed.
 *
 * @param file - what the user names, or undefined.
 * @returns null if nothing is on record.
 * @throws InvalidInput if the file is not one that a sweep writes, or the user names one that is not there.
 */
export function findRates(seedFolder: string, task: TaskData, identity: Identity, file?: string): Recorded | null {
  const data = identity.data ?? identifyData(task);
  const path = file ?? ratesPath(seedFolder, task.name, data);
  if (!existsSync(path)) {
    if (file !== undefined) throw wrong('--rates', 'a file that dst sweep wrote', 'no such file');
    return null;
  }
  return judgeRates(path, readRates(path), { ...identity, data });
}

/** Rates as a run of that identity sees them. */
export function judgeRates(path: string, rates: Rates, identity: Identity): Recorded {
  const [other, data] = [rates.identity.data, identity.data];
  const isOther = other === null || data === null || keyOfData(other, SWEPT) !== keyOfData(data, SWEPT);
  const differs = [
    ...(rates.identity.seed === identity.seed && rates.identity.tokenizer === identity.tokenizer
      ? []
      : ['another seed']),
    ...(isOther ? ['other data'] : []),
  ];
  return { path, rates, differs };
}

/**
 * Reads a file of rates.
 *
 * @throws InvalidInput if it is not one that a sweep writes.
 */
export function readRates(path: string): Rates {
  return RECORDED_RATES(parseJson(readText(path), path), path);
}

/** Reads what a sweep recorded. */
export const RECORDED_RATES: Check<Rates> = (value, where) =>
  readRecord(RATES, { trialSteps: null, ratePower: 0, judgedBy: 'metric' }, ofToday(value), where);

function ofToday(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== FORMER_FORMAT)
    return value;
  return { ...value, format: RATES_FORMAT, ...('config' in value && { config: withRandomSeed(value.config) }) };
}

/** Files of rates beside a seed that are of the same name, but of other data or in an older format. */
export function findOtherRates(seedFolder: string, task: string): readonly string[] {
  if (!existsSync(seedFolder)) return [];
  const name = new RegExp(`^-[0-9a-f]{${DIGITS}}\\.json$|^\\.json$`);
  const start = `rates-${task}`;
  return readdirSync(seedFolder).filter((file) => file.startsWith(start) && name.test(file.slice(start.length)));
}

/** The recorded rate of a method, or undefined; also for values that are neither a method nor an ε. */
export function findRate(rates: Pick<Rates, 'rates'> | null, method: unknown, epsilon: unknown): Rate | undefined {
  return rates?.rates.find((rate) => rate.method === method && rate.epsilon === epsilon);
}
