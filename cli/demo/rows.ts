/**
 * The rows of the main job's table, and the test rows that the report shows.
 *
 * @module
 */
import type { Proportion } from '../../src/metrics/wilson.ts';
import type { ResultRow, Sample } from '../report/input.ts';
import type { Trained } from './compare.ts';
import { labelOf } from './methods.ts';

/** Test rows that the report shows. */
const SHOWN_ROWS = 10;
const SEED_AS_IT_IS = 'seed as it is';

type Answer = readonly [method: string, answer: string];

/**
 * The baselines, full fine-tuning, then what changes a subset.
 *
 * @param baseline - always the most frequent class; null where the task is open-ended and has no classes.
 */
export function createRows(trained: readonly Trained[], seed: Proportion, baseline: Proportion | null): ResultRow[] {
  const untrained = { epsilon: null, changed: 0, realisedFraction: 0, bytes: 0, seconds: 0 };
  const measured = ({ value, low, high }: Proportion): Pick<ResultRow, 'metric' | 'low' | 'high'> => ({
    metric: value,
    low,
    high,
  });
  const rows = fullFirst(trained).map(({ method, result }): ResultRow => {
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
  return [
    ...(baseline === null ? [] : [{ method: 'most frequent class', ...untrained, ...measured(baseline) }]),
    { method: SEED_AS_IT_IS, ...untrained, ...measured(seed) },
    ...rows,
  ];
}

/**
 * What each method answered to the first test rows.
 *
 * @param seedAnswers - what the seed itself answers to the same rows: shown first, as "before".
 */
export function createSamples(trained: readonly Trained[], seedAnswers: readonly string[] | null): readonly Sample[] {
  const [first] = trained;
  return first.result.samples.slice(0, SHOWN_ROWS).map(({ text, expected, references }, i) => {
    const before: Answer[] = seedAnswers === null ? [] : [[SEED_AS_IT_IS, seedAnswers[i]]];
    const after = fullFirst(trained).map(({ method, result }): Answer => [
      labelOf(method.label, method.epsilon),
      result.samples[i].answer,
    ]);
    return {
      text,
      expected,
      ...(references === undefined ? {} : { references }),
      answers: Object.fromEntries([...before, ...after]),
    };
  });
}

function fullFirst(trained: readonly Trained[]): Trained[] {
  const isFull = ({ method }: Trained): boolean => method.method === 'full';
  return [...trained.filter(isFull), ...trained.filter((each) => !isFull(each))];
}
