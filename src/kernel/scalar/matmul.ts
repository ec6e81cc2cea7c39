/**
 * The matrix product, as it is defined.
 *
 * @module
 */
import { checkMatmul } from '../checks.ts';
import type { Batch, MatmulShape } from '../kernels.ts';

const ONCE: Batch = { count: 1, strideOut: 0, strideA: 0, strideB: 0 };

/** out[m, n] (+)= alpha · op(A)[m, k] · op(B)[k, n]; each sum over k is one float64 sum in order, rounded once. */
export function matmul(out: Float32Array, a: Float32Array, b: Float32Array, shape: MatmulShape): void {
  checkMatmul(out, a, b, shape);
  const { batches = [] } = shape;
  const [outer, inner] = batches.length === 2 ? batches : [ONCE, batches[0] ?? ONCE];
  for (let i = 0; i < outer.count; i++) {
    for (let j = 0; j < inner.count; j++) {
      const offsetOut = i * outer.strideOut + j * inner.strideOut;
      const offsetA = i * outer.strideA + j * inner.strideA;
      const offsetB = i * outer.strideB + j * inner.strideB;
      multiplyOne(out, offsetOut, a, offsetA, b, offsetB, shape);
    }
  }
}

function multiplyOne(
  out: Float32Array,
  offsetOut: number,
  a: Float32Array,
  offsetA: number,
  b: Float32Array,
  offsetB: number,
  shape: MatmulShape,
): void {
  const { m, n, k, transposeA = false, transposeB = false, accumulate = false } = shape;
  const rowOut = shape.rowOut ?? n;
  const rowA = shape.rowA ?? (transposeA ? m : k);
  const rowB = shape.rowB ?? (transposeB ? k : n);
  // How far apart two neighbours along m and k lie in A, along k and n in B.
  const [aAlongM, aAlongK] = transposeA ? [1, rowA] : [rowA, 1];
  const [bAlongK, bAlongN] = transposeB ? [1, rowB] : [rowB, 1];
  const alpha = Math.fround(shape.alpha ?? 1);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0, ia = offsetA + i * aAlongM, ib = offsetB + j * bAlongN; p < k; p++) {
        sum += a[ia] * b[ib];
        ia += aAlongK;
        ib += bAlongK;
      }
      const product = Math.fround(alpha * Math.fround(sum));
      const at = offsetOut + i * rowOut + j;
      out[at] = accumulate ? out[at] + product : product;
    }
  }
}
