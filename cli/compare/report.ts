/**
 * Training runs as `dst report` tells them, and the page that a run leaves in its folder.
 *
 * @module
 */
import { join } from 'node:path';
import { wrong } from '../../src/errors.ts';
import { writeAtomically } from '../../src/files/atomic.ts';
import type { Report } from '../output.ts';
import type { Progress } from '../progress.ts';
import { compareRuns } from './comparison.ts';
import { findRuns, readFinished } from './finished.ts';
import { renderComparison, renderRunPage } from './page.ts';
import { describeComparison } from './text.ts';

/** Writes `report.html` into the folder of a finished run; the same bytes for the same run. Returns its path. */
export function writeRunPage(folder: string): string {
  const run = readFinished(folder);
  const path = join(folder, 'report.html');
  writeAtomically(path, renderRunPage(run, compareRuns([run]).runs[0]));
  return path;
}

/**
 * Reads the runs that the paths lead to, and compares them.
 *
 * @param html - where their page goes, if one is wanted.
 * @throws InvalidInput for a path without runs, and if none of them is done.
 */
export function reportOfRuns(paths: readonly string[], html: string | undefined, progress: Progress): Report {
  const { finished, unfinished } = findRuns(paths);
  for (const folder of unfinished) progress.say(`note: ${folder} is not done and left out`);
  if (finished.length === 0) throw wrong(paths[0], 'at least one run that is done', 'none');
  const runs = finished.map(readFinished);
  const began = Date.now();
  const comparison = compareRuns(runs, (done, total) => {
    if (Date.now() - began > PATIENCE_MS) progress.update('pairs', { done, total });
  });
  const page = (): string =>
    runs.length === 1 ? renderRunPage(runs[0], comparison.runs[0]) : renderComparison(runs, comparison);
  return {
    value: { ...comparison, unfinished },
    text: () => describeComparison(comparison),
    files: html === undefined ? {} : { [html]: page() },
  };
}

/** What runs longer shows how far it is. */
const PATIENCE_MS = 2000;
