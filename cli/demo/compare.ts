/**
 * The main job's work: each method trained in a child process, the two baselines beside them.
 *
 * @module
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeOtherData, keyOfData } from '../../src/data/identity.ts';
import { makeFolder, writeAtomically } from '../../src/files/atomic.ts';
import { printJson } from '../../src/text/json.ts';
import type { RowScores } from '../../src/metrics/rowScores.ts';
import type { Identity } from '../../src/run/identity.ts';
import { readResult, type TrainResult } from '../../src/run/result.ts';
import { readRowScores } from '../../src/run/rowRecord.ts';
import { isRunFolder, pathsOf, readRun } from '../../src/run/runFolder.ts';
import type { Pool } from '../pool.ts';
import type { Progress } from '../progress.ts';
import { formatMetric } from '../report/format.ts';
import type { Metric } from '../report/input.ts';
import { wordsOf } from '../trainOptions.ts';
import { labelOf, type DemoMethod } from './methods.ts';
import type { ConfigOf } from './plan.ts';
import { readSeedMeasure, type SeedMeasure } from './seedMeasure.ts';

/** One training run of a method. */
export interface TrainedRun {
  /** Its random seed. */
  readonly randomSeed: number;
  readonly folder: string;
  readonly result: TrainResult;
  /** What each test row adds to the metric. */
  readonly scores: RowScores;
}

/** One method, trained with every random seed. */
export interface Trained {
  readonly method: DemoMethod;
  readonly runs: readonly TrainedRun[];
}

/** What is to be trained. */
export interface Comparison {
  /** The runs go into `methods/` in it. */
  readonly folder: string;
  readonly methods: readonly DemoMethod[];
  /** Random seeds: each method is trained with each. */
  readonly randomSeeds: readonly number[];
  readonly metric: Metric;
  /** What each is trained with. */
  readonly configOf: ConfigOf;
  /** The data that all are to be trained on. */
  readonly identity: Identity;
  /** Where seed and data lie now, as options. */
  readonly words: readonly string[];
  /** Children at once. */
  readonly jobs: number;
  /** Threads of the last method where it would otherwise be alone on the machine; no bit depends on them. */
  readonly lastThreads: number;
}

/** Trains every method with every random seed, each into its folder, or continues it there; whole comparisons first. */
export async function trainAll(pool: Pool, progress: Progress, comparison: Comparison): Promise<readonly Trained[]> {
  const { folder, methods, randomSeeds, jobs, lastThreads } = comparison;
  makeFolder(join(folder, 'methods'));
  const all = randomSeeds.flatMap((randomSeed) => methods.map((method) => ({ method, randomSeed })));
  const isAlone = (i: number): boolean => i === all.length - 1 && all.length % jobs === 1;
  const runs = await Promise.all(
    all.map(({ method, randomSeed }, i) =>
      trainOne(pool, progress, comparison, method, randomSeed, isAlone(i) ? lastThreads : undefined),
    ),
  );
  return methods.map((method, m) => ({ method, runs: runs.filter((_, i) => i % methods.length === m) }));
}

async function trainOne(
  pool: Pool,
  progress: Progress,
  { folder, randomSeeds, metric, configOf, identity, words }: Comparison,
  method: DemoMethod,
  randomSeed: number,
  threads: number | undefined,
): Promise<TrainedRun> {
  const several = randomSeeds.length > 1;
  const id = several ? `${method.id}-seed-${randomSeed}` : method.id;
  const name = labelOf(method) + (several ? `, random seed ${randomSeed}` : '');
  const out = join(folder, 'methods', id);
  const configPath = join(folder, 'methods', `${id}.json`);
  writeAtomically(configPath, `${printJson(configOf(method, randomSeed), configPath, 2)}\n`);
  const paths = pathsOf(out);
  setAside(out, identity);
  const how = existsSync(paths.config) ? ['--resume', out, ...words] : ['--config', configPath, '--out', out];
  await pool.run({
    name,
    command: 'train', // commands/train.ts
    arguments: [...how, '--no-latest'],
    ...(threads === undefined ? {} : { threads }),
  });
  const result = readResult(paths.result);
  progress.finish(name, describe(metric, result.metric.value));
  return { randomSeed, folder: out, result, scores: readRowScores(result.rows, `${paths.result}: rows`) };
}

/**
 * Moves a run on other data out of the way: rows on different data are no comparison, so that a main job that continues with
 * other data makes all of them again.
 */
function setAside(folder: string, { data }: Identity): void {
  if (data === null || !isRunFolder(folder)) return;
  const { data: then } = readRun(folder).identity;
  if (then === null || describeOtherData(then, data) === '') return;
  const aside = `${folder}-on-${keyOfData(then).slice(0, 8)}`;
  rmSync(aside, { recursive: true, force: true });
  renameSync(folder, aside);
}

/** Measures the seed on the task's test split, in a child process. */
export async function measureSeed(
  pool: Pool,
  progress: Progress,
  config: ReturnType<ConfigOf>,
  metric: Metric,
): Promise<SeedMeasure> {
  const name = 'seed as it is';
  const rows = config.measureRows === null ? [] : ['--rows', String(config.measureRows)];
  const { model, kernels, beams, lengthPenalty } = config;
  const search = ['--beams', String(beams), '--length-penalty', String(lengthPenalty)];
  const call = ['--model', model, ...wordsOf(config), '--kernels', kernels, ...search, ...rows];
  const answer = await pool.run({ name, command: 'eval', arguments: call });
  const measure = readSeedMeasure(answer, metric, name);
  progress.finish(name, describe(metric, measure.value));
  return measure;
}

function describe({ metricName, metricScale }: Metric, value: number): string {
  return `${metricName} ${formatMetric(value, metricScale, ' ')}`;
}
