/**
 * How closely a search has found a learning rate.
 *
 * @module
 */
import { findRate, type Rate, type Rates } from '../rates.ts';

/** What a sweep recorded, without what it was recorded of. */
export type Search = Pick<Rates, 'rates' | 'config' | 'trialSteps' | 'ratePower' | 'judgedBy'>;

/** The nearest rates that were tried on either side of the best, scaled as the recorded rate is. */
export interface Bracket {
  readonly low: number;
  readonly high: number;
}

/** The bracket of a recorded rate, or null if the best trial is the first or the last: the search ended there. */
export function bracketOf(search: Search, { learningRate, trials }: Rate): Bracket | null {
  const shrink = shrinkOf(search);
  const far = (tried: number): number => Math.abs(Math.log((tried * shrink) / learningRate));
  const tried = trials.map((trial) => trial.learningRate);
  const best = tried.reduce((nearest, rate, i) => (far(rate) < far(tried[nearest]) ? i : nearest), 0);
  return best > 0 && best < tried.length - 1 ? { low: tried[best - 1] * shrink, high: tried[best + 1] * shrink } : null;
}

/** What has to be known of a method's learning rate: `guess`, `edge of the search`; null if it is the best of a search. */
export function rateNoteOf(search: Search | null, method: string, epsilon: number | null): string | null {
  const rate = findRate(search, method, epsilon);
  if (search === null || rate === undefined) return 'guess';
  return bracketOf(search, rate) === null ? 'edge of the search' : null;
}

/** What the best trial's rate is multiplied by: trials may be shorter than runs. */
export function shrinkOf({ config, trialSteps, ratePower }: Search): number {
  const { steps } = config;
  return trialSteps === null || typeof steps !== 'number' ? 1 : (trialSteps / steps) ** ratePower;
}
