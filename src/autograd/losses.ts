/**
 * The primitives that end in a single number.
 *
 * @module
 */
import { asMatrix } from '../tensor/shape.ts';
import type { Tape } from './tape.ts';
import type { Variable } from './variable.ts';

/**
 * factor · Σ over the rows of logSumExp(logits) − logits[target]; a row whose target is negative counts nothing.
 *
 * @param logits - [..., classes].
 * @param targets - one per row, in the tape's memory.
 * @param factor - 1 / (number of targets that count) for the mean; for a part of a batch, that number of the whole.
 * @returns a single number.
 */
export function crossEntropy(tape: Tape, logits: Variable, targets: Int32Array, factor: number): Variable {
  const { rows, columns } = asMatrix(logits.shape);
  const { kernels } = tape;
  const losses = tape.variable([rows]).data;
  const logSumExp = tape.variable([rows]).data;
  const out = tape.variable([1]);
  kernels.crossEntropy(losses, logSumExp, logits.data, targets, columns);
  out.data[0] = factor * kernels.sum(losses);
  return tape.record('crossEntropy', out, ([dOut]) =>
    kernels.crossEntropyBackward(tape.gradient(logits), logits.data, logSumExp, targets, columns, factor * dOut),
  );
}

/** Σ x. */
export function sum(tape: Tape, x: Variable): Variable {
  const out = tape.variable([1]);
  out.data[0] = tape.kernels.sum(x.data);
  return tape.record('sum', out, ([dOut]) => {
    const dX = tape.gradient(x);
    for (let i = 0; i < dX.length; i++) dX[i] += dOut;
  });
}
