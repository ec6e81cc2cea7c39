/**
 * What pre-training learns from, laid out for its network.
 *
 * @module
 */
import type { MicroBatch } from '../models/textModel.ts';

export interface Objective {
  /** The micro-batches of a step, which counts from 1: a pure function of the step. */
  readonly batches: (step: number) => readonly MicroBatch[];
  /** What perplexity is measured on; no step sees it. */
  readonly heldOut: readonly MicroBatch[];
}
