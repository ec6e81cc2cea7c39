/**
 * The paper's claims that the main job's own numbers can speak to. Each is decided by a rule fixed here, before the
 * numbers are known, and says so when it does not hold.
 *
 * @module
 */
import { formatMetric } from '../report/format.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { Rate } from '../rates.ts';
import type { Claim, ResultRow } from '../report/input.ts';
import { formatCount } from '../table.ts';
import { compareRows } from './compareRows.ts';
import { formatEpsilon, labelOf } from './methods.ts';

/** What was measured. */
export interface Evidence {
  readonly rows: readonly ResultRow[];
  /** Test rows behind each metric. */
  readonly count: number;
  readonly metricScale: MetricScale;
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

function qualityGrowsWithEpsilon({ rows, metricScale }: Evidence): Claim | null {
  const dst = rows.filter(({ method }) => method === 'DST').sort((a, b) => (a.epsilon ?? 0) - (b.epsilon ?? 0));
  if (dst.length < 2) return null;
  return {
    anchor: 'Fig. 1',
    claim: 'quality grows with ε',
    holds: dst.every((row, i) => i === 0 || row.metric > dst[i - 1].metric),
    evidence: dst
      .map((row) => `${formatEpsilon(row.epsilon ?? 1)}: ${formatMetric(row.metric, metricScale, ' ')}`)
      .join(', '),
  };
}

function churnBeatsRandom(measured: Evidence): Claim | null {
  const { rows } = measured;
  const random = rows.find(({ method }) => method === 'random mask');
  const dst = rows.find(({ method, epsilon }) => method === 'DST' && epsilon === random?.epsilon);
  if (random === undefined || dst === undefined) return null;
  const { verdict, difference, intervals } = compareRows(dst, random, measured);
  return {
    anchor: 'Table 2',
    claim: `DST beats a random mask of the same size (ε = ${formatEpsilon(dst.epsilon ?? 1)})`,
    holds: verdict === 'better',
    evidence: `${against(dst, random, measured.metricScale)}: ${difference}${intervals}`,
  };
}

function tenPercentMatchesFull(measured: Evidence): Claim | null {
  const { rows } = measured;
  const full = rows.find(({ method }) => method === 'full fine-tuning');
  const dst = rows.find(({ method, epsilon }) => method === 'DST' && epsilon === 0.1);
  if (full === undefined || dst === undefined) return null;
  const { verdict, difference, intervals } = compareRows(dst, full, measured);
  return {
    anchor: 'Fig. 6',
    claim: 'at ε = 10 % DST is as good as full fine-tuning',
    holds: verdict !== 'worse',
    evidence: `${against(dst, full, measured.metricScale)}: ${difference}${intervals}`,
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

function absoluteSizeGoverns(measured: Evidence): Claim | null {
  const { rows } = measured;
  const full = rows.find(({ method }) => method === 'full fine-tuning');
  const dst = rows.filter(({ method }) => method === 'DST').sort((a, b) => a.changed - b.changed);
  if (full === undefined || dst.length === 0) return null;
  const [smallest] = dst;
  const { verdict, difference, intervals } = compareRows(smallest, full, measured);
  return {
    anchor: 'Fig. 3',
    claim: 'a small model loses at small ε, because the absolute size of the subset governs',
    holds: verdict === 'worse',
    evidence: `${labelOf('DST', smallest.epsilon)} is ${formatCount(smallest.changed)} parameters here: ${difference} against full fine-tuning${intervals}`,
  };
}

/** `64.1 % against 67.3 %` */
function against(a: ResultRow, b: ResultRow, scale: MetricScale): string {
  return `${formatMetric(a.metric, scale, ' ')} against ${formatMetric(b.metric, scale, ' ')}`;
}
