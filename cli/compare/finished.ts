/**
 * Finished training runs: what their folders say, and which there are in a folder of runs.
 *
 * @module
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { wrong } from '../../src/errors.ts';
import { resolvePointer } from '../../src/files/pointer.ts';
import type { RowScores } from '../../src/metrics/rowScores.ts';
import { readResult, type TrainResult } from '../../src/run/result.ts';
import { readRowScores } from '../../src/run/rowRecord.ts';
import { isRunFolder, pathsOf, readRun, type RunRecord } from '../../src/run/runFolder.ts';

/** A run that is done. */
export interface FinishedRun {
  readonly folder: string;
  readonly record: RunRecord;
  readonly result: TrainResult;
  /** What each row that was measured is worth. */
  readonly scores: RowScores;
}

/** How far down runs are looked for: a folder of main jobs has them in `methods` of each, a random seed deeper. */
const DEPTH = 4;

/** Reads the run in that folder. */
export function readFinished(folder: string): FinishedRun {
  const { result: path } = pathsOf(folder);
  const result = readResult(path);
  return { folder, record: readRun(folder), result, scores: readRowScores(result.rows, `${path}: rows`) };
}

/** The folders of training runs that some paths lead to. */
export interface Found {
  readonly finished: readonly string[];
  readonly unfinished: readonly string[];
}

/**
 * Finds the training runs in folders: a run's own, or those in the folder of a main job, a sweep, or any other, by name.
 *
 * @throws InvalidInput for a folder that has none.
 */
export function findRuns(paths: readonly string[]): Found {
  const found = paths.flatMap((path) => {
    const folders = runsIn(resolvePointer(path), DEPTH);
    if (folders.length === 0) throw wrong(path, 'the folder of a run, or one with runs in it', 'none');
    return folders;
  });
  const folders = [...new Set(found)];
  const isDone = (folder: string): boolean => existsSync(pathsOf(folder).done);
  return { finished: folders.filter(isDone), unfinished: folders.filter((folder) => !isDone(folder)) };
}

function runsIn(folder: string, depth: number): readonly string[] {
  if (isTrainingRun(folder)) return [folder];
  if (depth === 0) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap((name) => runsIn(join(folder, name), depth - 1));
}

/** A main job has a config of the same form, and no steps of its own. */
function isTrainingRun(folder: string): boolean {
  return isRunFolder(folder) && existsSync(pathsOf(folder).events);
}
