/**
 * Runs beside one another: what each came to, and each pair of them.
 *
 * @module
 */
import { basename, dirname, relative } from 'node:path';
import type { MetricName } from '../../src/data/task.ts';
import type { MethodName, RateOrigin } from '../../src/train/names.ts';
import type { FinishedRun } from './finished.ts';
import { comparePairs, type Pairs } from './pairs.ts';

/** A run in a line. */
export interface RunFacts {
  readonly name: string;
  readonly folder: string;
  readonly method: MethodName;
  readonly epsilon: number | null;
  readonly learningRate: number;
  readonly learningRateFrom: RateOrigin;
  readonly steps: number;
  readonly randomSeed: number;
  readonly task: string;
  readonly split: string;
  readonly metric: MetricName;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly changed: number;
  readonly realisedFraction: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/** Some runs, compared. */
export interface Comparison extends Pairs {
  readonly runs: readonly RunFacts[];
}

/** @param tell - is told before each pair. */
export function compareRuns(runs: readonly FinishedRun[], tell?: (done: number, total: number) => void): Comparison {
  const names = namesOf(runs.map(({ folder }) => folder));
  return { runs: runs.map((run, i) => factsOf(run, names[i])), ...comparePairs(runs, names, tell) };
}

/** What folders are called without what all of them share; a single one by its last part. */
export function namesOf(folders: readonly string[]): readonly string[] {
  if (folders.length === 1) return folders.map((folder) => basename(folder));
  let shared = dirname(folders[0]);
  while (!folders.every((folder) => isBelow(folder, shared))) shared = dirname(shared);
  return folders.map((folder) => relative(shared, folder));
}

function isBelow(folder: string, above: string): boolean {
  const path = relative(above, folder);
  return path !== '' && !path.startsWith('..');
}

function factsOf({ folder, record: { config }, result }: FinishedRun, name: string): RunFacts {
  const { method, epsilon, learningRate, learningRateFrom, steps, task, split } = result;
  const { value, low, high, metric } = result.metric;
  const { changed, realisedFraction, bytes, seconds, warnings } = result;
  return {
    name,
    folder,
    method,
    epsilon,
    learningRate,
    learningRateFrom,
    steps,
    randomSeed: config.randomSeed,
    task,
    split,
    metric,
    value,
    low,
    high,
    changed,
    realisedFraction,
    bytes,
    seconds,
    warnings,
  };
}
