/**
 * RMSNorm (Zhang and Sennrich 2019, Eq. 4): no mean is subtracted, no bias added.
 *
 * @module
 */
import { checkLength } from '../checks.ts';

const { fround } = Math;

/** out = x · inverseRms · weight, inverseRms[row] = 1 / sqrt(mean(x²) + epsilon); the mean in float64. */
export function rmsNorm(
  out: Float32Array,
  inverseRms: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  rows: number,
  columns: number,
  epsilon: number,
): void {
  checkNorm('rmsNorm', [out, x], weight, inverseRms, rows, columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let squares = 0;
    for (let i = start; i < start + columns; i++) squares += x[i] * x[i];
    const inverse = fround(1 / Math.sqrt(squares / columns + epsilon));
    inverseRms[row] = inverse;
    for (let j = 0; j < columns; j++) out[start + j] = fround(x[start + j] * inverse) * weight[j];
  }
}

/**
 * With r = inverseRms and s = Σⱼ dOutⱼ wⱼ xⱼ of the row:
 * dX += dOut · w · r − x · (s r³ / columns), dWeight += dOut · x · r.
 */
export function rmsNormBackward(
  dX: Float32Array,
  dWeight: Float32Array,
  dOut: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  inverseRms: Float32Array,
  rows: number,
  columns: number,
): void {
  checkNorm('rmsNormBackward', [dX, dOut, x], weight, inverseRms, rows, columns);
  checkLength('rmsNormBackward', dWeight, columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const r = inverseRms[row];
    let s = 0;
    for (let j = 0; j < columns; j++) s += fround(dOut[start + j] * weight[j]) * x[start + j];
    const along = fround((s * r * r * r) / columns);
    for (let j = 0; j < columns; j++) {
      const i = start + j;
      const straight = fround(fround(dOut[i] * weight[j]) * r);
      dX[i] += fround(straight - fround(x[i] * along));
      dWeight[j] += fround(fround(dOut[i] * x[i]) * r);
    }
  }
}

/** @throws {@link Internal} if the lengths do not fit [rows, columns]. */
export function checkNorm(
  where: string,
  matrices: readonly Float32Array[],
  weight: Float32Array,
  inverseRms: Float32Array,
  rows: number,
  columns: number,
): void {
  for (const matrix of matrices) checkLength(where, matrix, rows * columns);
  checkLength(where, weight, columns);
  checkLength(where, inverseRms, rows);
}
