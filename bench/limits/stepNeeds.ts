/**
 * What a training step cannot do without, in any library, and how long that takes if each part is measured.
 *
 * @module
 */
import { caseOfPart, type Model } from './leastTable.ts';
import { NATIVE_PRODUCT } from '../peakNames.ts';
import { nameOf, type ProductShape } from '../matmul/products.ts';
import type { Row } from '../result.ts';
import { findRow } from '../table.ts';

export interface StepNeeds {
  readonly products: readonly NeededProduct[];
  /**
   * e^x: one for each logit, gate and visible score. The backward pass can do with what the forward one computed, and so
   * can the gradient of the cross-entropy.
   */
  readonly exponentials: number;
  /** Parameters: each is read and written, and its gradient read. */
  readonly parameters: number;
}

export interface NeededProduct {
  readonly shape: ProductShape;
  /** How often; of attention's only the share of the keys that are visible. */
  readonly times: number;
}

export function needed(times: number, shapes: readonly ProductShape[]): readonly NeededProduct[] {
  return shapes.map((shape) => ({ shape, times }));
}

/** All products of a step together, round by round; undefined if one of them was not measured. */
export function sumProducts(model: Model, { products }: StepNeeds, measured: readonly Row[]): Row | undefined {
  const rows = products.map(({ shape }) => findRow(measured, nameOf(shape), NATIVE_PRODUCT));
  const [first] = rows;
  if (first === undefined) return undefined;
  const rounds = first.rounds.map((_, round) =>
    rows.reduce((sum, row, i) => sum + products[i].times * (row?.rounds[round] ?? NaN), 0),
  );
  return rounds.some(Number.isNaN) ? undefined : { ...first, case: caseOfPart(model, 'matrix products'), rounds };
}
