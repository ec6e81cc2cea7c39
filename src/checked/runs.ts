/**
 * Runs and the identity of their data, for callers from JavaScript.
 *
 * @module
 */
import { SPLITS } from '../data/task.ts';
import * as library from '../index.ts';
import { anyText, having, list, oneOf, optional, orNull, share, text, truth } from '../kinds.ts';
import { guard } from './guard.ts';
import { anExample, aTokenizer } from './things.ts';

const rows = list(anExample);
const aTask = having('a task, as readTask gives one', { train: rows, development: rows, test: rows });
const aSplit = having('the identity of a split', { sha256: text });
const anIdentity = having('the identity of data', { train: aSplit, development: aSplit, test: aSplit });
const aRun = having('a run, as readRun gives one', {
  seed: having('where the seed lies', {}),
  identity: having('an identity', { seed: text }),
  config: having('a config', {}),
});

export const guessLearningRate = guard('guessLearningRate', library.guessLearningRate, {
  searched: having('{ method, epsilon, optimizer, dialect }', {
    method: text,
    epsilon: share,
    optimizer: text,
    dialect: text,
  }),
});
export const identify = guard('identify', library.identify, {
  seed: having('a seed, as openModel gives one', {
    fingerprint: text,
    model: having('a model', { tokenizer: aTokenizer }),
  }),
  task: aTask,
});
export const identifyData = guard('identifyData', library.identifyData, { task: aTask });
export const describeOtherData = guard('describeOtherData', library.describeOtherData, {
  then: anIdentity,
  now: anIdentity,
});
export const keyOfData = guard('keyOfData', library.keyOfData, {
  data: anIdentity,
  splits: optional(list(oneOf(SPLITS))),
});
export const openSeedOfRun = guard('openSeedOfRun', library.openSeedOfRun, {
  folder: text,
  run: aRun,
  seedFolder: optional(orNull(text)),
  flag: optional(anyText),
});
export const readRun = guard('readRun', library.readRun, { folder: text });
export const readTaskOfRun = guard('readTaskOfRun', library.readTaskOfRun, {
  folder: text,
  run: aRun,
  elsewhere: orNull(text),
  acceptData: truth,
  test: optional(orNull(text)),
});
