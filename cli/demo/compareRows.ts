/**
 * Is one row of the table better than another, by more than chance?
 *
 * @module
 */
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { ResultRow } from '../report/input.ts';

/** What was found, and the words for the numbers that decide it. */
export interface Comparison {
  /** `alike`: the difference may be chance. */
  readonly verdict: 'better' | 'worse' | 'alike';
  /** `-3.1 points ± 2.9 points`, or without the margin where there is none. */
  readonly difference: string;
  /** `; 95 % intervals 14.9 to 16.8 and 11.0 to 13.2 do not overlap` where these decide, else empty. */
  readonly intervals: string;
}

/** What the metric is, and of how many test rows. */
export interface Measured {
  readonly count: number;
  readonly metricScale: MetricScale;
}

/**
 * Shares of right answers differ by more than chance where their difference exceeds its 95 % margin (normal
 * approximation). Points have no such formula: they do where the rows' 95 % intervals do not overlap, which is the
 * stricter rule (decision 0176).
 */
export function compareRows(a: ResultRow, b: ResultRow, { count, metricScale }: Measured): Comparison {
  return metricScale === 'share' ? compareShares(a.metric, b.metric, count) : compareIntervals(a, b);
}

function compareShares(a: number, b: number, count: number): Comparison {
  const difference = a - b;
  const margin = 1.96 * Math.sqrt((a * (1 - a) + b * (1 - b)) / count);
  return {
    verdict: verdictOf(difference > margin, difference < -margin),
    difference: `${points(100 * difference)} ± ${points(100 * margin)}`,
    intervals: '',
  };
}

function compareIntervals(a: ResultRow, b: ResultRow): Comparison {
  const verdict = verdictOf(a.low > b.high, a.high < b.low);
  const interval = ({ low, high }: ResultRow): string => `${low.toFixed(1)} to ${high.toFixed(1)}`;
  return {
    verdict,
    difference: points(a.metric - b.metric),
    intervals: `; 95 % intervals ${interval(a)} and ${interval(b)} ${verdict === 'alike' ? 'overlap' : 'do not overlap'}`,
  };
}

function verdictOf(better: boolean, worse: boolean): Comparison['verdict'] {
  if (better) return 'better';
  return worse ? 'worse' : 'alike';
}

function points(difference: number): string {
  return `${difference.toFixed(1)} points`;
}
