/**
 * Two methods on the same rows, each trained with the same random seeds: the difference of their metrics, and how far it
 * would move had rows and random seeds been others.
 *
 * Rows are drawn with replacement, each with what it says under every random seed, and random seeds independently of them, each with all its
 * rows; what both move is added up: the variance over rows plus that over seeds (Cameron, Gelbach and Miller 2011, without
 * the part that is in both, so that the interval is rather too wide). Of S > 1 seeds S − 1 are drawn, which leaves their
 * variance without bias (Rao and Wu 1988). With one random seed it is the paired bootstrap (Koehn 2004).
 *
 * @module
 */
import type { MetricName } from '../data/task.ts';
import { wrong } from '../errors.ts';
import { Random } from '../tensor/random.ts';
import { additiveRows, type AdditiveRows } from './additive.ts';
import { computeMcNemar } from './mcnemar.ts';
import type { RowScores } from './rowScores.ts';
import type { Proportion } from './wilson.ts';

/** The first method's metric minus the second's, in the metric's unit: a share in [−1, 1], or points. */
export interface Difference extends Proportion {
  /** The p of McNemar's exact test, of shares and one random seed; null otherwise. */
  readonly p: number | null;
}

/** Samples that an interval is read from: its ends move by about a thirtieth of its half from drawing to drawing. */
const RESAMPLES = 2000;

/** Of the drawing: the same scores have the same interval. */
const RANDOM_SEED = 1;

/**
 * The mean metric of one method over its random seeds, with its 95 % interval over rows and random seeds.
 *
 * @param runs - the scores of the same rows under each random seed.
 * @throws InvalidInput as {@link computeDifference}.
 * @example
 * ```ts
 * computeMean('accuracy', [{ correct: [true, false] }, { correct: [true, true] }]).value; // 0.75
 * ```
 */
export function computeMean(metric: MetricName, runs: readonly RowScores[], resamples: number = RESAMPLES): Proportion {
  const tables = runs.map((scores) => additiveRows(metric, scores, 'first'));
  const { value, low, high } = resample(tables, (weights, run) => tables[run].metric(weights), resamples);
  // What rows and random seeds move is added up, and may leave the scale that neither leaves alone.
  return { value, low: Math.max(0, low), high: metric === 'BLEU' ? high : Math.min(1, high) };
}

/**
 * The difference of two methods on the same rows, pair by pair, with its 95 % interval.
 *
 * Of shares two rows are added to what is drawn from, one that only the first method gets right and one that only the second
 * does (as Bonett and Price 2012 do): few rows, on which the methods never differ, prove nothing.
 *
 * @param first - the scores under each random seed, rows in the same order in all.
 * @param second - as many, of the same random seeds.
 * @throws InvalidInput if there is no random seed or no row, or the methods differ in the number of either.
 * @example
 * ```ts
 * const first = { correct: [true, true, true, false] };
 * const second = { correct: [true, false, false, false] };
 * computeDifference('accuracy', [first], [second]).value; // 0.5
 * ```
 */
export function computeDifference(
  metric: MetricName,
  first: readonly RowScores[],
  second: readonly RowScores[],
  resamples: number = RESAMPLES,
): Difference {
  if (second.length !== first.length)
    throw wrong('computeDifference: second', `${first.length} random seeds, as the first has`, second.length);
  const [a, b] = [
    first.map((scores) => additiveRows(metric, scores, 'first')),
    second.map((scores) => additiveRows(metric, scores, 'second')),
  ];
  const interval = resample(
    [...a, ...b],
    (weights, run) => a[run].metric(weights) - b[run].metric(weights),
    resamples,
    first.length,
  );
  return { ...interval, p: metric === 'BLEU' || first.length > 1 ? null : testOf(first[0], second[0]) };
}

function testOf(first: RowScores, second: RowScores): number {
  const only = (a: RowScores, b: RowScores): number =>
    a.correct.reduce((count, right, i) => count + Number(right && !b.correct[i]), 0);
  return computeMcNemar(only(first, second), only(second, first));
}

/** The mean over the random seeds of `statistic` of weighted rows, and the middle 95 % of it over draws of rows and of random seeds. */
function resample(
  tables: readonly AdditiveRows[],
  statistic: (weights: Int32Array, run: number) => number,
  resamples: number,
  runs: number = tables.length,
): Proportion {
  const { rows, drawn } = sizeOf(tables);
  const random = new Random(RANDOM_SEED).split('rows and seeds');
  const weights = new Int32Array(drawn).fill(1, 0, rows);
  const byRun = (): number[] => Array.from({ length: runs }, (_, run) => statistic(weights, run));
  const asMeasured = byRun();
  const value = mean(asMeasured);
  const drawRows = (): number => {
    weights.fill(0);
    for (let draw = 0; draw < drawn; draw++) weights[random.integer(drawn)] += 1;
    return mean(byRun());
  };
  const drawRuns = (): number =>
    mean(Array.from({ length: Math.max(1, runs - 1) }, () => asMeasured[random.integer(runs)]));
  const values = Float64Array.from({ length: resamples }, () => drawRows() + (drawRuns() - value)).sort();
  const tail = Math.floor(0.025 * resamples);
  return { value, low: values[tail], high: values[resamples - 1 - tail] };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/** Rows of the tables, and those that are drawn from, added ones among them. */
function sizeOf(tables: readonly AdditiveRows[]): AdditiveRows {
  const [table] = tables;
  if (tables.length === 0) throw wrong('paired scores: random seeds', 'at least one', 'none');
  tables.forEach(({ rows }, i) => {
    if (rows !== table.rows) throw wrong(`paired scores: run ${i}`, `${table.rows} rows, as run 0 has`, rows);
  });
  if (table.rows === 0) throw wrong('paired scores: rows', 'at least one', 'none');
  return table;
}
