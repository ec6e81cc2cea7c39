/**
 * Words for what a table's rows rest on: random seeds, learning rates, exact selection.
 *
 * @module
 */
import type { ReportInput, ResultRow, SeedRun } from './input.ts';

/** The random seeds that the methods were trained with. */
export function randomSeedsOf({ rows }: Pick<ReportInput, 'rows'>): readonly number[] {
  const trained = rows.find(({ runs }) => runs.length > 0);
  return trained?.runs.map(({ randomSeed }) => randomSeed) ?? [];
}

/** `one random seed (1)`, `3 random seeds (1, 2, 3)` */
export function describeRandomSeeds(randomSeeds: readonly number[]): string {
  return `${randomSeeds.length === 1 ? 'one random seed' : `${randomSeeds.length} random seeds`} (${randomSeeds.join(', ')})`;
}

/** The least and the greatest of the runs, `59.8 to 60.5`; one where both are written alike, nothing if there is no run. */
export function spreadOf(runs: readonly SeedRun[], of: 'metric' | 'seconds', write: (value: number) => string): string {
  if (runs.length === 0) return '';
  const values = runs.map((run) => run[of]);
  const [least, greatest] = [write(Math.min(...values)), write(Math.max(...values))];
  return least === greatest ? least : `${least} to ${greatest}`;
}

/** `0.4`, or `0.2 (guess)`; nothing if nothing was trained. */
export function describeRate({ learningRate, rateNote }: ResultRow): string {
  if (learningRate === null) return '';
  return rateNote === null ? String(learningRate) : `${learningRate} (${rateNote})`;
}

/** Where the learning rates are from, and how the thresholds are found. */
export function describeRates({ rows, search }: Pick<ReportInput, 'rows' | 'search'>): string {
  const noted = rows.some(({ rateNote }) => rateNote !== null);
  const others = noted ? 'those without a note are' : 'each is';
  const rates =
    search === null
      ? 'Learning rates are guesses: no search is on record.'
      : `Learning rates: ${others} the best of a search of its method’s own (${search}).`;
  return `${rates} Thresholds are exact order statistics (threshold: select)${rows.some(({ method }) => method.includes('Algorithm 2')) ? ' but in the row of Algorithm 2, at the rate of the exact one' : '; with --algorithm-2 there is a row of Algorithm 2’s'}.`;
}
