/**
 * The pages on speed. What the given runs of the benchmarks measured takes the place of what docs/performance/results.json
 * had.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { readRun } from '../result.ts';
import { drawCharts } from './charts.ts';
import { fillPage, PAGES } from './pages.ts';
import { mergeRuns, RESULTS, readResults } from './results.ts';

/** @throws InvalidInput if a file is no run of the benchmarks. */
export function performancePages(files: readonly string[]): ReadonlyMap<string, string> {
  const runs = mergeRuns([...readResults(RESULTS), ...files.map((file) => readRun(file, 'FILE'))]);
  const pages = new Map(PAGES.map((page): [string, string] => [page, fillPage(readFileSync(page, 'utf8'), runs)]));
  for (const [name, chart] of drawCharts(runs)) pages.set(`docs/img/${name}`, chart);
  return pages.set(RESULTS, `${JSON.stringify(runs)}\n`);
}
