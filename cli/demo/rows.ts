/**
 * The rows of the main job's table, and the test rows that the report shows.
 *
 * @module
 */
import type { ReportInput, ResultRow } from '../report/input.ts';
import type { SeedMeasure, Trained } from './compare.ts';
import { labelOf } from './methods.ts';

/** The baselines, full fine-tuning, then what changes a subset. */
export function createRows(trained: readonly Trained[], seed: SeedMeasure, baseline: SeedMeasure): ResultRow[] {
  const untrained = { epsilon: null, changed: 0, realisedFraction: 0, bytes: 0, seconds: 0 };
  const measured = ({ value, low, high }: SeedMeasure): Pick<ResultRow, 'metric' | 'low' | 'high'> => ({
    metric: value,
    low,
    high,
  });
  const rows = trained.map(({ method, result }): ResultRow => {
    const { changed, realisedFraction, bytes, seconds } = result;
    return {
      method: method.label,
      epsilon: method.epsilon,
      ...measured(result.metric),
      changed,
      realisedFraction,
      bytes,
      seconds,
    };
  });
  const full = rows.filter(({ method }) => method === 'full fine-tuning');
  return [
    { method: 'most frequent class', ...untrained, ...measured(baseline) },
    { method: 'seed as it is', ...untrained, ...measured(seed) },
    ...full,
    ...rows.filter((row) => !full.includes(row)),
  ];
}

/** What each method answered to the first test rows. */
export function createSamples(trained: readonly Trained[]): ReportInput['samples'] {
  const [first] = trained;
  return first.result.samples.map(({ text, expected }, i) => ({
    text,
    expected,
    answers: Object.fromEntries(
      trained.map(({ method, result }) => [labelOf(method.label, method.epsilon), result.samples[i].answer]),
    ),
  }));
}
