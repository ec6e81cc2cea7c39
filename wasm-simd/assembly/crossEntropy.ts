/** Cross-entropy: src/kernel/scalar/crossEntropy.ts. */
import { zero } from './elementwise';
import { exponential, logarithm } from './exponential';
import { loadPart, storePart } from './lanes';
import { highest, isNear, power, sumOfExponentials } from './rows';

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
      zero(dLogits, columns);
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
  // f · e^x = 2f · (e^x / 2), unless 2f is not finite.
  const near = isNear(normaliser) && abs<f32>(2 * factor) < Infinity;
  if (near) scaledPowers(dLogits, logits, normaliser, columns, 2 * factor, true);
  else scaledPowers(dLogits, logits, normaliser, columns, factor, false);
  store<f32>(targetAt, factor * (f32x4.extract_lane(probability, 0) - 1));
}

/** out = factor · power(x − shift); loops as in rows.ts. */
// @ts-ignore: decorator
@inline
function scaledPowers(out: usize, x: usize, shift: f32, n: i32, factor: f32, near: bool): void {
  const s = f32x4.splat(shift), f = f32x4.splat(factor);
  for (; near && n >= 16; n -= 16) {
    const p0 = power(f32x4.sub(v128.load(x), s), near), p1 = power(f32x4.sub(v128.load(x, 16), s), near);
    const p2 = power(f32x4.sub(v128.load(x, 32), s), near), p3 = power(f32x4.sub(v128.load(x, 48), s), near);
    v128.store(out, f32x4.mul(f, p0)), v128.store(out, f32x4.mul(f, p1), 16);
    v128.store(out, f32x4.mul(f, p2), 32), v128.store(out, f32x4.mul(f, p3), 48);
    out += 64, x += 64;
  }
  for (; n >= 4; n -= 4) {
    v128.store(out, f32x4.mul(f, power(f32x4.sub(v128.load(x), s), near)));
    out += 16, x += 16;
  }
  if (n) storePart(out, f32x4.mul(f, power(f32x4.sub(loadPart(x, n), s), near)), n);
}
