/**
 * Root-mean-square layer normalisation (Zhang and Sennrich 2019).
 *
 * @module
 */
import { asMatrix, requireSameShape } from '../tensor/shape.ts';
import type { Tape } from './tape.ts';
import type { Variable } from './variable.ts';

/** x / √(mean(x²) + epsilon) ⊙ weight, row by row: x is [..., columns], weight [columns]. */
export function rmsNorm(tape: Tape, x: Variable, weight: Variable, epsilon: number): Variable {
  const { rows, columns } = asMatrix(x.shape);
  requireSameShape('rmsNorm: weight', [columns], weight.shape);
  const { kernels } = tape;
  const out = tape.variable(x.shape);
  const inverseRms = tape.variable([rows]).data;
  kernels.rmsNorm(out.data, inverseRms, x.data, weight.data, rows, columns, epsilon);
  return tape.record('rmsNorm', out, (dOut) => {
    const [dX, dWeight] = [tape.gradient(x), tape.gradient(weight)];
    kernels.rmsNormBackward(dX, dWeight, dOut, x.data, weight.data, inverseRms, rows, columns);
  });
}
