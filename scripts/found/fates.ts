/**
 * What becomes of each mutant, over many seeds.
 *
 * @module
 */
import { openTrial } from './falls.ts';
import type { FoundMutant } from './mutants.ts';
import type { Drawn, Question } from './question.ts';

/** A default run's inputs: as many as test/spec/laws.spec.ts takes. */
export const RUNS = 150;

/** What became of a mutant. */
export interface Fate {
  readonly mutant: FoundMutant;
  /** By seed, the question that it fell to; undefined if it survived. */
  readonly falls: readonly (string | undefined)[];
}

/** By file and scope, the questions that its mutants fall to, in the order in which they are asked. */
export type CaughtBy = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The questions of these ids, in their order. */
export function chosen(ids: readonly string[], questions: readonly Question[]): readonly Question[] {
  return ids.flatMap((id) => questions.filter((question) => question.id === id));
}

/** Asks the scope's questions first, and all others only if none of those catches it. */
export async function follow(
  mutant: FoundMutant,
  first: readonly string[],
  questions: readonly Question[],
  draws: readonly Drawn[],
): Promise<Fate> {
  const ask = openTrial(mutant);
  const falls: (string | undefined)[] = [];
  const known = chosen(first, questions);
  const others = questions.filter((question) => !known.includes(question));
  for (const drawn of draws) falls.push((await ask(known, drawn)) ?? (await ask(others, drawn)));
  return { mutant, falls };
}
