/**
 * What the answer to each row is worth: what a metric adds up, what its interval is resampled from, and what a paired
 * comparison of two methods on the same rows needs.
 *
 * @module
 */
import { referencesOf, type Example, type MetricName } from '../data/task.ts';
import { wrong } from '../errors.ts';
import { bleuStatistics, type BleuStatistics } from './bleu.ts';
import { phonemeErrors, type PhonemeErrors } from './phonemeErrorRate.ts';

/** One entry a row in each list, in the rows' order. */
export interface RowScores {
  /** Whether the answer is a right one, letter for letter. */
  readonly correct: readonly boolean[];
  /** If the metric is BLEU. */
  readonly bleu?: readonly BleuStatistics[];
  /** If the metric is exact match, which the phoneme error rate stands beside. */
  readonly phonemes?: readonly PhonemeErrors[];
}

/**
 * The scores of answers to examples.
 *
 * @param answers - one an example, in their order.
 * @throws InvalidInput if there are no examples, or another number of answers.
 * @example
 * ```ts
 * const examples = [{ text: 'it purrs', label: 'cat' }, { text: 'it barks', label: 'dog' }];
 * scoreRows('accuracy', ['cat', 'cat'], examples).correct; // [true, false]
 * ```
 */
export function scoreRows(metric: MetricName, answers: readonly string[], examples: readonly Example[]): RowScores {
  if (examples.length === 0) throw wrong('scoreRows: examples', 'at least one', 'none');
  if (answers.length !== examples.length)
    throw wrong('scoreRows: answers', `${examples.length}, one an example`, answers.length);
  const correct = examples.map((example, i) => referencesOf(example).includes(answers[i]));
  switch (metric) {
    case 'accuracy':
      return { correct };
    case 'BLEU':
      return { correct, bleu: bleuStatistics(answers, [examples.map(({ label }) => label)]) };
    case 'exact match':
      return { correct, phonemes: phonemeErrors(answers, examples.map(referencesOf)) };
  }
}
