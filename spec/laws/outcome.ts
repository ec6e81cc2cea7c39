/**
 * What can come of putting a law to an implementation.
 *
 * @module
 */

/** How an answer falls short. */
export interface Violation {
  /** Which element, silo or step. */
  readonly at?: string;
  readonly got: unknown;
  readonly wanted: unknown;
  /** If what came is an error: of what kind. */
  readonly errorKind?: string;
}

/** The implementation declined to answer, with its reason. */
export interface Skipped {
  readonly skip: string;
}

/** `undefined`: the law holds for this input. */
export type Outcome = undefined | Violation | Skipped;
