/**
 * The runs that docs/performance.md shows, kept beside it: of each subject the newest.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { wrong } from '../../src/errors.ts';
import { isRun, type BenchRun } from '../result.ts';
import { findNewest } from './blocks.ts';

export const RESULTS = 'docs/performance/results.json';

/** @throws {@link InvalidInput} where the file holds something else. */
export function readResults(path: string): readonly BenchRun[] {
  if (!existsSync(path)) return [];
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(value) || !value.every(isRun)) throw wrong(path, 'a list of runs of the benchmarks', 'others');
  return value;
}

/** Each run with those of its subjects that no newer one measured; runs that have none left go. */
export function mergeRuns(runs: readonly BenchRun[]): readonly BenchRun[] {
  return runs
    .map((run) => ({
      ...run,
      subjects: run.subjects.filter((result) => findNewest(runs, result.subject)?.run === run),
    }))
    .filter(({ subjects }) => subjects.length > 0)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}
