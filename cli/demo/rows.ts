/**
 * The rows of the main job's table, and the test rows that the report shows.
 *
 * @module
 */
import type { MetricName } from '../../src/data/task.ts';
import { computeMean } from '../../src/metrics/paired.ts';
import type { Proportion } from '../../src/metrics/wilson.ts';
import type { ResultRow, Sample } from '../report/input.ts';
import type { Trained } from './compare.ts';
import type { MeasuredMethod } from './compareMethods.ts';
import { labelOf, type DemoMethod } from './methods.ts';

/** Test rows that the report shows. */
const SHOWN_ROWS = 10;
const SEED_AS_IT_IS = 'seed as it is';

type Answer = readonly [method: string, answer: string];

/**
 * The baselines, full fine-tuning, then what changes a subset.
 *
 * @param noteOf - what has to be known of a method's learning rate.
 * @param baseline - always the most frequent class; null if the task is open-ended and has no classes.
 */
export function createRows(
  metric: MetricName,
  trained: readonly Trained[],
  noteOf: (method: DemoMethod) => string | null,
  seed: Proportion,
  baseline: Proportion | null,
): ResultRow[] {
  const untrained = {
    id: null,
    epsilon: null,
    learningRate: null,
    rateNote: null,
    runs: [],
    changed: 0,
    realisedFraction: 0,
    bytes: 0,
    seconds: 0,
  };
  return [
    ...(baseline === null ? [] : [{ method: 'most frequent class', ...untrained, ...measured(baseline) }]),
    { method: SEED_AS_IT_IS, ...untrained, ...measured(seed) },
    ...inOrder(trained).map((each) => createRow(metric, each, noteOf(each.method))),
  ];
}

function createRow(name: MetricName, { method, runs }: Trained, rateNote: string | null): ResultRow {
  const [{ result }] = runs;
  const { learningRate, changed, realisedFraction, bytes } = result;
  const overSeeds =
    runs.length === 1
      ? result.metric
      : computeMean(
          name,
          runs.map(({ scores }) => scores),
        );
  return {
    id: method.id,
    method: method.label,
    epsilon: method.epsilon,
    ...measured(overSeeds),
    learningRate,
    rateNote,
    changed,
    realisedFraction,
    bytes,
    runs: runs.map(({ randomSeed, result: { metric, seconds } }) => ({ randomSeed, metric: metric.value, seconds })),
    seconds: runs.reduce((sum, run) => sum + run.result.seconds, 0) / runs.length,
  };
}

/** What claims are decided from. */
export function measuredOf({ method, runs }: Trained): MeasuredMethod {
  const mean = runs.reduce((sum, { result }) => sum + result.metric.value, 0) / runs.length;
  return { ...method, mean, scores: runs.map(({ scores }) => scores) };
}

function measured({ value, low, high }: Proportion): Pick<ResultRow, 'metric' | 'low' | 'high'> {
  return { metric: value, low, high };
}

/**
 * What each method answered to the first test rows, under the first random seed.
 *
 * @param seedAnswers - what the seed itself answers to the same rows: shown first, as "before".
 */
export function createSamples(trained: readonly Trained[], seedAnswers: readonly string[] | null): readonly Sample[] {
  const [first] = trained;
  return first.runs[0].result.samples.slice(0, SHOWN_ROWS).map(({ text, expected, references }, i) => {
    const before: Answer[] = seedAnswers === null ? [] : [[SEED_AS_IT_IS, seedAnswers[i]]];
    const after = inOrder(trained).map(({ method, runs }): Answer => [
      labelOf(method),
      runs[0].result.samples[i].answer,
    ]);
    return {
      text,
      expected,
      ...(references === undefined ? {} : { references }),
      answers: Object.fromEntries([...before, ...after]),
    };
  });
}

/** What has no ε first, as full fine-tuning. */
function inOrder(trained: readonly Trained[]): Trained[] {
  const hasNone = ({ method }: Trained): boolean => method.epsilon === null;
  return [...trained.filter(hasNone), ...trained.filter((each) => !hasNone(each))];
}
