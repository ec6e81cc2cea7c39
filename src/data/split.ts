/**
 * A split that is decided by hashes and keeps clusters whole (decision 0041).
 *
 * @module
 */
import { Unavailable } from '../errors.ts';
import { hashText } from './hash.ts';

export interface SplitSizes {
  readonly development: number;
  readonly test: number;
  /** Clusters of more than this many members always go to train. */
  readonly largestCluster: number;
}

/** Indices of the rows of each part; `dropped` are the further members of the clusters of development and test. */
export interface Split {
  readonly train: readonly number[];
  readonly development: readonly number[];
  readonly test: readonly number[];
  readonly dropped: readonly number[];
}

/**
 * Draws the clusters of test, then those of development, in the order of a hash of their first member's id. Each gives
 * *one* row, so that the rows that a result is counted on are not copies of each other; all the rest is train.
 *
 * @param ids - a stable name of each row.
 * @param clusters - of each row, the index of the first row of its cluster.
 */
export function splitByCluster(ids: readonly string[], clusters: ArrayLike<number>, sizes: SplitSizes): Split {
  const members = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) members[clusters[i]]++;
  const drawn = ids
    .map((id, index) => ({ index, hash: hashText(id) }))
    .filter(({ index }) => members[index] > 0 && members[index] <= sizes.largestCluster)
    .sort((a, b) => a.hash - b.hash || a.index - b.index)
    .slice(0, sizes.test + sizes.development)
    .map(({ index }) => index);
  if (drawn.length < sizes.test + sizes.development) {
    throw new Unavailable(
      `split: expected ${sizes.test + sizes.development} clusters to hold out, got ${drawn.length}`,
    );
  }
  const heldOut = new Set(drawn);
  const train: number[] = [];
  const dropped: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (!heldOut.has(clusters[i])) train.push(i);
    else if (clusters[i] !== i) dropped.push(i);
  }
  return { train, development: drawn.slice(sizes.test), test: drawn.slice(0, sizes.test), dropped };
}
