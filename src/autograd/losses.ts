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
  const out = tape.variable([1]);
  if (tape.mode === 'forward') {
    kernels.crossEntropy(losses, logits.data, targets, columns);
    out.data[0] = factor * kernels.sum(losses);
    return out;
  }
  // The gradient at once, while each row is at hand; it is the tape's to scale, and to add if something came before.
  const dLogits = tape.variable(logits.shape).data;
  kernels.crossEntropyWithGradient(losses, dLogits, logits.data, targets, columns, factor);
  out.data[0] = factor * kernels.sum(losses);
  return tape.record('crossEntropy', out, ([dOut]) => {
    if (dOut !== 1) kernels.scale(dLogits, dLogits, dOut);
    tape.handOver(logits, dLogits);
  });
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
