/**
 * T5's relative positions (Raffel et al. 2020, Section 2.1): a distance between a query and a key falls into a bucket,
 * and each bucket adds a learned number per head to the attention scores.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** How distances fall into buckets. */
export interface BucketOptions {
  /** How many buckets there are: 32 in T5. */
  readonly buckets: number;
  /** The distance from which all fall into the last bucket: 128 in T5. */
  readonly maximumDistance: number;
  /** Whether keys after the query have buckets of their own (an encoder), or share that of distance 0 (a decoder). */
  readonly bidirectional: boolean;
}

/** T5 1.1's own numbers. */
export const BUCKET_DEFAULTS = { buckets: 32, maximumDistance: 128 } as const;

/**
 * The bucket of a key at `offset` = key − query. Half of the buckets of a direction hold one distance each; the others
 * grow logarithmically up to the maximum distance, and the last holds all beyond.
 *
 * @throws InvalidInput if there are too few buckets for both halves, or the maximum distance is within the first half.
 * @example
 * ```ts
 * const encoder = { ...BUCKET_DEFAULTS, bidirectional: true };
 * relativeBucket(-3, encoder); // 3
 * relativeBucket(3, encoder); // 19
 * relativeBucket(-500, { ...BUCKET_DEFAULTS, bidirectional: false }); // 31
 * ```
 */
export function relativeBucket(offset: number, options: BucketOptions): number {
  const { buckets, maximumDistance, bidirectional } = options;
  const ofDirection = bidirectional ? Math.floor(buckets / 2) : buckets;
  const exact = Math.floor(ofDirection / 2);
  if (exact < 1) throw wrong('relativeBucket: buckets', `at least ${bidirectional ? 4 : 2}`, buckets);
  if (maximumDistance <= exact)
    throw wrong(
      'relativeBucket: maximumDistance',
      `more than ${exact}, the distances with a bucket each`,
      maximumDistance,
    );
  const first = bidirectional && offset > 0 ? ofDirection : 0;
  const distance = bidirectional ? Math.abs(offset) : Math.max(0, -offset);
  if (distance < exact) return first + distance;
  const share = Math.log(distance / exact) / Math.log(maximumDistance / exact);
  return first + Math.min(ofDirection - 1, exact + Math.floor(share * (ofDirection - exact)));
}

/**
 * The buckets of all pairs, [queries, keys] row by row.
 *
 * @param firstQuery - the position of the first query: that of the newest token if earlier ones are in a cache.
 */
export function relativeBuckets(queries: number, keys: number, options: BucketOptions, firstQuery = 0): Int32Array {
  const lowest = 1 - queries - firstQuery;
  const byOffset = Array.from({ length: queries + keys - 1 }, (_, i) => relativeBucket(lowest + i, options));
  const buckets = new Int32Array(queries * keys);
  for (let query = 0; query < queries; query++)
    for (let key = 0; key < keys; key++) buckets[query * keys + key] = byOffset[key - query + queries - 1];
  return buckets;
}
