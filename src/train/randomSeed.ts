/**
 * The random seed under its former name. It was called `seed`, as the pre-trained model is: so it is in files that were
 * stored then, and in the fingerprints of runs, which must not change (decision 0310).
 *
 * @module
 */

/** Stored fields with the random seed under today's name. If both names are there, nothing is changed, and the reader refuses the former one. */
export function withRandomSeed(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('seed' in stored) || 'randomSeed' in stored) return stored;
  const { seed: randomSeed, ...others } = stored;
  return { ...others, randomSeed };
}

/** A config as fingerprints have it, with the random seed under its former name. */
export function withFormerName<T extends { readonly randomSeed: number }>({
  randomSeed,
  ...others
}: T): Omit<T, 'randomSeed'> & { readonly seed: number } {
  return { ...others, seed: randomSeed };
}
