/**
 * What a question is that a mutant is asked.
 *
 * @module
 */
import type { Subject } from './sources.ts';

/** How many inputs are drawn, and from what. */
export interface Drawn {
  readonly runs: number;
  readonly seed: number;
}

/** What a subject may be caught by. */
export interface Question {
  readonly id: string;
  /** Whether its answers are right. */
  readonly holds: (subject: Subject, drawn: Drawn) => Promise<boolean>;
}
