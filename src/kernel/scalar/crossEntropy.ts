/**
 * Cross-entropy of a softmax against one target per row, without ever storing the softmax.
 *
 * @module
 */
import { checkLength, checkTargets } from '../checks.ts';
import { exponential } from './exponential.ts';
import { logarithm } from './logarithm.ts';

const { fround } = Math;

/** losses[row] = logSumExp(logits[row]) − logits[row, target]; both are 0 where the target is negative (masked). */
export function crossEntropy(
  losses: Float32Array,
  logSumExp: Float32Array,
  logits: Float32Array,
  targets: Int32Array,
  columns: number,
): void {
  checkLength('crossEntropy', losses, targets.length);
  checkCrossEntropy('crossEntropy', logSumExp, logits, targets, columns);
  for (let row = 0; row < targets.length; row++) {
    const start = row * columns;
    const masked = targets[row] < 0;
    const normaliser = masked ? 0 : logSumExpOf(logits, start, start + columns);
    logSumExp[row] = normaliser;
    losses[row] = masked ? 0 : normaliser - logits[start + targets[row]];
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

/** dLogits[row] += factor · (softmax(logits[row]) − onehot(target)), masked rows untouched. */
export function crossEntropyBackward(
  dLogits: Float32Array,
  logits: Float32Array,
  logSumExp: Float32Array,
  targets: Int32Array,
  columns: number,
  factor: number,
): void {
  checkLength('crossEntropyBackward', dLogits, logits.length);
  checkCrossEntropy('crossEntropyBackward', logSumExp, logits, targets, columns);
  const f = fround(factor);
  for (let row = 0; row < targets.length; row++) {
    if (targets[row] < 0) continue;
    const start = row * columns;
    for (let j = 0; j < columns; j++) {
      const probability = exponential(fround(logits[start + j] - logSumExp[row]));
      const error = j === targets[row] ? fround(probability - 1) : probability;
      dLogits[start + j] += fround(f * error);
    }
  }
}

/** @throws {@link Internal} where lengths disagree or a target lies outside the columns. */
export function checkCrossEntropy(
  where: string,
  logSumExp: Float32Array,
  logits: Float32Array,
  targets: Int32Array,
  columns: number,
): void {
  checkLength(where, logSumExp, targets.length);
  checkLength(where, logits, targets.length * columns);
  checkTargets(where, targets, columns);
}
