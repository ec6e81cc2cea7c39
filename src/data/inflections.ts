/**
 * Families of words: "abandon", "abandon's", "abandons", "abandoned", "abandoning". Who knows how one is said nearly knows
 * the others, so they have to stay on one side of a split (decision 0174).
 *
 * @module
 */
import { createSets, join, rootsOf } from './disjointSets.ts';

/** The regular endings of English inflection that leave the word before them as it is spelt. */
const SUFFIXES = ["'s", "'", 's', 'es', 'd', 'ed', 'ing'] as const;

/**
 * The family of each word, named by the index of the family's first word: the components of "one is the other and a
 * suffix". A chain of them may join words that only look alike (car, cared, care); that costs a few rows and leaks none.
 *
 * @param words - each once.
 * @returns one index a word: `families[i] ≤ i`, and `families[families[i]] = families[i]`.
 * @example
 * ```ts
 * groupInflections(['bake', 'lamp', 'baked', "baked's"]); // [0, 1, 0, 0]
 * ```
 */
export function groupInflections(words: readonly string[]): Int32Array {
  const indexOf = new Map(words.map((word, i) => [word, i]));
  const parent = createSets(words.length);
  for (const [i, word] of words.entries()) {
    for (const suffix of SUFFIXES) {
      const inflected = indexOf.get(word + suffix);
      if (inflected !== undefined) join(parent, i, inflected);
    }
  }
  return rootsOf(parent);
}
