/**
 * AdaFactor's loops (Shazeer and Stern 2018); its stages are in src/optim. Decays are rounded to float32 first, and
 * 1 − decay is rounded from float64.
 *
 * @module
 */
import { checkLength } from '../checks.ts';

const { fround } = Math;

/** v = decay · v + (1 − decay) · (g² + epsilon) */
export function decaySquares(v: Float32Array, gradient: Float32Array, decay: number, epsilon: number): void {
  checkLength('decaySquares', gradient, v.length);
  const keep = fround(decay);
  const take = fround(1 - decay);
  const e = fround(epsilon);
  for (let i = 0; i < v.length; i++) {
    const square = fround(fround(gradient[i] * gradient[i]) + e);
    v[i] = fround(keep * v[i]) + fround(take * square);
  }
}

/**
 * As decaySquares, on the means of g² + epsilon over columns (vRow, one per row) and over rows (vCol, one per
 * column); the means in float64, vCol's sums row after row.
 */
export function decayFactoredSquares(
  vRow: Float32Array,
  vCol: Float32Array,
  gradient: Float32Array,
  rows: number,
  columns: number,
  decay: number,
  epsilon: number,
): void {
  checkMatrix('decayFactoredSquares', gradient, vRow, vCol, rows, columns);
  const keep = fround(decay);
  const take = fround(1 - decay);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) sum += gradient[i] * gradient[i];
    vRow[row] = fround(keep * vRow[row]) + fround(take * fround(sum / columns + epsilon));
  }
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let i = column; i < rows * columns; i += columns) sum += gradient[i] * gradient[i];
    vCol[column] = fround(keep * vCol[column]) + fround(take * fround(sum / rows + epsilon));
  }
}

/** out = g / √v: at v = g² exactly ±1, which g · v^−½ in two roundings is not. */
export function divideByRoot(out: Float32Array, gradient: Float32Array, v: Float32Array): void {
  checkLength('divideByRoot', gradient, out.length);
  checkLength('divideByRoot', v, out.length);
  for (let i = 0; i < out.length; i++) out[i] = gradient[i] / fround(Math.sqrt(v[i]));
}

/** out[i, j] = g[i, j] · rowFactor[i] · colFactor[j], in that order */
export function scaleRowsAndColumns(
  out: Float32Array,
  gradient: Float32Array,
  rowFactor: Float32Array,
  colFactor: Float32Array,
  rows: number,
  columns: number,
): void {
  checkLength('scaleRowsAndColumns', out, rows * columns);
  checkMatrix('scaleRowsAndColumns', gradient, rowFactor, colFactor, rows, columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      out[i] = fround(gradient[i] * rowFactor[row]) * colFactor[column];
    }
  }
}

/** m = decay · m + (1 − decay) · x */
export function decayMean(m: Float32Array, x: Float32Array, decay: number): void {
  checkLength('decayMean', x, m.length);
  const keep = fround(decay);
  const take = fround(1 - decay);
  for (let i = 0; i < m.length; i++) m[i] = fround(keep * m[i]) + fround(take * x[i]);
}

/** @throws {@link Internal} if the lengths do not fit [rows, columns]. */
export function checkMatrix(
  where: string,
  matrix: Float32Array,
  perRow: Float32Array,
  perColumn: Float32Array,
  rows: number,
  columns: number,
): void {
  checkLength(where, matrix, rows * columns);
  checkLength(where, perRow, rows);
  checkLength(where, perColumn, columns);
}
