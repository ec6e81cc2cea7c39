/**
 * The metrics of tasks: what answers are worth, with a 95 % interval.
 *
 * @module
 */
import { referencesOf, type Example, type MetricName } from '../data/task.ts';
import { wrong } from '../errors.ts';
import { addStatistics, bleuStatistics, scoreBleu } from './bleu.ts';
import { computeBootstrap } from './bootstrap.ts';
import { phonemeErrors, scorePhonemeErrors } from './phonemeErrorRate.ts';
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
 * @throws InvalidInput where there are no examples, or another number of answers.
 * @example
 * ```ts
 * measureAnswers('accuracy', ['cat'], [{ text: 'it purrs', label: 'cat' }]).value; // 1
 * ```
 */
export function measureAnswers(metric: MetricName, answers: readonly string[], examples: readonly Example[]): Measure {
  if (examples.length === 0) throw wrong('measureAnswers: examples', 'at least one', 'none');
  if (answers.length !== examples.length)
    throw wrong('measureAnswers: answers', `${examples.length}, one an example`, answers.length);
  const correct = examples.filter((example, i) => referencesOf(example).includes(answers[i])).length;
  const count = examples.length;
  const measure = { metric, scale: METRIC_SCALES[metric], ...intervalOf(metric, answers, examples, correct) };
  const also = metric === 'exact match' ? { also: measureErrors(answers, examples) } : {};
  return { ...measure, correct, count, ...also };
}

function intervalOf(
  metric: MetricName,
  answers: readonly string[],
  examples: readonly Example[],
  correct: number,
): Proportion {
  switch (metric) {
    case 'accuracy':
    case 'exact match':
      return computeWilson(correct, examples.length);
    case 'BLEU': {
      const sentences = bleuStatistics(answers, [examples.map(({ label }) => label)]);
      return computeBootstrap(sentences, (sample) => scoreBleu(addStatistics(sample)).score, SEED);
    }
  }
}

function measureErrors(answers: readonly string[], examples: readonly Example[]): NonNullable<Measure['also']> {
  const words = phonemeErrors(answers, examples.map(referencesOf));
  return { metric: 'phoneme error rate', ...computeBootstrap(words, scorePhonemeErrors, SEED) };
}
