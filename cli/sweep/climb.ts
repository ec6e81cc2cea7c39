/**
 * The search for a learning rate: on a grid of factors of two, uphill from a guess until the best has a worse
 * neighbour on either side.
 *
 * @module
 */
import type { Trial } from '../rates.ts';

/** The grid: 1, 2 and 5 times each power of ten would be as good; factors of two are evenly spaced. */
const FACTOR = 2;
/** Where the climb gives up: 2⁻¹⁰ and 2¹⁰ times the guess. */
const LIMIT = 10;

/**
 * Climbs from `guess`. Ties go to the rate that was tried first.
 *
 * @param measure - what a learning rate is judged by, such as the metric on the development split.
 * @param isBetter - whether a value is better than another: greater, if nothing is said.
 * @returns the best rate, and every trial in the order of the rates.
 */
export async function climb(
  guess: number,
  measure: (learningRate: number) => Promise<number>,
  isBetter: (value: number, than: number) => boolean = (value, than) => value > than,
): Promise<{ best: Trial; trials: readonly Trial[] }> {
  const trials = new Map<number, Trial>();
  const tryAt = async (exponent: number): Promise<Trial> => {
    const known = trials.get(exponent);
    if (known !== undefined) return known;
    // Three digits: a rate that a reader can copy.
    const learningRate = Number((guess * FACTOR ** exponent).toPrecision(3));
    const trial = { learningRate, value: await measure(learningRate) };
    trials.set(exponent, trial);
    return trial;
  };
  let top = 0;
  let best = await tryAt(0);
  for (let moved = true; moved;) {
    moved = false;
    for (const direction of [-1, 1]) {
      const next = top + direction;
      if (Math.abs(next) > LIMIT) continue;
      const trial = await tryAt(next);
      if (isBetter(trial.value, best.value)) [top, best, moved] = [next, trial, true];
    }
  }
  const inOrder = [...trials].sort(([a], [b]) => a - b).map(([, trial]) => trial);
  return { best, trials: inOrder };
}
