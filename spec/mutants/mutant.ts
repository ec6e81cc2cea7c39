/**
 * What a mutant is: the literal implementation with one symbol changed.
 *
 * @module
 */
import type { Variant } from './literal.ts';

/** A mutant and the laws that a default run must see broken. */
export interface Mutant extends Variant {
  readonly caughtBy: readonly string[];
}
