/**
 * The runs that the pages on speed show, kept beside them: of each subject the newest.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { wrong } from '../../src/errors.ts';
import { isRun, type BenchRun, type SubjectResult } from '../result.ts';

export const RESULTS = 'docs/performance/results.json';

/** @throws {@link InvalidInput} where the file holds something else. */
export function readResults(path: string): readonly BenchRun[] {
  if (!existsSync(path)) return [];
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(value) || !value.every(isRun)) throw wrong(path, 'a list of runs of the benchmarks', 'others');
  return value;
}

/** A subject's result and the run that it is from. */
export interface Found {
  readonly run: BenchRun;
  readonly result: SubjectResult;
}

/** The newest run that measured a subject, the last one given where dates are equal. */
export function findNewest(runs: readonly BenchRun[], subject: string): Found | undefined {
  const found = runs.flatMap((run) =>
    run.subjects.filter((result) => result.subject === subject).map((result) => ({ run, result })),
  );
  return found.sort((a, b) => (a.run.date < b.run.date ? -1 : 1)).at(-1);
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
