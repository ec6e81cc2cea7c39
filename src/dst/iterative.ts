/**
 * Algorithm 2: a threshold found by counting, around the one of the step before.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { bisect } from '../paper.ts';
import { selectThreshold } from './threshold.ts';

/** The constants of Algorithm 2. */
export interface BisectionOptions {
  /** c: the bracket reaches from τ/c to τ·c. */
  readonly factor: number;
  /** T: how often the bracket is halved. */
  readonly iterations: number;
}

/** One halving of the bracket. */
export interface Bisection {
  readonly iteration: number;
  readonly lo: number;
  readonly hi: number;
  readonly mid: number;
  /** f(mid), Eq. 8. */
  readonly fraction: number;
}

/**
 * Algorithm 2 from its start to its end, counting as it is written: 0 and ∞ stay what they are ({@link reseedThreshold} is for
 * them). The bracket is float64; what is compared with distances, and what is carried to the next step, is rounded to float32.
 *
 * @algorithm 2
 * @equation 8
 * @ruling amb-19
 * @ruling amb-22
 * @restored
 * @param fraction - the ε that f(τ) is brought to.
 * @param previous - τ of the step before, 0 or more.
 * @param observe - is told of each halving.
 * @throws {@link InvalidInput} if a constant or the previous threshold is out of range.
 * @example
 * ```ts
 * computeIterativeThreshold(Float32Array.of(1, 2, 3, 4), 0.5, 2, { factor: 2, iterations: 1 }, kernels); // 1.75
 * ```
 */
export function computeIterativeThreshold(
  distances: Float32Array,
  fraction: number,
  previous: number,
  options: BisectionOptions,
  kernels: Kernels,
  observe?: (halving: Bisection) => void,
): number {
  checkBisection(options);
  checkPrevious('previous', previous);
  const tau = new Float32Array(1);
  let [iteration, lo, hi] = [0, previous / options.factor, previous * options.factor];
  const isLow = (mid: number): boolean => {
    const f = kernels.countAbove(distances, mid) / distances.length; // Eq. 8
    iteration += 1;
    observe?.({ iteration, lo, hi, mid, fraction: f });
    if (f > fraction) lo = mid;
    else hi = mid;
    return f > fraction;
  };
  bisect(tau, 0, lo, hi, isLow, options.iterations);
  return tau[0];
}

/**
 * Where to search from. 0 and ∞ are fixed points of Algorithm 2, whose bracket around them is empty: there it starts
 * from the exact threshold of the present distances. A warm start is a first τ of 0.
 *
 * @algorithm 2
 * @ruling amb-7
 * @decided
 */
export function reseedThreshold(previous: number, distances: Float32Array, keep: number, kernels: Kernels): number {
  return previous > 0 && previous < Infinity ? previous : selectThreshold(distances, keep, kernels).threshold;
}

/** @throws {@link InvalidInput} unless c is finite and above 1 and T a whole number from 1. */
export function checkBisection({ factor, iterations }: BisectionOptions): void {
  if (!(factor > 1 && factor < Infinity)) throw wrong('threshold.factor', 'a finite number above 1', factor);
  if (!Number.isSafeInteger(iterations) || iterations < 1) {
    throw wrong('threshold.iterations', 'a whole number from 1', iterations);
  }
}

/** @throws {@link InvalidInput} unless τ is 0 or more (∞ included). */
export function checkPrevious(where: string, previous: number): void {
  if (!(previous >= 0)) throw wrong(where, 'a threshold from 0', previous);
}
