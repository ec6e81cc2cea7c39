/**
 * What each wrong program of spec/mutants fails, found by running it: `npm run generate -- signatures`.
 *
 * @module
 */
import { readFileSync } from 'node:fs';

/** The laws that a mutant fails. */
export interface Signature {
  /** The mutant's. */
  readonly name: string;
  /** Those that it failed from each seed, and how many inputs that took at most. */
  readonly always: ReadonlyMap<string, number>;
  /** Those that it failed from some of the seeds. */
  readonly sometimes: readonly string[];
}

export interface Signatures {
  /** The laws that were tried: of another one nothing is known. */
  readonly laws: readonly string[];
  readonly mutants: readonly Signature[];
}

/** As in the file: a law is its place in the list. */
interface Stored {
  readonly laws: readonly string[];
  readonly mutants: readonly {
    readonly name: string;
    readonly always: readonly (readonly [number, number])[];
    readonly sometimes: readonly number[];
  }[];
}

/** The signatures in a file's text. */
export function readSignatures(text: string): Signatures {
  const { laws, mutants } = JSON.parse(text) as Stored;
  return {
    laws,
    mutants: mutants.map(({ name, always, sometimes }) => ({
      name,
      always: new Map(always.map(([law, inputs]) => [laws[law], inputs])),
      sometimes: sometimes.map((law) => laws[law]),
    })),
  };
}

/** Those that come with the kit. */
export function loadSignatures(): Signatures {
  return readSignatures(readFileSync(new URL('./signatures.json', import.meta.url), 'utf8'));
}
