/**
 * Fills the pages on speed: `npm run performance-docs -- [FILE …]`. The files are runs of the benchmarks; what they
 * measured takes the place of what docs/performance/results.json had. With `--check` nothing is written, and a page or
 * a chart that differs from what the results give ends with 1.
 *
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readRun } from '../result.ts';
import { drawCharts } from './charts.ts';
import { fillPage, PAGES } from './pages.ts';
import { mergeRuns, RESULTS, readResults } from './results.ts';

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
try {
  const runs = mergeRuns([...readResults(RESULTS), ...files.map((file) => readRun(file, 'FILE'))]);
  const outputs = new Map(PAGES.map((page): [string, string] => [page, fillPage(readFileSync(page, 'utf8'), runs)]));
  for (const [name, chart] of drawCharts(runs)) outputs.set(`docs/img/${name}`, chart);
  outputs.set(RESULTS, `${JSON.stringify(runs)}\n`);
  for (const [path, text] of outputs) {
    const isSame = existsSync(path) && readFileSync(path, 'utf8') === text;
    if (isSame) continue;
    if (!process.argv.includes('--check')) writeFileSync(path, text);
    else {
      console.error(`${path}: expected what ${RESULTS} gives, got something else`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  console.error(`performance-docs: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
