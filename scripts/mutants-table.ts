/**
 * Writes docs/conformance/who-catches-whom.md: which law catches which wrong program. `npm run mutants-table` puts each
 * law that a mutant names to it from twenty seeds, as a default run does, and every other law once, with fewer inputs.
 * With `--seeds N` from another number of seeds.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { LAWS } from '../spec/laws/all.ts';
import { MUTANTS } from '../spec/mutants/all.ts';
import { catchesOf, type Catch } from './mutants/catches.ts';
import { renderMutants } from './mutants/render.ts';

const PATH = 'docs/conformance/who-catches-whom.md';
const at = process.argv.indexOf('--seeds');
const seeds = at < 0 ? 20 : Number(process.argv[at + 1]);
const all: Catch[] = [];
for (const [i, mutant] of MUTANTS.entries()) {
  process.stderr.write(`${i + 1}/${MUTANTS.length} ${mutant.name}\n`);
  all.push(await catchesOf(mutant, LAWS, seeds));
}
writeFileSync(PATH, renderMutants(all, LAWS, seeds));
