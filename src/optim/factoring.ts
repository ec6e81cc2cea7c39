/**
 * Along which two dimensions of a tensor its second moment is factored, and where the elements of the matrices that they
 * span lie in it.
 *
 * @module
 */
import { elementCount } from '../tensor/shape.ts';
import type { FactoringName } from './dialects.ts';

/** Two dimensions of a tensor: those of the rows and of the columns, the earlier first. */
export type Axes = readonly [rows: number, columns: number];

/** A rule on what is factored. */
interface Factoring {
  /** The dimensions, from a minimum of the smaller one on; undefined: v is kept in full. */
  readonly axes: (shape: readonly number[], minimum: number) => Axes | undefined;
  /** Whether it asks for that minimum. */
  readonly hasMinimum: boolean;
  /** Whether dimensions that are not the last two are refused. */
  readonly refusesOthers: boolean;
}

export const FACTORINGS: Readonly<Record<FactoringName, Factoring>> = {
  'two-largest': { axes: twoLargest, hasMinimum: true, refusesOthers: false },
  'two-largest-if-last': { axes: twoLargest, hasMinimum: true, refusesOthers: true },
  'last-two': {
    axes: (shape) => (shape.length >= 2 ? lastTwo(shape) : undefined),
    hasMinimum: false,
    refusesOthers: false,
  },
  'first-two-or-last-two': { axes: firstOrLastTwo, hasMinimum: true, refusesOthers: false },
};

function firstOrLastTwo(shape: readonly number[], minimum: number): Axes | undefined {
  if (shape.length < 2) return undefined;
  const pairs: readonly Axes[] = shape.length > 2 ? [[0, 1], lastTwo(shape)] : [lastTwo(shape)];
  return pairs.find((axes) => axes.every((axis) => shape[axis] >= minimum));
}

/** Whether the second-largest dimension reaches the minimum. */
export function isFactored(shape: readonly number[], minDimSizeToFactor: number): boolean {
  return twoLargest(shape, minDimSizeToFactor) !== undefined;
}

/** Of dimensions that are alike the last is the largest, as where they are sorted. */
function twoLargest(shape: readonly number[], minimum: number): Axes | undefined {
  const axes = shape.map((_, axis) => axis).sort((a, b) => shape[a] - shape[b] || a - b);
  const [second, first] = axes.slice(-2);
  if (first === undefined || shape[second] < minimum) return undefined;
  return second < first ? [second, first] : [first, second];
}

function lastTwo(shape: readonly number[]): Axes {
  return [shape.length - 2, shape.length - 1];
}

/** Whether each matrix lies in one piece. */
export function areLast([rows, columns]: Axes, shape: readonly number[]): boolean {
  return rows === shape.length - 2 && columns === shape.length - 1;
}

/** Where in the tensor the elements lie if the two dimensions come last: matrix by matrix, each by rows. */
export function orderOf(shape: readonly number[], axes: Axes): Uint32Array {
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const others = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  let places = [0];
  for (const axis of [...others, ...axes])
    places = places.flatMap((place) => Array.from({ length: shape[axis] }, (_, i) => place + i * strides[axis]));
  return Uint32Array.from(places);
}
