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
import { DEMO_METHODS, labelOf, type DemoMethod } from './methods.ts';
import { readSeedMeasure, type SeedMeasure } from './seedMeasure.ts';

/** One method, trained. */
export interface Trained {
  readonly method: DemoMethod;
  readonly folder: string;
  readonly result: TrainResult;
}

/** Trains every method into `folder`/methods, or goes on with it there. `configOf` says what each is trained with. */
export async function trainAll(
  pool: Pool,
  progress: Progress,
  folder: string,
  metric: Metric,
  configOf: (method: DemoMethod) => TrainConfig,
): Promise<readonly Trained[]> {
  return Promise.all(
    DEMO_METHODS.map(async (method): Promise<Trained> => {
      const out = join(folder, 'methods', method.slug);
      const config = configOf(method);
      const configPath = join(folder, 'methods', `${method.slug}.json`);
      writeAtomically(configPath, `${JSON.stringify(readTrainConfig(config, method.slug), null, 2)}\n`);
      const name = labelOf(method.label, method.epsilon);
      const how = existsSync(pathsOf(out).config) ? ['--resume', out] : ['--config', configPath, '--out', out];
      await pool.run({ name, arguments: ['train', ...how, '--no-latest'] });
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
  const call = ['eval', '--model', config.model, '--task', config.task, '--kernels', config.kernels, ...rows];
  const answer = await pool.run({ name, arguments: call });
  const measure = readSeedMeasure(answer, metric, name);
  progress.finish(name, describe(metric, measure.value));
  return measure;
}

function describe({ metricName, metricScale }: Metric, value: number): string {
  return `${metricName} ${formatMetric(value, metricScale, ' ')}`;
}
