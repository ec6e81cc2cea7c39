/** Cross-entropy: src/kernel/scalar/crossEntropy.ts. */
import { exponential, logarithm } from './exponential';
import { loadPart, storePart } from './lanes';
import { highest, sumOfExponentials } from './rows';

export function crossEntropy(
  losses: usize, logSumExp: usize, logits: usize, targets: usize, rows: i32, columns: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const at = <usize>row << 2;
    const target = load<i32>(targets + at);
    let normaliser: f32 = 0, loss: f32 = 0;
    if (target >= 0) {
      const shift = highest(logits, columns);
      normaliser = shift + logarithm(<f32>sumOfExponentials(logits, columns, shift));
      loss = normaliser - load<f32>(logits + (<usize>target << 2));
    }
    store<f32>(logSumExp + at, normaliser);
    store<f32>(losses + at, loss);
    logits += <usize>columns << 2;
  }
}

export function crossEntropyBackward(
  dLogits: usize, logits: usize, logSumExp: usize, targets: usize, rows: i32, columns: i32, factor: f32,
): void {
  for (let row = 0; row < rows; row++) {
    const at = <usize>row << 2;
    const target = load<i32>(targets + at);
    if (target >= 0) backwardRow(dLogits, logits, load<f32>(logSumExp + at), target, columns, factor);
    dLogits += <usize>columns << 2;
    logits += <usize>columns << 2;
  }
}

function backwardRow(dLogits: usize, logits: usize, logSumExp: f32, target: i32, columns: i32, factor: f32): void {
  // The target's place is set right after the loop, which takes every column for a wrong one.
  const place = <usize>target << 2;
  const before = load<f32>(dLogits + place);
  const probability = exponential(f32x4.splat(load<f32>(logits + place) - logSumExp));
  const targetAt = dLogits + place;
  const shift = f32x4.splat(logSumExp), f = f32x4.splat(factor);
  let n = columns;
  for (; n >= 4; n -= 4) {
    const p = exponential(f32x4.sub(v128.load(logits), shift));
    v128.store(dLogits, f32x4.add(v128.load(dLogits), f32x4.mul(f, p)));
    dLogits += 16, logits += 16;
  }
  if (n) {
    const p = exponential(f32x4.sub(loadPart(logits, n), shift));
    storePart(dLogits, f32x4.add(loadPart(dLogits, n), f32x4.mul(f, p)), n);
  }
  store<f32>(targetAt, before + factor * (f32x4.extract_lane(probability, 0) - 1));
}
