/**
 * The primitives of linear maps: products with a weight matrix, rows of a table.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { asMatrix, describeShape, type Shape } from '../tensor/shape.ts';
import type { Tape } from './tape.ts';
import type { Variable } from './variable.ts';

/**
 * x Wᵀ: x is [..., inputs], W is [outputs, inputs], the result [..., outputs].
 *
 * @throws InvalidInput if the inputs differ in number.
 */
export function linear(tape: Tape, x: Variable, weight: Variable): Variable {
  const [outputs, inputs] = weight.shape;
  const { rows, columns } = asMatrix(x.shape);
  if (columns !== inputs) throw wrong('linear: x', `${inputs} columns`, describeShape(x.shape));
  const { kernels } = tape;
  const out = tape.variable([...x.shape.slice(0, -1), outputs]);
  kernels.matmul(out.data, x.data, weight.data, { m: rows, n: outputs, k: inputs, transposeB: true });
  return tape.record('linear', out, (dOut) => {
    tape.addMatmul(x, dOut, weight.data, { m: rows, n: inputs, k: outputs });
    tape.addMatmul(weight, dOut, x.data, { m: outputs, n: inputs, k: rows, transposeA: true });
  });
}

/**
 * table[indices]: table is [entries, columns] (all but its last dimension count as entries), the result
 * [...leading, columns]. The indices lie in the tape's memory, one per row of the result.
 */
export function gather(tape: Tape, table: Variable, indices: Int32Array, leading: Shape): Variable {
  const { columns } = asMatrix(table.shape);
  const { kernels } = tape;
  const out = tape.variable([...leading, columns]);
  kernels.gather(out.data, table.data, indices, columns);
  return tape.record('gather', out, (dOut) => kernels.gatherBackward(tape.gradient(table), dOut, indices, columns));
}
