/**
 * The similarity that near-duplicates are defined by, as one would write it down.
 *
 * @module
 */
import { contentWords } from '../../../src/data/nearDuplicates.ts';

/** |a ∩ b| / |a ∪ b| of the texts' sets of content words. */
export function jaccard(a: string, b: string): number {
  return jaccardOfSets(new Set(contentWords(a)), new Set(contentWords(b)));
}

export function jaccardOfSets(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared);
}
