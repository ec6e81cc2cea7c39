/**
 * Fills the tables of docs/performance/selection.md from the file that a run of the benchmark wrote:
 * `node scripts/run.mjs bench/selectionPage.ts runs/bench/DATE.json`.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readRun } from './result.ts';
import { passTable, selectionTable } from './selectionTable.ts';
import { listAbsent, toMarkdown } from './table.ts';

const PAGE = 'docs/performance/selection.md';
const BEGIN = '<!-- bench: selection -->\n';
const END = '<!-- /bench -->';

const path = process.argv[2];
if (path === undefined) throw new Error('selectionPage: expected the file of a run, got none');
const run = readRun(path, 'selectionPage');
const result = run.subjects.find(({ subject }) => subject === 'selection');
if (result === undefined) throw new Error(`${path}: expected a run of selection, got ${run.subjects.length} others`);

const peers = Object.entries(result.facts).map(([name, about]) => `${name} ${about}`);
const block = `${BEGIN}
${run.date.slice(0, 10)}, ${run.machine}, Node ${run.node}, ${peers.join(', ')}. Milliseconds of CPU: the median of the
rounds (the least … the greatest). Ratios say how many times as long as \`select\` (the last column: as the step) the other
takes, and compare the least rounds, since what other processes take away of the caches only ever adds.

${toMarkdown(selectionTable(result))}
What one pass over memory reads (a copy: reads and writes):

${toMarkdown(passTable(result))}
${listAbsent(result.absent)
  .map((line) => `- not measured: ${line}\n`)
  .join('')}`;

const page = readFileSync(PAGE, 'utf8');
const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
if (begin < 0 || end < begin) throw new Error(`${PAGE}: expected ${BEGIN.trim()} and ${END}, got neither or one`);
writeFileSync(PAGE, page.slice(0, begin) + block + page.slice(end));
