/**
 * The edit distance (Levenshtein 1966; the recurrence is Wagner and Fischer's of 1974).
 *
 * @module
 */
import { editDistance } from '../errors.ts';

/**
 * How many tokens have to be inserted, deleted or replaced to make `b` of `a`. In time |a|·|b|, in memory two rows.
 *
 * @example
 * ```ts
 * computeEditDistance([...'kitten'], [...'sitting']); // 3
 * ```
 */
export function computeEditDistance<Token>(a: readonly Token[], b: readonly Token[]): number {
  return editDistance(a, b, false);
}
