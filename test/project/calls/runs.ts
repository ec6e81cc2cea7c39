/**
 * Right calls of what configures, runs and reopens a run.
 *
 * @module
 */
import * as library from '../../../src/index.ts';
import { closed, dry, list, nullable, options, record, right, type Calls } from '../wrongKinds.ts';
import { nano, stored, task, tokenizer } from './things.ts';

const watcher = Object.fromEntries(
  ['begun', 'step', 'development', 'warning', 'measuring', 'stage', 'perplexity'].map((name) => [
    name,
    (): void => undefined,
  ]),
);
const run = { folder: 'run', resume: false, signal: new AbortController().signal, threads: 1, checkpointSeconds: 60 };
const data = (): unknown => record({ ...library.identifyData(task) }, ['source']);

export const runs: Calls = {
  readTrainConfig: () => right(options({ model: 'seed', epsilon: 0.5, distance: closed('absolute') }), 'here'),
  readPretrainConfig: () => right(options({ steps: 200, randomSeed: 1 }), 'here', closed('nano')),
  finetune: () =>
    dry(
      options({
        ...run,
        config: options({ model: 'seed' }),
        seed: { ...stored },
        task,
        watcher,
        checkpointSteps: nullable(1),
      }),
    ),
  pretrain: () => dry(options({ ...run, config: options({ steps: 200 }), watcher, readText: () => ({}) })),
  guessLearningRate: () => right(record({ method: 'dst', epsilon: 0.1, optimizer: 'adafactor', dialect: 't5x' })),
  identify: () => right({ fingerprint: 'f', model: { tokenizer } }, task),
  identifyData: () =>
    right(record({ ...task }, ['name', 'metric', 'tooLong', 'labels', 'train', 'development', 'test'])),
  describeOtherData: () => right(data(), data()),
  keyOfData: () => right(data(), list(closed('train'))),
  openSeedOfRun: () => dry('run', record({ seed: {}, identity: {}, config: {} }), nullable('seed'), 'flag'),
  readRun: () => dry('run'),
  readTaskOfRun: () =>
    dry('run', record({ seed: {}, identity: {}, config: {} }), nullable('data'), true, nullable('test')),
  openModel: () => right(nano),
};
