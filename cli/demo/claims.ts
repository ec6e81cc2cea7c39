/**
 * The paper's claims that the main job's own numbers can speak to. Each is decided by a rule fixed here, before the
 * numbers are known, and says so when it does not hold.
 *
 * @module
 */
import type { Claim, ResultRow } from '../report/input.ts';
import { formatCount, formatShare } from '../table.ts';
import { formatEpsilon, labelOf } from './methods.ts';
import type { Rate } from './rates.ts';

/** What was measured. */
export interface Evidence {
  readonly rows: readonly ResultRow[];
  /** Test rows behind each metric. */
  readonly count: number;
  /** Recorded learning rates, ε from large to small, full fine-tuning first; empty where there was no sweep. */
  readonly rates: readonly Rate[];
}

/** Looks at every claim that the rows allow. */
export function checkClaims(evidence: Evidence): Claim[] {
  return [
    qualityGrowsWithEpsilon(evidence),
    churnBeatsRandom(evidence),
    tenPercentMatchesFull(evidence),
    rateGrowsAsEpsilonShrinks(evidence),
    absoluteSizeGoverns(evidence),
  ].filter((claim) => claim !== null);
}

function qualityGrowsWithEpsilon({ rows }: Evidence): Claim | null {
  const dst = rows.filter(({ method }) => method === 'DST').sort((a, b) => (a.epsilon ?? 0) - (b.epsilon ?? 0));
  if (dst.length < 2) return null;
  return {
    anchor: 'Fig. 1',
    claim: 'quality grows with ε',
    holds: dst.every((row, i) => i === 0 || row.metric > dst[i - 1].metric),
    evidence: dst.map((row) => `${formatEpsilon(row.epsilon ?? 1)}: ${formatShare(row.metric, 1)}`).join(', '),
  };
}

function churnBeatsRandom({ rows, count }: Evidence): Claim | null {
  const random = rows.find(({ method }) => method === 'random mask');
  const dst = rows.find(({ method, epsilon }) => method === 'DST' && epsilon === random?.epsilon);
  if (random === undefined || dst === undefined) return null;
  const { difference, margin } = compare(dst.metric, random.metric, count);
  return {
    anchor: 'Table 2',
    claim: `DST beats a random mask of the same size (ε = ${formatEpsilon(dst.epsilon ?? 1)})`,
    holds: difference > margin,
    evidence: `${formatShare(dst.metric, 1)} against ${formatShare(random.metric, 1)}: ${points(difference)} ± ${points(margin)}`,
  };
}

function tenPercentMatchesFull({ rows, count }: Evidence): Claim | null {
  const full = rows.find(({ method }) => method === 'full fine-tuning');
  const dst = rows.find(({ method, epsilon }) => method === 'DST' && epsilon === 0.1);
  if (full === undefined || dst === undefined) return null;
  const { difference, margin } = compare(dst.metric, full.metric, count);
  return {
    anchor: 'Fig. 6',
    claim: 'at ε = 10 % DST is as good as full fine-tuning',
    holds: difference > -margin,
    evidence: `${formatShare(dst.metric, 1)} against ${formatShare(full.metric, 1)}: ${points(difference)} ± ${points(margin)}`,
  };
}

function rateGrowsAsEpsilonShrinks({ rates }: Evidence): Claim | null {
  if (rates.length < 2) return null;
  return {
    anchor: 'Fig. 9',
    claim: 'the best learning rate grows as ε shrinks',
    holds: rates.every((rate, i) => i === 0 || rate.learningRate >= rates[i - 1].learningRate),
    evidence: rates
      .map(
        ({ method, epsilon, learningRate }) =>
          `${method === 'full' ? 'full' : formatEpsilon(epsilon ?? 1)}: ${learningRate}`,
      )
      .join(', '),
  };
}

function absoluteSizeGoverns({ rows, count }: Evidence): Claim | null {
  const full = rows.find(({ method }) => method === 'full fine-tuning');
  const dst = rows.filter(({ method }) => method === 'DST').sort((a, b) => a.changed - b.changed);
  if (full === undefined || dst.length === 0) return null;
  const [smallest] = dst;
  const { difference, margin } = compare(smallest.metric, full.metric, count);
  return {
    anchor: 'Fig. 3',
    claim: 'a small model loses at small ε, because the absolute size of the subset governs',
    holds: difference < -margin,
    evidence: `${labelOf('DST', smallest.epsilon)} is ${formatCount(smallest.changed)} parameters here: ${points(difference)} ± ${points(margin)} against full fine-tuning`,
  };
}

/** Two shares of `count` rows each: their difference and its 95 % margin (normal approximation). */
function compare(a: number, b: number, count: number): { difference: number; margin: number } {
  const variance = (a * (1 - a) + b * (1 - b)) / count;
  return { difference: a - b, margin: 1.96 * Math.sqrt(variance) };
}

function points(share: number): string {
  return `${(100 * share).toFixed(1)} points`;
}
