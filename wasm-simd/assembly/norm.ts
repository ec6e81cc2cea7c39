/** RMSNorm: src/kernel/scalar/norm.ts. */
import { scaleProduct } from './elementwise';
import { high, highAt, loadPart, low, lowAt, storePart, total } from './lanes';
import { sumOfSquares } from './reduce';

export function rmsNorm(
  out: usize, inverseRms: usize, x: usize, weight: usize, rows: i32, columns: i32, epsilon: f64,
): void {
  const bytes = <usize>columns << 2;
  for (let row = 0; row < rows; row++) {
    const inverse = <f32>(1.0 / sqrt<f64>(sumOfSquares(x, columns) / <f64>columns + epsilon));
    store<f32>(inverseRms, inverse);
    scaleProduct(out, x, weight, inverse, columns);
    inverseRms += 4, out += bytes, x += bytes;
  }
}

export function rmsNormBackward(
  dX: usize, dWeight: usize, dOut: usize, x: usize, weight: usize, inverseRms: usize, rows: i32, columns: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const r = load<f32>(inverseRms);
    inverseRms += 4;
    const s = weightedDot(dOut, weight, x, columns);
    const along = f32x4.splat(<f32>((s * <f64>r * <f64>r * <f64>r) / <f64>columns));
    const inverse = f32x4.splat(r);
    let dW = dWeight, w = weight, n = columns;
    for (; n >= 4; n -= 4) {
      const g = v128.load(dOut), v = v128.load(x);
      const straight = f32x4.mul(f32x4.mul(g, v128.load(w)), inverse);
      v128.store(dX, f32x4.add(v128.load(dX), f32x4.sub(straight, f32x4.mul(v, along))));
      v128.store(dW, f32x4.add(v128.load(dW), f32x4.mul(f32x4.mul(g, v), inverse)));
      dX += 16, dW += 16, dOut += 16, x += 16, w += 16;
    }
    if (n) {
      const g = loadPart(dOut, n), v = loadPart(x, n);
      const straight = f32x4.mul(f32x4.mul(g, loadPart(w, n)), inverse);
      storePart(dX, f32x4.add(loadPart(dX, n), f32x4.sub(straight, f32x4.mul(v, along))), n);
      storePart(dW, f32x4.add(loadPart(dW, n), f32x4.mul(f32x4.mul(g, v), inverse)), n);
      dX += n << 2, dOut += n << 2, x += n << 2;
    }
  }
}

/** The part of the derivative by x: rows do not depend on one another. */
export function rmsNormBackwardX(
  dX: usize, dOut: usize, x: usize, weight: usize, inverseRms: usize, rows: i32, columns: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const r = load<f32>(inverseRms);
    inverseRms += 4;
    const s = weightedDot(dOut, weight, x, columns);
    const along = f32x4.splat(<f32>((s * <f64>r * <f64>r * <f64>r) / <f64>columns));
    const inverse = f32x4.splat(r);
    let w = weight, n = columns;
    for (; n >= 4; n -= 4) {
      const straight = f32x4.mul(f32x4.mul(v128.load(dOut), v128.load(w)), inverse);
      v128.store(dX, f32x4.add(v128.load(dX), f32x4.sub(straight, f32x4.mul(v128.load(x), along))));
      dX += 16, dOut += 16, x += 16, w += 16;
    }
    if (n) {
      const straight = f32x4.mul(f32x4.mul(loadPart(dOut, n), loadPart(w, n)), inverse);
      storePart(dX, f32x4.add(loadPart(dX, n), f32x4.sub(straight, f32x4.mul(loadPart(x, n), along))), n);
      dX += n << 2, dOut += n << 2, x += n << 2;
    }
  }
}

/** The part of the derivative by the weight, for the first `width` columns: each sums over the rows, in order. */
export function rmsNormBackwardWeight(
  dWeight: usize, dOut: usize, x: usize, inverseRms: usize, rows: i32, columns: i32, width: i32,
): void {
  const bytes = <usize>columns << 2;
  for (let row = 0; row < rows; row++) {
    const inverse = v128.load32_splat(inverseRms + (<usize>row << 2));
    let dW = dWeight, g = dOut, v = x, n = width;
    for (; n >= 4; n -= 4) {
      v128.store(dW, f32x4.add(v128.load(dW), f32x4.mul(f32x4.mul(v128.load(g), v128.load(v)), inverse)));
      dW += 16, g += 16, v += 16;
    }
    if (n) storePart(dW, f32x4.add(loadPart(dW, n), f32x4.mul(f32x4.mul(loadPart(g, n), loadPart(v, n)), inverse)), n);
    dOut += bytes, x += bytes;
  }
}

/** Σ (g · w) · x, g · w rounded to float32, the rest in float64. */
function weightedDot(g: usize, w: usize, x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0;
  for (; n >= 4; n -= 4) {
    const v = f32x4.mul(v128.load(g), v128.load(w));
    s0 = f64x2.add(s0, f64x2.mul(low(v), lowAt(x)));
    s1 = f64x2.add(s1, f64x2.mul(high(v), highAt(x)));
    g += 16, w += 16, x += 16;
  }
  let s = total(s0, s1);
  for (; n > 0; n--) {
    s += <f64>(load<f32>(g) * load<f32>(w)) * <f64>load<f32>(x);
    g += 4, w += 4, x += 4;
  }
  return s;
}
