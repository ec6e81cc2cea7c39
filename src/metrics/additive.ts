/**
 * Metrics as functions of sums over rows, so that a sample of the rows is a weight for each of them.
 *
 * @module
 */
import type { MetricName } from '../data/task.ts';
import { Internal } from '../errors.ts';
import { scoreBleu } from './bleu.ts';
import type { RowScores } from './rowScores.ts';

/** One run's rows. */
export interface AdditiveRows {
  readonly rows: number;
  /** Rows that are drawn from: behind the run's own stand those that were added. */
  readonly drawn: number;
  /** The metric of the rows, each taken as often as its weight says. */
  readonly metric: (weights: Int32Array) => number;
}

/** What a sentence adds to BLEU: two lengths, and matches and totals of four orders. */
const BLEU_WIDTH = 10;

/**
 * The rows of one of two methods. To a share two rows are added: one that only the first gets right, one that only the
 * second does.
 */
export function additiveRows(metric: MetricName, scores: RowScores, which: 'first' | 'second'): AdditiveRows {
  const rows = scores.correct.length;
  if (metric === 'BLEU') {
    const values = bleuValues(scores);
    return { rows, drawn: rows, metric: (weights) => bleuOf(values, weights) };
  }
  const right = Uint8Array.of(...scores.correct.map(Number), Number(which === 'first'), Number(which === 'second'));
  return { rows, drawn: rows + 2, metric: (weights) => shareOf(right, weights) };
}

function shareOf(right: Uint8Array, weights: Int32Array): number {
  let [sum, count] = [0, 0];
  for (let row = 0; row < weights.length; row++) {
    sum += weights[row] * right[row];
    count += weights[row];
  }
  return sum / count;
}

function bleuValues({ bleu }: RowScores): Float64Array {
  if (bleu === undefined) throw new Internal('additiveRows: expected the statistics of BLEU, got none');
  return Float64Array.from(
    bleu.flatMap(({ hypothesisLength, referenceLength, matches, totals }) => [
      ...[hypothesisLength, referenceLength],
      ...matches,
      ...totals,
    ]),
  );
}

function bleuOf(values: Float64Array, weights: Int32Array): number {
  const sums = new Array<number>(BLEU_WIDTH).fill(0);
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row];
    if (weight === 0) continue;
    for (let i = 0; i < BLEU_WIDTH; i++) sums[i] += weight * values[BLEU_WIDTH * row + i];
  }
  const [hypothesisLength, referenceLength, ...runs] = sums;
  return scoreBleu({ hypothesisLength, referenceLength, matches: runs.slice(0, 4), totals: runs.slice(4) }).score;
}
