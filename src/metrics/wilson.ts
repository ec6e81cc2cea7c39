/**
 * What a result is worth: accuracy with its interval, and the baselines that it has to beat.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** A share with its 95 % interval. */
export interface Proportion {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The 0.975 quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval for `successes` of `trials` (Wilson 1927): unlike ±1.96·σ it stays inside [0, 1] and is
 * honest near its ends.
 *
 * @throws InvalidInput if there are no trials, or more successes than trials.
 * @example
 * ```ts
 * computeWilson(50, 100); // { value: 0.5, low: 0.404, high: 0.596 }
 * ```
 */
export function computeWilson(successes: number, trials: number): Proportion {
  if (!(Number.isInteger(trials) && trials >= 1)) throw wrong('computeWilson: trials', 'at least 1', trials);
  if (!(Number.isInteger(successes) && successes >= 0 && successes <= trials)) {
    throw wrong('computeWilson: successes', `a whole number up to ${trials}`, successes);
  }
  const value = successes / trials;
  const z2 = (Z * Z) / trials;
  const centre = (value + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((value * (1 - value)) / trials + z2 / (4 * trials))) / (1 + z2);
  // The ends are exact where they must be; otherwise rounding could leave 1e-17 of a share that is 0.
  return { value, low: successes === 0 ? 0 : centre - half, high: successes === trials ? 1 : centre + half };
}
