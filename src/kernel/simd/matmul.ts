/**
 * The matrix product over the wasm module.
 *
 * @module
 */
import { checkMatmul } from '../checks.ts';
import type { Batch, Kernels } from '../kernels.ts';
import type { WasmModule } from './module.ts';

const ONCE: Batch = { count: 1, strideOut: 0, strideA: 0, strideB: 0 };

export function createMatmul({ wasm, at }: WasmModule): Pick<Kernels, 'matmul'> {
  return {
    matmul(out, a, b, shape) {
      checkMatmul(out, a, b, shape);
      const { m, n, k, transposeA = false, transposeB = false, batches } = shape;
      const outer = batches?.length === 2 ? batches[0] : ONCE;
      const inner = batches?.at(-1) ?? ONCE;
      const flags = (transposeA ? 1 : 0) | (transposeB ? 2 : 0) | (shape.accumulate ? 4 : 0);
      wasm.matmul(
        at(out),
        at(a),
        at(b),
        m,
        n,
        k,
        4 * (shape.rowOut ?? n),
        4 * (shape.rowA ?? (transposeA ? m : k)),
        4 * (shape.rowB ?? (transposeB ? k : n)),
        flags,
        shape.alpha ?? 1,
        outer.count,
        4 * outer.strideOut,
        4 * outer.strideA,
        4 * outer.strideB,
        inner.count,
        4 * inner.strideOut,
        4 * inner.strideA,
        4 * inner.strideB,
      );
    },
  };
}
