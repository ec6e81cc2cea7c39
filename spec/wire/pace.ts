/**
 * How fast a program answers, and so how far ahead it may be asked.
 *
 * @module
 */

/** How long all that is asked ahead may take, in milliseconds: a run that is over does not wait for longer. */
const AHEAD_MS = 20;

/** The share of the newest answer in the mean. */
const NEWEST = 1 / 8;

export class Pace {
  #mean: number | undefined;

  /** @param milliseconds - that an answer took, counted from the one before it if the program was busy until then. */
  note(milliseconds: number): void {
    this.#mean = this.#mean === undefined ? milliseconds : (1 - NEWEST) * this.#mean + NEWEST * milliseconds;
  }

  /** How many questions are answered within a time; one if nothing is known yet. */
  within(milliseconds: number = AHEAD_MS): number {
    return this.#mean === undefined ? 1 : Math.max(1, Math.floor(milliseconds / this.#mean));
  }
}
