/**
 * What `dst eval --json` says of the seed as it is.
 *
 * @module
 */
import { wrong } from '../../src/errors.ts';
import type { Proportion } from '../../src/metrics/wilson.ts';
import { number, readRecord, type Check, type Fields } from '../../src/kinds.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { Metric } from '../report/input.ts';

/** The seed as it is, measured. */
export interface SeedMeasure extends Proportion {
  /** What it answers to the first rows; an answer may be empty. */
  readonly answers: readonly string[];
}

const VALUES: Readonly<Record<MetricScale, Check<number>>> = {
  share: number('a number in [0, 1]', (x) => x >= 0 && x <= 1),
  // BLEU's exponential of a mean of logarithms may end an ulp above 100
  points: number('a number from 0', (x) => x >= 0),
};

const texts: Check<readonly string[]> = (value, where) => {
  if (!Array.isArray(value)) throw wrong(where, 'a list of texts', value);
  return value.map((element: unknown, i) => {
    if (typeof element !== 'string') throw wrong(`${where}[${i}]`, 'a text', element);
    return element;
  });
};

/**
 * Reads the fields that the report needs, and leaves the others alone.
 *
 * @param where - what was measured, for errors.
 * @throws InvalidInput naming the field that is missing or out of its range.
 */
export function readSeedMeasure(answer: unknown, { metricScale }: Metric, where: string): SeedMeasure {
  const value = VALUES[metricScale];
  const fields: Fields<SeedMeasure> = { value, low: value, high: value, answers: texts };
  return readRecord(fields, {}, pick(answer, Object.keys(fields)), where);
}

function pick(answer: unknown, names: readonly string[]): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).filter(([name]) => names.includes(name)));
}
