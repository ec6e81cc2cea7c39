/**
 * The least that a training step takes, part by part: what `limits` measures in C.
 *
 * @module
 */
import type { Row, SubjectResult } from '../result.ts';
import { NATIVE_PRODUCT } from '../peakNames.ts';
import { computeSpread, type Spread } from '../spread.ts';
import { columnsOf, findRow, msOf, type Table } from '../table.ts';
import { formatSpread } from '../format.ts';

export const MODELS = ['the decoder', 'the T5'] as const;
export type Model = (typeof MODELS)[number];

/** What a step cannot do without. */
export const PARTS = ['matrix products', 'exponentials', 'one pass over parameters and gradient'] as const;
export type Part = (typeof PARTS)[number];

export function caseOfPart(model: Model, part: Part): string {
  return `a step of ${model}: ${part}`;
}

/** Milliseconds of all parts together on one thread, round by round; undefined if one was not measured. */
export function computeLeast(rows: readonly Row[], model: Model): Spread | undefined {
  const parts = PARTS.flatMap((part) => findRow(rows, caseOfPart(model, part), NATIVE_PRODUCT) ?? []);
  if (parts.length < PARTS.length) return undefined;
  return computeSpread(parts[0].rounds.map((_, round) => parts.reduce((sum, { rounds }) => sum + rounds[round], 0)));
}

/** One line a part, and their sum; undefined if nothing was measured. */
export function leastTable({ rows }: SubjectResult): Table | undefined {
  const sums = MODELS.map((model) => computeLeast(rows, model));
  if (sums.every((sum) => sum === undefined)) return undefined;
  const cellsOf = (part: Part): string[] =>
    MODELS.map((model) => msOf(findRow(rows, caseOfPart(model, part), NATIVE_PRODUCT)));
  return {
    columns: columnsOf(
      ['what a step cannot do without, on one thread'],
      MODELS.map((model) => `${model}, ms`),
    ),
    rows: [
      ...PARTS.map((part) => [part, ...cellsOf(part)]),
      ['together', ...sums.map((sum) => (sum === undefined ? '' : formatSpread(sum)))],
    ],
  };
}
