/**
 * A goal: what was asked for, what was measured, and how far the machine lets anybody come.
 *
 * @module
 */
import type { Row, SubjectResult } from '../result.ts';
import { computeMedian, computeSpeedup, type Spread } from '../spread.ts';
import { casesOf, findRow } from '../table.ts';

/** The newest result of a subject; undefined if none was measured. */
export type Results = (subject: string) => SubjectResult | undefined;

/** A figure: of rounds the median, the least and the greatest; of several cases the medians of these. */
export interface Figure extends Spread {
  /** The case, or how many cases. */
  readonly of: string;
}

export interface Goal {
  readonly claim: string;
  readonly is: 'at least' | 'at most';
  readonly asked: number;
  readonly unit: 'x' | '%' | 'ms';
  /** Undefined if what it needs was not measured. */
  readonly measure: (results: Results) => Figure | undefined;
  /** As far as the machine lets anybody come, if a measurement shows that. */
  readonly limit?: (results: Results) => Limit | undefined;
}

export interface Limit {
  /** What the figure would be at the limit. */
  readonly value: number;
  /** What sets it. */
  readonly by: string;
}

export function isReached({ is, asked }: Pick<Goal, 'is' | 'asked'>, value: number): boolean {
  return is === 'at least' ? value >= asked : value <= asked;
}

/** Whether a goal is reached: not decided where what is asked lies between the least and the greatest of the rounds. */
export function judge(goal: Pick<Goal, 'is' | 'asked'>, { low, high }: Spread): 'reached' | 'missed' | 'not decided' {
  const ends = [low, high].map((end) => isReached(goal, end));
  if (ends.every(Boolean)) return 'reached';
  return ends.some(Boolean) ? 'not decided' : 'missed';
}

/** A figure for each case that fits and has one. */
export function overCases(
  result: SubjectResult | undefined,
  fits: (name: string) => boolean,
  figure: (rows: readonly Row[], name: string) => Spread | undefined,
): readonly Figure[] {
  const rows = result?.rows ?? [];
  return casesOf(rows)
    .filter(fits)
    .flatMap((name) => {
      const spread = figure(rows, name);
      return spread === undefined ? [] : [{ ...spread, of: name }];
    });
}

/** Of the cases' medians, least and greatest rounds the median each. */
export function medianOf(figures: readonly Figure[]): Figure | undefined {
  if (figures.length === 0) return undefined;
  const middle = (of: keyof Spread): number => computeMedian(figures.map((figure) => figure[of]));
  const of = figures.length === 1 ? figures[0].of : `${figures.length} cases`;
  return { low: middle('low'), median: middle('median'), high: middle('high'), of };
}

/** The case that is worst by its median. */
export function worstOf(figures: readonly Figure[], is: Goal['is']): Figure | undefined {
  const sorted = [...figures].sort((a, b) => a.median - b.median);
  return is === 'at least' ? sorted[0] : sorted[sorted.length - 1];
}

/** A contestant: its name, and its threads, 1 if it says nothing. */
export type Who = readonly [peer: string, threads?: number];

/** How many times as fast one is as another at a case. */
export function speedupAt(rows: readonly Row[], name: string, who: Who, other: Who): Spread | undefined {
  const [row, against] = [who, other].map((one) => findRow(rows, name, ...one));
  return row === undefined || against === undefined ? undefined : computeSpeedup(row, against);
}

/** Everything times `factor`. */
export function scaled<Numbers extends Spread>(numbers: Numbers, factor: number): Numbers {
  const { low, median, high } = numbers;
  return { ...numbers, low: factor * low, median: factor * median, high: factor * high };
}
