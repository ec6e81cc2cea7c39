/**
 * How the time of a run is shared: each check may take twice its fair share of what is left, and the same again for
 * making a failing input smaller. Checks that need less leave theirs to the later ones.
 *
 * @module
 */
import type { Limits } from '../attempt.ts';

/** The longest that one failing input is made smaller, in milliseconds. */
export const LONGEST_SHRINKING_MS = 5000;

export class Clock {
  readonly #now: () => number;
  readonly #end: number;
  readonly #timeoutMs: number;
  readonly #jobs: number;

  /**
   * @param timeoutMs - how long an answer may take.
   * @param now - in milliseconds.
   * @param jobs - how many checks are under way at once.
   */
  constructor(limitMs: number, timeoutMs: number, now: () => number, jobs = 1) {
    this.#jobs = jobs;
    this.#now = now;
    this.#timeoutMs = timeoutMs;
    this.#end = now() + limitMs;
  }

  /** Whether the whole run's time has passed. */
  get isOver(): boolean {
    return this.#now() >= this.#end;
  }

  /** The limits of the next of `left` checks, which begins now. */
  limitsOfNext(left: number): Limits {
    const share = (2 * this.#jobs * Math.max(0, this.#end - this.#now())) / left;
    const triedAt = this.#now() + share;
    let foundAt: number | undefined;
    return {
      isOver: () => this.isOver,
      isTriedEnough: () => this.#now() >= triedAt,
      isShrunkEnough: (state) => {
        foundAt ??= this.#now();
        const left = foundAt + Math.min(share, LONGEST_SHRINKING_MS) - this.#now();
        return left <= (state === 'timeout' ? this.#timeoutMs : 0);
      },
    };
  }
}
