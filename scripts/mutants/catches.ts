/**
 * Which laws catch a mutant, and how soon.
 *
 * @module
 */
import { checkLaw } from '../../spec/check.ts';
import type { Law } from '../../spec/laws/law.ts';
import { createLiteral } from '../../spec/mutants/literal.ts';
import type { Mutant } from '../../spec/mutants/mutant.ts';

/** A default run's inputs: as many as test/spec/laws.spec.ts takes. */
const RUNS = 150;
/** Inputs for a law that the mutant does not name: enough to see what else breaks often. */
const RUNS_OF_OTHERS = 15;

/** One law that the mutant names, over many seeds. */
export interface Named {
  readonly law: string;
  /** In how many of them it was caught. */
  readonly caught: number;
  /** How many inputs that took, the caught ones in ascending order. */
  readonly inputs: readonly number[];
}

export interface Catch {
  readonly name: string;
  readonly named: readonly Named[];
  /** The other laws that caught it in a short run from the first seed. */
  readonly others: readonly string[];
}

/** How many inputs a law took to break, or undefined if it held; a program that contradicts itself is caught too. */
async function inputsUntilCaught(law: Law, mutant: Mutant, seed: number, runs = RUNS): Promise<number | undefined> {
  try {
    const verdict = await checkLaw(law, createLiteral(mutant), { runs, seed, shrinks: false });
    return verdict.state === 'fail' ? Number(verdict.path.split(':')[0]) + 1 : undefined;
  } catch (error) {
    if (error instanceof Error && error.message.endsWith('in two ways')) return 1;
    throw error;
  }
}

export async function catchesOf(mutant: Mutant, laws: readonly Law[], seeds: number): Promise<Catch> {
  const named: Named[] = [];
  const others: string[] = [];
  for (const law of laws) {
    if (!mutant.caughtBy.includes(law.id)) {
      if ((await inputsUntilCaught(law, mutant, 1, RUNS_OF_OTHERS)) !== undefined) others.push(law.id);
      continue;
    }
    const inputs: number[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const count = await inputsUntilCaught(law, mutant, seed);
      if (count !== undefined) inputs.push(count);
    }
    named.push({ law: law.id, caught: inputs.length, inputs: inputs.sort((a, b) => a - b) });
  }
  return { name: mutant.name, named, others };
}
