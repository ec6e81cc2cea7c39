/**
 * What a mutant is: the literal implementation with one symbol changed.
 *
 * @module
 */
import { DIALECTS } from '../implementation.ts';
import type { LawAnchor } from '../laws/law.ts';
import type { Variant } from './literal.ts';

/** A mutant and the laws that a default run must see broken. */
export interface Mutant extends Variant {
  readonly caughtBy: readonly string[];
  /** The places of the paper that it breaks, if its name does not begin with the one. */
  readonly breaks?: readonly LawAnchor[];
}

/** What the names of mutants begin with, and the places that this means: Table 1 has all three distances. */
const PLACES: readonly (readonly [start: string, places: readonly LawAnchor[]])[] = [
  ['Tab. 1', ['tab-1', 'eq-5']],
  ['Eq. 2', ['eq-2']],
  ['Eq. 3', ['eq-3']],
  ['Eq. 4', ['eq-4']],
  ['Eq. 5', ['eq-5']],
  ['Eq. 6', ['eq-6']],
  ['Eq. 7', ['eq-7']],
  ['Eq. 8', ['eq-8']],
  ['Eq. 9', ['eq-9']],
  ['Alg. 1', ['alg-1']],
  ['Alg. 2', ['alg-2']],
  ['silos', ['sec-3.2']],
  ...['AdaFactor', 'dialects', ...DIALECTS].map((name) => [name, ['app-f']] as const),
];

/** The places of the paper that a mutant breaks; none if neither its name nor its row says so. */
export function placesBrokenBy({ name, breaks }: Pick<Mutant, 'name' | 'breaks'>): readonly LawAnchor[] {
  return breaks ?? PLACES.find(([start]) => new RegExp(`^${start}\\b`).test(name))?.[1] ?? [];
}

/** What of a mutant is no part of its mistake. */
const ABOUT: readonly string[] = ['name', 'caughtBy', 'breaks'] satisfies (keyof Mutant)[];

/** What is wrong with a mutant, as a text: the same for two that differ in name alone. */
export function mistakeOf(mutant: Mutant): string {
  const wrong = Object.entries(mutant).filter(([key]) => !ABOUT.includes(key));
  return JSON.stringify(wrong, (_key, value: unknown) => (typeof value === 'function' ? String(value) : value));
}
