/**
 * The runs that the pages on speed show, kept beside them: of each machine and subject the newest.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { wrong } from '../../src/errors.ts';
import { parseJson } from '../../src/text/json.ts';
import { isRun, type BenchRun, type SubjectResult } from '../result.ts';

export const RESULTS = 'docs/performance/results.json';

/** @throws {@link InvalidInput} if the file holds something else. */
export function readResults(path: string): readonly BenchRun[] {
  if (!existsSync(path)) return [];
  const value = parseJson(readFileSync(path, 'utf8'), path);
  if (!Array.isArray(value) || !value.every(isRun)) throw wrong(path, 'a list of runs of the benchmarks', 'others');
  return value;
}

/** A subject's result and the run that it is from. */
export interface Found {
  readonly run: BenchRun;
  readonly result: SubjectResult;
}

function byDate(a: BenchRun, b: BenchRun): number {
  return a.date < b.date ? -1 : 1;
}

/** The newest run that measured a subject, the last one given where dates are equal. */
export function findNewest(runs: readonly BenchRun[], subject: string): Found | undefined {
  const found = runs.flatMap((run) =>
    run.subjects.filter((result) => result.subject === subject).map((result) => ({ run, result })),
  );
  return found.sort((a, b) => byDate(a.run, b.run)).at(-1);
}

/** The machines that something was measured on, that of the newest run first. */
export function machinesOf(runs: readonly BenchRun[]): readonly string[] {
  const newestFirst = runs.toSorted(byDate).reverse();
  return [...new Set(newestFirst.map(({ machine }) => machine))];
}

/** The runs on one of them. */
export function runsOn(runs: readonly BenchRun[], machine: string): readonly BenchRun[] {
  return runs.filter((run) => run.machine === machine);
}

/** Each run with those of its subjects that no newer one measured on its machine; runs that have none left go. */
export function mergeRuns(runs: readonly BenchRun[]): readonly BenchRun[] {
  return runs
    .map((run) => {
      const rivals = runsOn(runs, run.machine);
      return { ...run, subjects: run.subjects.filter(({ subject }) => findNewest(rivals, subject)?.run === run) };
    })
    .filter(({ subjects }) => subjects.length > 0)
    .sort(byDate);
}
