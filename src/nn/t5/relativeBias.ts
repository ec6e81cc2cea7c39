/**
 * The bias that relative positions add to attention scores.
 *
 * @module
 */
import { gather } from '../../autograd/linear.ts';
import type { Tape } from '../../autograd/tape.ts';
import type { Variable } from '../../autograd/variable.ts';
import { relativeBuckets, type BucketOptions } from '../relativePositions.ts';

/** A rectangle of query and key positions. */
export interface Positions {
  readonly queries: number;
  readonly keys: number;
  /** The position of the first query. */
  readonly firstQuery?: number;
}

/**
 * table[bucket(key − query), head] for every head, query and key.
 *
 * @param table - [buckets, heads]; on a tape that records, with its gradient, as parameters have.
 * @returns [heads, queries, keys, 1].
 */
export function relativeBias(
  tape: Tape,
  table: Variable,
  { queries, keys, firstQuery = 0 }: Positions,
  options: BucketOptions,
): Variable {
  const [, heads] = table.shape;
  const buckets = relativeBuckets(queries, keys, options, firstQuery);
  const indices = new Int32Array(heads * buckets.length);
  for (let head = 0; head < heads; head++)
    for (let i = 0; i < buckets.length; i++) indices[head * buckets.length + i] = buckets[i] * heads + head;
  // Element by element: the table seen as a column.
  const column: Variable = { shape: [table.data.length, 1], data: table.data, gradient: table.gradient };
  return gather(tape, column, tape.ints(indices), [heads, queries, keys]);
}
