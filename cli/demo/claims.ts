/**
 * The paper's claims that a comparison's own numbers can speak to. Each is decided by a rule fixed here, before the numbers
 * are known, and says so when it does not hold, or is not decided by them. Nothing is said of causes that were not varied.
 *
 * @module
 */
import type { MetricName } from '../../src/data/task.ts';
import { METRIC_SCALES } from '../../src/metrics/measure.ts';
import type { Proportion } from '../../src/metrics/wilson.ts';
import type { Claim, Verdict } from '../report/input.ts';
import type { Search } from '../sweep/bracket.ts';
import { compareMethods, type MeasuredMethod } from './compareMethods.ts';
import { atEpsilon, formatEpsilon, ofMethod } from './methods.ts';
import { rateGrowsAsEpsilonShrinks } from './rateClaim.ts';
import { judgeAll, judgeAsGood, judgeBetter } from './verdict.ts';

/** What was measured. */
export interface Evidence {
  readonly metric: MetricName;
  readonly methods: readonly MeasuredMethod[];
  /** The seed as it is. */
  readonly seed: Proportion;
  /** What a sweep recorded, or null. */
  readonly search: Search | null;
}

/** Looks at every claim that was asked. */
export function checkClaims(evidence: Evidence): Claim[] {
  return [
    qualityGrowsWithEpsilon(evidence),
    churnBeatsRandom(evidence),
    tenPercentMatchesFull(evidence),
    algorithm2MatchesSelection(evidence),
    rateGrowsAsEpsilonShrinks(evidence.search),
  ].filter((claim) => claim !== null);
}

function qualityGrowsWithEpsilon({ metric, methods }: Evidence): Claim | null {
  const dst = ofMethod(methods, 'dst').sort((a, b) => (a.epsilon ?? 0) - (b.epsilon ?? 0));
  if (dst.length < 2) return null;
  const steps = dst.slice(1).map((method, i) => {
    const { words, ...rest } = better(metric, method, dst[i]);
    return {
      ...rest,
      words: `ε = ${formatEpsilon(method.epsilon ?? 1)} against ${formatEpsilon(dst[i].epsilon ?? 1)}: ${words}`,
    };
  });
  return {
    anchor: 'Fig. 1',
    claim: 'quality grows with ε',
    verdict: judgeAll(steps.map(({ verdict }) => verdict)),
    evidence: steps.map(({ words }) => words).join('; '),
  };
}

function churnBeatsRandom({ metric, methods }: Evidence): Claim | null {
  const random = ofMethod(methods, 'random').at(0);
  const dst = random && atEpsilon(methods, 'dst', random.epsilon);
  if (random === undefined || dst === undefined) return null;
  const { verdict, words } = better(metric, dst, random);
  return {
    anchor: 'Table 2',
    claim: `DST beats a random mask of the same size (ε = ${formatEpsilon(dst.epsilon ?? 1)})`,
    verdict,
    evidence: words,
  };
}

function tenPercentMatchesFull({ metric, methods, seed }: Evidence): Claim | null {
  const full = ofMethod(methods, 'full').at(0);
  const dst = atEpsilon(methods, 'dst', 0.1);
  if (full === undefined || dst === undefined) return null;
  const { verdict, words } = asGood(metric, dst, full, seed);
  return { anchor: 'Fig. 6', claim: 'at ε = 10 % DST is as good as full fine-tuning', verdict, evidence: words };
}

function algorithm2MatchesSelection({ metric, methods, seed }: Evidence): Claim | null {
  const iterative = methods.find(({ threshold }) => threshold !== undefined);
  const exact = iterative && atEpsilon(methods, iterative.method, iterative.epsilon);
  if (iterative === undefined || exact === undefined) return null;
  const { verdict, words } = asGood(metric, iterative, exact, seed);
  return {
    anchor: 'Alg. 2',
    claim: `the iterative threshold is as good as exact selection (ε = ${formatEpsilon(exact.epsilon ?? 1)})`,
    verdict,
    evidence: words,
  };
}

/** What is said of a pair. */
interface Judged {
  readonly verdict: Verdict;
  readonly words: string;
}

function better(metric: MetricName, first: MeasuredMethod, second: MeasuredMethod): Judged {
  const { difference, isEnough, words } = compareMethods(metric, first, second);
  return { verdict: isEnough ? judgeBetter(difference) : 'not decided', words };
}

/** Whether a method is as good as another, which has to have learned something itself. */
function asGood(metric: MetricName, first: MeasuredMethod, second: MeasuredMethod, seed: Proportion): Judged {
  const scale = METRIC_SCALES[metric];
  const { difference, isEnough, words } = compareMethods(metric, first, second);
  if (second.mean <= seed.high)
    return { verdict: 'not decided', words: `${words}; the second is no better than the seed as it is` };
  return { verdict: isEnough ? judgeAsGood(difference, scale) : 'not decided', words };
}
