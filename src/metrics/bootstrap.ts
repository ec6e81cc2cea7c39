/**
 * The bootstrap (Efron 1979; for BLEU Koehn 2004): how far a corpus metric would move had the sentences been others.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { Random } from '../tensor/random.ts';
import type { Proportion } from './wilson.ts';

/** Resamples of a 95 % interval: sacreBLEU takes as many. */
const RESAMPLES = 1000;

/**
 * A metric with its 95 % interval: the 2.5 % and 97.5 % quantiles of the metric of `resamples` samples of as many
 * sentences, drawn with replacement.
 *
 * @param sentences - what is resampled, e.g. the statistics of each sentence.
 * @param metric - the metric of a sample.
 * @param randomSeed - of the drawing: the same gives the same interval.
 * @throws InvalidInput if there are no sentences.
 * @example
 * ```ts
 * const mean = (sample: readonly number[]) => sample.reduce((sum, x) => sum + x, 0) / sample.length;
 * computeBootstrap([3, 3, 3], mean, 1); // { value: 3, low: 3, high: 3 }
 * ```
 */
export function computeBootstrap<Sentence>(
  sentences: readonly Sentence[],
  metric: (sample: readonly Sentence[]) => number,
  randomSeed: number,
  resamples: number = RESAMPLES,
): Proportion {
  if (sentences.length === 0) throw wrong('computeBootstrap: sentences', 'at least one', 'none');
  const random = new Random(randomSeed).split('bootstrap');
  const values = Float64Array.from({ length: resamples }, () =>
    metric(sentences.map(() => sentences[random.integer(sentences.length)])),
  ).sort();
  // The order statistics that leave 2.5 % of the resamples on either side.
  const tail = Math.floor(0.025 * resamples);
  return { value: metric(sentences), low: values[tail], high: values[resamples - 1 - tail] };
}
