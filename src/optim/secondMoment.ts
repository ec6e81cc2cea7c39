/**
 * AdaFactor's first two stages: the running mean of squared gradients, kept whole or as row and column means
 * (Shazeer and Stern 2018, Algorithms 2 and 4), and the division of the gradient by its root.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { elementCount } from '../tensor/shape.ts';
import type { Dialect, FactoringName, RegularisationName } from './dialects.ts';
import type { ParameterShape } from '../tensor/parameter.ts';

/** v kept in full. */
export interface FullMoment {
  readonly kind: 'full';
  readonly regularisation: RegularisationName;
  /** v, of the tensor's size. */
  readonly v: Float32Array;
}

/** v ≈ v_row v_colᵀ / mean(v_row), for each of the matrices that the tensor consists of (one, at rank 2). */
export interface FactoredMoment {
  readonly kind: 'factored';
  readonly regularisation: RegularisationName;
  readonly rows: number;
  readonly columns: number;
  readonly matrices: readonly {
    /** Of the matrix in the tensor. */
    readonly start: number;
    /** Mean over the columns, one per row. */
    readonly vRow: Float32Array;
    /** Mean over the rows, one per column. */
    readonly vColumn: Float32Array;
  }[];
  /** Scratch: (v_row / mean(v_row))^−½ and v_col^−½ of the matrix at hand. */
  readonly rowFactor: Float32Array;
  readonly columnFactor: Float32Array;
}

export type SecondMoment = FullMoment | FactoredMoment;

/**
 * The zero moment of a tensor and the slots in which it lives. It is factored as the dialect says: where the rank is 2
 * or more and the second-largest dimension reaches `minDimSizeToFactor`, or wherever the rank is 2 or more.
 *
 * @throws InvalidInput if the two largest dimensions are to be factored but are not the last two
 *   (t5x too asks for an explicit rule there).
 */
export function createSecondMoment(
  kernels: Kernels,
  { name, shape }: ParameterShape,
  minDimSizeToFactor: number | null,
  { factoring, regularisation }: Pick<Dialect, 'factoring' | 'regularisation'>,
  slots: Map<string, Float32Array>,
): SecondMoment {
  const slot = (key: string, length: number): Float32Array => {
    const view = kernels.memory.floats(length).fill(0);
    slots.set(`${key}/${name}`, view);
    return view;
  };
  const size = elementCount(shape);
  const { isFactored, hasMinimum } = FACTORINGS[factoring];
  if (!isFactored(shape, minDimSizeToFactor ?? 1)) return { kind: 'full', regularisation, v: slot('v', size) };

  const [rows, columns] = shape.slice(-2);
  if (hasMinimum && shape.slice(0, -2).some((dimension) => dimension > Math.min(rows, columns)))
    throw wrong(
      `adafactor: shape of "${name}"`,
      'the two largest dimensions to be the last two',
      `[${shape.join(', ')}]`,
    );
  const count = size / (rows * columns);
  const vRow = slot('v_row', count * rows);
  const vColumn = slot('v_col', count * columns);
  return {
    kind: 'factored',
    regularisation,
    rows,
    columns,
    matrices: Array.from({ length: count }, (_, i) => ({
      start: i * rows * columns,
      vRow: vRow.subarray(i * rows, (i + 1) * rows),
      vColumn: vColumn.subarray(i * columns, (i + 1) * columns),
    })),
    rowFactor: kernels.memory.floats(rows),
    columnFactor: kernels.memory.floats(columns),
  };
}

/** A rule on which tensors are factored. */
interface Factoring {
  readonly isFactored: (shape: readonly number[], minimum: number) => boolean;
  /** Whether it asks for the least size of the second-largest dimension. */
  readonly hasMinimum: boolean;
}

export const FACTORINGS: Readonly<Record<FactoringName, Factoring>> = {
  'two-largest-from-a-size': { isFactored, hasMinimum: true },
  'last-two': { isFactored: (shape) => shape.length >= 2, hasMinimum: false },
};

/** What ε₁ is: a term of the squared gradient, the least that the estimate can be. */
const REGULARISATIONS: Readonly<Record<RegularisationName, { readonly isAdded: boolean; readonly isFloor: boolean }>> =
  {
    'added-to-squares': { isAdded: true, isFloor: false },
    'floor-of-estimate': { isAdded: false, isFloor: true },
  };

/** Whether the second-largest dimension reaches the minimum. */
export function isFactored(shape: readonly number[], minDimSizeToFactor: number): boolean {
  const secondLargest = shape.toSorted((a, b) => b - a)[1];
  return secondLargest !== undefined && secondLargest >= minDimSizeToFactor;
}

/**
 * Stage 1: v ← β₂ v + (1 − β₂)(g² + ε₁), or the row and column means of the same; g² alone if ε₁ is a floor of the
 * estimate.
 */
export function decaySecondMoment(
  kernels: Kernels,
  moment: SecondMoment,
  gradient: Float32Array,
  beta2: number,
  epsilon1: number,
): void {
  const added = REGULARISATIONS[moment.regularisation].isAdded ? epsilon1 : 0;
  if (moment.kind === 'full') {
    kernels.decaySquares(moment.v, gradient, beta2, added);
    return;
  }
  const { rows, columns } = moment;
  for (const { start, vRow, vColumn } of moment.matrices) {
    const g = matrixOf(gradient, start, rows * columns);
    kernels.decayFactoredSquares(vRow, vColumn, g, rows, columns, beta2, added);
  }
}

/**
 * Stage 2: y = g / √v, or g · (v_row / mean(v_row))^−½ · v_col^−½; if ε₁ is a floor of the estimate,
 * g / √max(v̂, ε₁²).
 */
export function precondition(
  kernels: Kernels,
  y: Float32Array,
  gradient: Float32Array,
  moment: SecondMoment,
  epsilon1: number,
): void {
  if (REGULARISATIONS[moment.regularisation].isFloor) {
    preconditionAboveFloor(kernels, y, gradient, moment, epsilon1);
    return;
  }
  if (moment.kind === 'full') {
    kernels.divideByRoot(y, gradient, moment.v);
    return;
  }
  const { rows, columns, rowFactor, columnFactor } = moment;
  for (const { start, vRow, vColumn } of moment.matrices) {
    const meanOfRows = kernels.sum(vRow) / rows;
    for (let i = 0; i < rows; i++) rowFactor[i] = 1 / Math.sqrt(vRow[i] / meanOfRows);
    for (let j = 0; j < columns; j++) columnFactor[j] = 1 / Math.sqrt(vColumn[j]);
    const g = matrixOf(gradient, start, rows * columns);
    kernels.scaleRowsAndColumns(matrixOf(y, start, rows * columns), g, rowFactor, columnFactor, rows, columns);
  }
}

/** v̂ = v, or v_row v_colᵀ / max(mean(v_row), ε₁), in float64; y = g / √max(v̂, ε₁²) is rounded once. */
function preconditionAboveFloor(
  kernels: Kernels,
  y: Float32Array,
  gradient: Float32Array,
  moment: SecondMoment,
  epsilon1: number,
): void {
  const floor = epsilon1 * epsilon1;
  if (moment.kind === 'full') {
    for (let i = 0; i < y.length; i++) y[i] = gradient[i] / Math.sqrt(Math.max(moment.v[i], floor));
    return;
  }
  const { rows, columns } = moment;
  for (const { start, vRow, vColumn } of moment.matrices) {
    const meanOfRows = Math.max(kernels.sum(vRow) / rows, epsilon1);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const at = start + i * columns + j;
        y[at] = gradient[at] / Math.sqrt(Math.max((vRow[i] * vColumn[j]) / meanOfRows, floor));
      }
    }
  }
}

/** The matrix at `start`; at rank 2 that is the tensor's own view, so that nothing is allocated. */
function matrixOf(tensor: Float32Array, start: number, length: number): Float32Array {
  return length === tensor.length ? tensor : tensor.subarray(start, start + length);
}
