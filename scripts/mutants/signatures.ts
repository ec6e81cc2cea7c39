/**
 * spec/diagnosis/signatures.json: which laws each wrong program fails, and after how many inputs at most. What is in the
 * file already is taken from there, so that a new law or a new mutant costs only its own runs.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package.ts';
import { InvalidInput } from '../../src/errors.ts';
import { checkLaw } from '../../spec/check.ts';
import { readSignatures, type Signature } from '../../spec/diagnosis/signatures.ts';
import { LAWS } from '../../spec/laws/all.ts';
import type { Law } from '../../spec/laws/law.ts';
import { MUTANTS } from '../../spec/mutants/all.ts';
import { createLiteral } from '../../spec/mutants/literal.ts';
import type { Mutant } from '../../spec/mutants/mutant.ts';
import type { Pages } from '../generate/generator.ts';

const PATH = 'spec/diagnosis/signatures.json';

/** A default run's inputs, for the laws that a mutant names; fewer for the others, of which there are many. */
const RUNS = 150;
const RUNS_OF_OTHERS = 60;
const SEEDS = [1, 2];

/** @throws InvalidInput for another word than `all`, which takes nothing from the file. */
export async function signaturePages([word]: readonly string[]): Promise<Pages> {
  if (word !== undefined && word !== 'all') throw new InvalidInput(`generate signatures: expected all, got "${word}"`);
  const old =
    word === 'all' ? { laws: [], mutants: [] } : readSignatures(readFileSync(join(packageRoot(), PATH), 'utf8'));
  const known = old.laws.filter((id) => LAWS.some((law) => law.id === id));
  const laws = [...known, ...LAWS.map(({ id }) => id).filter((id) => !known.includes(id))];
  const mutants: Signature[] = [];
  for (const [i, mutant] of MUTANTS.entries()) {
    const kept = old.mutants.find(({ name }) => name === mutant.name);
    const missing = LAWS.filter(({ id }) => kept === undefined || !known.includes(id));
    if (missing.length > 0) process.stderr.write(`${i + 1}/${MUTANTS.length} ${mutant.name}\n`);
    const found = await signatureOf(mutant, missing);
    mutants.push({
      name: mutant.name,
      always: new Map([...(kept?.always ?? []), ...found.always]),
      sometimes: [...(kept?.sometimes ?? []), ...found.sometimes],
    });
  }
  return new Map([[PATH, render(laws, mutants)]]);
}

async function signatureOf(mutant: Mutant, laws: readonly Law[]): Promise<Signature> {
  const always = new Map<string, number>();
  const sometimes: string[] = [];
  for (const law of laws.filter((each) => mayBreak(mutant, each))) {
    const runs = mutant.caughtBy.includes(law.id) ? RUNS : RUNS_OF_OTHERS;
    const taken: number[] = [];
    for (const seed of SEEDS) {
      // A new one each time: some remember what they were asked.
      const verdict = await checkLaw(law, createLiteral(mutant), { runs, seed, shrinks: false });
      // What holds at first is not tried again: it breaks rarely, if at all.
      if (verdict.state !== 'fail') break;
      taken.push(Number(verdict.path.split(':')[0]) + 1);
    }
    if (taken.length === SEEDS.length) always.set(law.id, Math.max(...taken));
    else if (taken.length > 0) sometimes.push(law.id);
  }
  return { name: mutant.name, always, sometimes };
}

/** What of a mutant does not reach beyond the operations of its pieces. */
const WITHIN: readonly string[] = [
  'pieces',
  'optimizer',
  'name',
  'caughtBy',
  'breaks',
  'ties',
] satisfies (keyof Mutant)[];

/** Whether a law asks for anything that the mutant has replaced: an optimizer alone leaves the projection as it is. */
function mayBreak(mutant: Mutant, { operation }: Law): boolean {
  if (Object.keys(mutant).some((key) => !WITHIN.includes(key))) return true;
  if (operation === 'optimize') return mutant.optimizer !== undefined;
  return operation === 'train' || mutant.pieces !== undefined;
}

/** A line a mutant; a law is its place in the list, which a new law does not shift. */
function render(laws: readonly string[], mutants: readonly Signature[]): string {
  const place = (id: string): number => laws.indexOf(id);
  const rows = mutants.map(({ name, always, sometimes }) =>
    JSON.stringify({
      name,
      always: [...always].map(([id, inputs]) => [place(id), inputs]),
      sometimes: sometimes.map(place),
    }),
  );
  return `{\n"laws": [\n${laws.map((id) => JSON.stringify(id)).join(',\n')}\n],\n"mutants": [\n${rows.join(',\n')}\n]\n}\n`;
}
