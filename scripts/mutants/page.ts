/**
 * docs/conformance/who-catches-whom.md: which law catches which wrong program. Each law that a mutant names is put to it
 * from several seeds, as a default run does, and every other law once, with fewer inputs.
 *
 * @module
 */
import { integer } from '../../src/kinds.ts';
import { LAWS } from '../../spec/laws/all.ts';
import { MUTANTS } from '../../spec/mutants/all.ts';
import type { Pages } from '../generate/generator.ts';
import { catchesOf, type Catch } from './catches.ts';
import { renderMutants } from './render.ts';

/** @throws InvalidInput if the number of seeds is none from 1. */
export async function mutantPages([number = '20']: readonly string[]): Promise<Pages> {
  const seeds = integer(1)(Number(number), 'generate mutants: N');
  const all: Catch[] = [];
  for (const [i, mutant] of MUTANTS.entries()) {
    process.stderr.write(`${i + 1}/${MUTANTS.length} ${mutant.name}\n`);
    all.push(await catchesOf(mutant, LAWS, seeds));
  }
  return new Map([['docs/conformance/who-catches-whom.md', renderMutants(all, LAWS, seeds)]]);
}
