/** Cross-entropy: src/kernel/scalar/crossEntropy.ts. */
import { exponential, logarithm } from './exponential';
import { loadPart, storePart } from './lanes';
import { highest, sumOfExponentials } from './rows';

export function crossEntropy(losses: usize, logits: usize, targets: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    const at = <usize>row << 2;
    const target = load<i32>(targets + at);
    const loss = target < 0 ? <f32>0 : logSumExp(logits, columns) - load<f32>(logits + (<usize>target << 2));
    store<f32>(losses + at, loss);
    logits += <usize>columns << 2;
  }
}

/** The same with its gradient, row by row while the row is in the nearest cache. */
export function crossEntropyWithGradient(
  losses: usize, dLogits: usize, logits: usize, targets: usize, rows: i32, columns: i32, factor: f32,
): void {
  const bytes = <usize>columns << 2;
  for (let row = 0; row < rows; row++) {
    const at = <usize>row << 2;
    const target = load<i32>(targets + at);
    let loss: f32 = 0;
    if (target >= 0) {
      const normaliser = logSumExp(logits, columns);
      loss = normaliser - load<f32>(logits + (<usize>target << 2));
      gradientRow(dLogits, logits, normaliser, target, columns, factor);
    } else {
      memory.fill(dLogits, 0, bytes);
    }
    store<f32>(losses + at, loss);
    dLogits += bytes;
    logits += bytes;
  }
}

function logSumExp(x: usize, n: i32): f32 {
  const shift = highest(x, n);
  return shift + logarithm(<f32>sumOfExponentials(x, n, shift));
}

function gradientRow(dLogits: usize, logits: usize, normaliser: f32, target: i32, columns: i32, factor: f32): void {
  // The target's place is set right after the loop, which takes every column for a wrong one.
  const place = <usize>target << 2;
  const probability = exponential(f32x4.splat(load<f32>(logits + place) - normaliser));
  const targetAt = dLogits + place;
  const shift = f32x4.splat(normaliser), f = f32x4.splat(factor);
  let n = columns;
  for (; n >= 4; n -= 4) {
    v128.store(dLogits, f32x4.mul(f, exponential(f32x4.sub(v128.load(logits), shift))));
    dLogits += 16, logits += 16;
  }
  if (n) storePart(dLogits, f32x4.mul(f, exponential(f32x4.sub(loadPart(logits, n), shift))), n);
  store<f32>(targetAt, factor * (f32x4.extract_lane(probability, 0) - 1));
}
