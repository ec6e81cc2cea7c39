/**
 * Shapes of row-major tensors.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** Sizes of the dimensions, the last one contiguous. */
export type Shape = readonly number[];

/** The number of elements: 1 for the empty shape, which is a scalar's. */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The number of elements of several tensors together. */
export function countElements(tensors: readonly { readonly shape: Shape }[]): number {
  return tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

/** A shape in the form of messages: `[2, 3]`. */
export function describeShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** The shape as rows of its last dimension: [2, 3, 4] is 6 rows of 4. */
export function asMatrix(shape: Shape): { readonly rows: number; readonly columns: number } {
  const columns = shape.length === 0 ? 1 : shape[shape.length - 1];
  return { rows: columns === 0 ? 0 : elementCount(shape) / columns, columns };
}

/**
 * Refuses shapes that differ.
 *
 * @throws InvalidInput naming both.
 */
export function requireSameShape(where: string, expected: Shape, got: Shape): void {
  const same = expected.length === got.length && expected.every((size, axis) => size === got[axis]);
  if (!same) throw wrong(where, `shape ${describeShape(expected)}`, describeShape(got));
}
