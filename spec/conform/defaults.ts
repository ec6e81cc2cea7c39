/**
 * How thorough a conformance run is if nothing else is said.
 *
 * @module
 */

/** Inputs of a check of weight 1; vectors are chosen among as many, so that what catches a mutant in a run is found for them. */
export const RUNS = 150;

/** What the inputs are drawn from: the paper's arXiv number. */
export const SEED = 2411_08610;

/** How long an answer may take, in milliseconds. */
export const TIMEOUT_MS = 10_000;
