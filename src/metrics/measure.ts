/**
 * The metrics of tasks: what answers are worth, with a 95 % interval.
 *
 * @module
 */
import type { Example, MetricName } from '../data/task.ts';
import { addStatistics, scoreBleu } from './bleu.ts';
import { computeBootstrap } from './bootstrap.ts';
import { scorePhonemeErrors } from './phonemeErrorRate.ts';
import { scoreRows, type RowScores } from './rowScores.ts';
import { computeWilson, type Proportion } from './wilson.ts';

/**
 * `share`: from 0 to 1, written as a percentage (accuracy, 64.1 %). `points`: of 100, written as they are (BLEU, 15.9). More is
 * better on both.
 */
export type MetricScale = 'share' | 'points';

/** What answers are worth. */
export interface Measure extends Proportion {
  readonly metric: MetricName;
  readonly scale: MetricScale;
  /** Answers that are a right one, letter for letter. */
  readonly correct: number;
  /** Examples measured. */
  readonly count: number;
  /** The field's second number about the same answers: of pronunciations the phoneme error rate. */
  readonly also?: Proportion & { readonly metric: 'phoneme error rate' };
}

/** On which scale a metric is. */
export const METRIC_SCALES: Readonly<Record<MetricName, MetricScale>> = {
  accuracy: 'share',
  BLEU: 'points',
  'exact match': 'share',
};

/** Of the bootstrap's drawing: the same answers have the same interval. */
const SEED = 1;

/**
 * Measures answers to examples.
 *
 * @param answers - one an example, in their order.
 * @throws InvalidInput if there are no examples, or another number of answers.
 * @example
 * ```ts
 * measureAnswers('accuracy', ['cat'], [{ text: 'it purrs', label: 'cat' }]).value; // 1
 * ```
 */
export function measureAnswers(metric: MetricName, answers: readonly string[], examples: readonly Example[]): Measure {
  return measureRows(metric, scoreRows(metric, answers, examples));
}

/**
 * The measure that the scores of rows add up to.
 *
 * @param rows - of at least one row, as {@link scoreRows} makes them for the metric.
 * @example
 * ```ts
 * measureRows('accuracy', { correct: [true, false] }).value; // 0.5
 * ```
 */
export function measureRows(metric: MetricName, rows: RowScores): Measure {
  const { bleu, phonemes } = rows;
  const correct = rows.correct.filter(Boolean).length;
  const count = rows.correct.length;
  const interval =
    bleu === undefined
      ? computeWilson(correct, count)
      : computeBootstrap(bleu, (sample) => scoreBleu(addStatistics(sample)).score, SEED);
  return {
    metric,
    scale: METRIC_SCALES[metric],
    ...interval,
    correct,
    count,
    ...(phonemes === undefined
      ? {}
      : { also: { metric: 'phoneme error rate', ...computeBootstrap(phonemes, scorePhonemeErrors, SEED) } }),
  };
}
