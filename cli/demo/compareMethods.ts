/**
 * Two methods of a comparison against each other, and the numbers in words.
 *
 * @module
 */
import type { MetricName } from '../../src/data/task.ts';
import { METRIC_SCALES, type MetricScale } from '../../src/metrics/measure.ts';
import { computeDifference, type Difference } from '../../src/metrics/paired.ts';
import type { RowScores } from '../../src/metrics/rowScores.ts';
import { formatMetric, inUnits } from '../report/format.ts';
import type { DemoMethod } from './methods.ts';

/** What was measured of a method. */
export interface MeasuredMethod extends Pick<DemoMethod, 'method' | 'epsilon' | 'threshold'> {
  /** The mean of the metric over the random seeds. */
  readonly mean: number;
  /** Of the test rows, under each seed. */
  readonly scores: readonly RowScores[];
}

/** A difference, and what is said of it. */
export interface Comparison {
  readonly difference: Difference;
  /** Whether there are rows enough to decide anything. */
  readonly isEnough: boolean;
  /** `60.5 % against 58.1 %: +2.3 points, 95 % interval -0.7 to +5.2, p = 0.13 (McNemar, exact)` */
  readonly words: string;
}

/**
 * Sentences that BLEU needs before a claim is decided: a bootstrap of fewer, which may all be alike, is too sure of itself.
 * Shares need no such bound (decision 0210).
 */
const LEAST_SENTENCES = 100;

/** The first against the second, row by row. */
export function compareMethods(metric: MetricName, first: MeasuredMethod, second: MeasuredMethod): Comparison {
  const scale = METRIC_SCALES[metric];
  const difference = computeDifference(metric, first.scores, second.scores);
  const isEnough = metric !== 'BLEU' || first.scores[0].correct.length >= LEAST_SENTENCES;
  const against = [first, second].map(({ mean }) => formatMetric(mean, scale, ' ')).join(' against ');
  return {
    difference,
    isEnough,
    words: `${against}: ${describeDifference(difference, scale)}${isEnough ? '' : `; fewer than ${LEAST_SENTENCES} sentences decide nothing`}`,
  };
}

function describeDifference({ value, low, high, p }: Difference, scale: MetricScale): string {
  const signed = (x: number): string => {
    const text = inUnits(x, scale).toFixed(1);
    return text.startsWith('-') ? text : `+${text}`;
  };
  const test = p === null ? '' : `, p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`} (McNemar, exact)`;
  return `${signed(value)} points, 95 % interval ${signed(low)} to ${signed(high)}${test}`;
}
