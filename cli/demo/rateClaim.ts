/**
 * The claim about learning rates, which rests on a sweep and not on the comparison's runs.
 *
 * @module
 */
import type { Rate } from '../rates.ts';
import type { Claim, Verdict } from '../report/input.ts';
import { bracketOf, type Search } from '../sweep/bracket.ts';
import { formatEpsilon } from './methods.ts';
import { orderedRates } from './plan.ts';

/**
 * "The best learning rate grows as ε shrinks", from full fine-tuning to the smallest ε. A search on a grid knows a best rate no
 * better than the tried rates on either side. It holds if no best rate falls from one to the next and those around the
 * last lie above those around the first. It does not hold if those around one lie below those around the one
 * before. Otherwise, or if a search ended at its edge, it is not decided.
 */
export function rateGrowsAsEpsilonShrinks(search: Search | null): Claim | null {
  const ordered = orderedRates(search);
  if (search === null || ordered.length < 2) return null;
  return {
    anchor: 'Fig. 9',
    claim: 'the best learning rate grows as ε shrinks',
    verdict: judge(search, ordered),
    evidence: `${ordered.map((rate) => describe(search, rate)).join(', ')}. It rests on the sweep: ${describeSearch(search)}`,
  };
}

function judge(search: Search, ordered: readonly Rate[]): Verdict {
  const brackets = ordered.map((rate) => bracketOf(search, rate));
  const found = brackets.filter((bracket) => bracket !== null);
  if (found.length < brackets.length) return 'not decided';
  if (found.some(({ high }, i) => i > 0 && high < found[i - 1].low)) return 'does not hold';
  const never = ordered.every(({ learningRate }, i) => i === 0 || learningRate >= ordered[i - 1].learningRate);
  return never && found[found.length - 1].low > found[0].high ? 'holds' : 'not decided';
}

function describe(search: Search, rate: Rate): string {
  const name = rate.epsilon === null ? rate.method : formatEpsilon(rate.epsilon);
  const bracket = bracketOf(search, rate);
  const about = bracket === null ? 'at the edge of the search' : `${short(bracket.low)} to ${short(bracket.high)}`;
  return `${name}: ${rate.learningRate} (${about})`;
}

/** How the rates were searched, the same for all. */
export function describeSearch({ trialSteps, judgedBy, config }: Search): string {
  const { steps } = config;
  const length = trialSteps ?? (typeof steps === 'number' ? steps : null);
  const judge = judgedBy === 'metric' ? 'the metric on the development split' : 'the training loss';
  return `trials${length === null ? '' : ` of ${length} steps`} at rates a factor of 2 apart, one random seed, judged by ${judge}`;
}

function short(rate: number): string {
  return String(Number(rate.toPrecision(3)));
}
