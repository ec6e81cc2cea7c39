/**
 * A row of results, for specs.
 *
 * @module
 */
import type { Row } from '../../bench/result.ts';

/** One contestant's rounds in a case, on one thread unless `more` says otherwise. */
export function row(name: string, peer: string, rounds: readonly number[], more: Partial<Row> = {}): Row {
  return { case: name, peer, threads: 1, rounds, ...more };
}
