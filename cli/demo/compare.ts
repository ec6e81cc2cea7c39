/**
 * The main job's work: each method trained in a child process, the two baselines beside them.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../src/files/atomic.ts';
import { readTrainConfig, type TrainConfig } from '../../src/train/config.ts';
import { readResult, type TrainResult } from '../../src/train/result.ts';
import { pathsOf } from '../../src/train/runFolder.ts';
import type { Pool } from '../pool.ts';
import type { Progress } from '../progress.ts';
import { formatMetric } from '../report/format.ts';
import type { Metric } from '../report/input.ts';
import { wordsOf } from '../trainOptions.ts';
import { labelOf, type DemoMethod } from './methods.ts';
import { readSeedMeasure, type SeedMeasure } from './seedMeasure.ts';

/** One method, trained. */
export interface Trained {
  readonly method: DemoMethod;
  readonly folder: string;
  readonly result: TrainResult;
}

/** What is to be trained. */
export interface Comparison {
  /** The runs go into `methods/` in it. */
  readonly folder: string;
  readonly methods: readonly DemoMethod[];
  readonly metric: Metric;
  /** What each is trained with. */
  readonly configOf: (method: DemoMethod) => TrainConfig;
  /** Children at once. */
  readonly jobs: number;
  /** Threads of the last method where it would otherwise be alone on the machine; no bit depends on them. */
  readonly lastThreads: number;
}

/** Trains every method into its folder, or goes on with it there. */
export async function trainAll(
  pool: Pool,
  progress: Progress,
  { folder, methods, metric, configOf, jobs, lastThreads }: Comparison,
): Promise<readonly Trained[]> {
  const isAlone = (i: number): boolean => i === methods.length - 1 && methods.length % jobs === 1;
  return Promise.all(
    methods.map(async (method, i): Promise<Trained> => {
      const out = join(folder, 'methods', method.slug);
      const config = configOf(method);
      const configPath = join(folder, 'methods', `${method.slug}.json`);
      writeAtomically(configPath, `${JSON.stringify(readTrainConfig(config, method.slug), null, 2)}\n`);
      const name = labelOf(method.label, method.epsilon);
      const how = existsSync(pathsOf(out).config) ? ['--resume', out] : ['--config', configPath, '--out', out];
      const threads = isAlone(i) ? lastThreads : undefined;
      await pool.run({
        name,
        arguments: ['train', ...how, '--no-latest'],
        ...(threads === undefined ? {} : { threads }),
      });
      const result = readResult(pathsOf(out).result);
      progress.finish(name, describe(metric, result.metric.value));
      return { method, folder: out, result };
    }),
  );
}

/** Measures the seed on the task's test split, in a child process. */
export async function measureSeed(
  pool: Pool,
  progress: Progress,
  config: TrainConfig,
  metric: Metric,
): Promise<SeedMeasure> {
  const name = 'seed as it is';
  const rows = config.measureRows === null ? [] : ['--rows', String(config.measureRows)];
  const { model, task, data, kernels, beams, lengthPenalty } = config;
  const search = ['--beams', String(beams), '--length-penalty', String(lengthPenalty)];
  const call = ['eval', '--model', model, ...wordsOf({ task, data }), '--kernels', kernels, ...search, ...rows];
  const answer = await pool.run({ name, arguments: call });
  const measure = readSeedMeasure(answer, metric, name);
  progress.finish(name, describe(metric, measure.value));
  return measure;
}

function describe({ metricName, metricScale }: Metric, value: number): string {
  return `${metricName} ${formatMetric(value, metricScale, ' ')}`;
}
