/**
 * AdaFactor's first two stages: the running mean of squared gradients, kept whole or as row and column means
 * (Shazeer and Stern 2018, Algorithms 2 and 4), and the division of the gradient by its root.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { elementCount } from '../tensor/shape.ts';
import type { Dialect, RegularisationName } from './dialects.ts';
import { areLast, FACTORINGS, orderOf } from './factoring.ts';
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
  /** If the factored dimensions are not the last: where the elements of the matrices lie, and a copy of them. */
  readonly scattered: { readonly order: Uint32Array; readonly copy: Float32Array } | undefined;
}

export type SecondMoment = FullMoment | FactoredMoment;

/**
 * The zero moment of a tensor and the slots in which it lives, factored as the dialect says ({@link FACTORINGS}).
 *
 * @throws InvalidInput if the dialect is t5x's and the two largest dimensions are to be factored but are not the last
 *   two (t5x too asks for an explicit rule there).
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
  const rule = FACTORINGS[factoring];
  const axes = rule.axes(shape, minDimSizeToFactor ?? 1);
  if (axes === undefined) return { kind: 'full', regularisation, v: slot('v', size) };

  const isInPlace = areLast(axes, shape);
  if (rule.refusesOthers && !isInPlace)
    throw wrong(
      `adafactor: shape of "${name}"`,
      'the two largest dimensions to be the last two',
      `[${shape.join(', ')}]`,
    );
  const [rows, columns] = axes.map((axis) => shape[axis]);
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
    scattered: isInPlace ? undefined : { order: orderOf(shape, axes), copy: kernels.memory.floats(size) },
  };
}

/** What ε₁ is: a term of the squared gradient, or the least that the estimate can be. */
const REGULARISATIONS: Readonly<Record<RegularisationName, { readonly isAdded: boolean }>> = {
  'added-to-squares': { isAdded: true },
  'floor-of-estimate': { isAdded: false },
};

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
  const gathered = gather(moment, gradient);
  for (const { start, vRow, vColumn } of moment.matrices) {
    const g = matrixOf(gathered, start, rows * columns);
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
  const { isAdded } = REGULARISATIONS[moment.regularisation];
  if (moment.kind === 'full') {
    if (isAdded) kernels.divideByRoot(y, gradient, moment.v);
    else divideAboveFloor(y, gradient, moment.v, epsilon1);
    return;
  }
  const divide = isAdded ? divideMatrices : divideMatricesAboveFloor;
  const { scattered } = moment;
  if (scattered === undefined) {
    divide(kernels, y, gradient, moment, epsilon1);
    return;
  }
  const { order, copy } = scattered;
  divide(kernels, copy, gather(moment, gradient), moment, epsilon1);
  for (let i = 0; i < order.length; i++) y[order[i]] = copy[i];
}

/** y = g · (v_row / mean(v_row))^−½ · v_col^−½ */
function divideMatrices(kernels: Kernels, y: Float32Array, gradient: Float32Array, moment: FactoredMoment): void {
  const { rows, columns, rowFactor, columnFactor } = moment;
  for (const { start, vRow, vColumn } of moment.matrices) {
    const meanOfRows = kernels.sum(vRow) / rows;
    for (let i = 0; i < rows; i++) rowFactor[i] = 1 / Math.sqrt(vRow[i] / meanOfRows);
    for (let j = 0; j < columns; j++) columnFactor[j] = 1 / Math.sqrt(vColumn[j]);
    const g = matrixOf(gradient, start, rows * columns);
    kernels.scaleRowsAndColumns(matrixOf(y, start, rows * columns), g, rowFactor, columnFactor, rows, columns);
  }
}

/** y = g / √max(v, ε₁²) is rounded once. */
function divideAboveFloor(y: Float32Array, gradient: Float32Array, v: Float32Array, epsilon1: number): void {
  const floor = epsilon1 * epsilon1;
  for (let i = 0; i < y.length; i++) y[i] = gradient[i] / Math.sqrt(Math.max(v[i], floor));
}

/** v̂ = v_row v_colᵀ / max(mean(v_row), ε₁), in float64; y = g / √max(v̂, ε₁²) is rounded once. */
function divideMatricesAboveFloor(
  kernels: Kernels,
  y: Float32Array,
  gradient: Float32Array,
  moment: FactoredMoment,
  epsilon1: number,
): void {
  const floor = epsilon1 * epsilon1;
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

/** The gradient with the factored dimensions last: itself if they are, else the moment's copy of it. */
function gather({ scattered }: FactoredMoment, gradient: Float32Array): Float32Array {
  if (scattered === undefined) return gradient;
  const { order, copy } = scattered;
  for (let i = 0; i < order.length; i++) copy[i] = gradient[order[i]];
  return copy;
}

/** The matrix at `start`; at rank 2 that is the tensor's own view, so that nothing is allocated. */
function matrixOf(tensor: Float32Array, start: number, length: number): Float32Array {
  return length === tensor.length ? tensor : tensor.subarray(start, start + length);
}
