/**
 * Cross-entropy of a softmax against one target per row, without ever storing the softmax.
 *
 * @module
 */
import { checkLength, checkTargets } from '../checks.ts';
import { exponential } from './exponential.ts';
import { logarithm } from './logarithm.ts';

const { fround } = Math;

/** losses[row] = logSumExp(logits[row]) − logits[row, target]; 0 if the target is negative (masked). */
export function crossEntropy(losses: Float32Array, logits: Float32Array, targets: Int32Array, columns: number): void {
  checkCrossEntropy('crossEntropy', losses, logits, targets, columns);
  for (let row = 0; row < targets.length; row++) {
    const start = row * columns;
    losses[row] = targets[row] < 0 ? 0 : logSumExpOf(logits, start, start + columns) - logits[start + targets[row]];
  }
}

/** The same, and dLogits[row] = factor · (softmax(logits[row]) − onehot(target)), 0 in masked rows. */
export function crossEntropyWithGradient(
  losses: Float32Array,
  dLogits: Float32Array,
  logits: Float32Array,
  targets: Int32Array,
  columns: number,
  factor: number,
): void {
  checkCrossEntropy('crossEntropyWithGradient', losses, logits, targets, columns);
  checkLength('crossEntropyWithGradient', dLogits, logits.length);
  const f = fround(factor);
  for (let row = 0; row < targets.length; row++) {
    const start = row * columns;
    const masked = targets[row] < 0;
    const normaliser = masked ? 0 : logSumExpOf(logits, start, start + columns);
    losses[row] = masked ? 0 : normaliser - logits[start + targets[row]];
    for (let j = 0; j < columns; j++) {
      const probability = exponential(fround(logits[start + j] - normaliser));
      const error = j === targets[row] ? fround(probability - 1) : probability;
      dLogits[start + j] = masked ? 0 : f * error;
    }
  }
}

/** ln Σ e^x over [start, end), as max + ln Σ e^(x − max); the sum in float64. */
function logSumExpOf(x: Float32Array, start: number, end: number): number {
  let highest = -Infinity;
  for (let i = start; i < end; i++) highest = Math.max(highest, x[i]);
  let sum = 0;
  for (let i = start; i < end; i++) sum += exponential(fround(x[i] - highest));
  return fround(highest + logarithm(fround(sum)));
}

/** @throws {@link Internal} if lengths disagree or a target lies outside the columns. */
export function checkCrossEntropy(
  where: string,
  losses: Float32Array,
  logits: Float32Array,
  targets: Int32Array,
  columns: number,
): void {
  checkLength(where, losses, targets.length);
  checkLength(where, logits, targets.length * columns);
  checkTargets(where, targets, columns);
}
