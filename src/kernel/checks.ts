/**
 * What every kernel asks of its arguments, before its loop: lengths that agree and indices inside their table. A
 * breach is a defect of the caller inside this project, since the layers above check what users give.
 *
 * @module
 */
import { Internal } from '../errors.ts';
import { callable, having, ignored, oneOf } from '../kinds.ts';
import { KERNEL_NAMES, type MatmulShape } from './kernels.ts';

/** Refuses what are no kernels. */
export const checkKernels = having('kernels, as createKernels makes them', {
  name: oneOf(KERNEL_NAMES),
  memory: having('a Memory', { wasm: ignored }),
  orderStatistic: callable,
});

type Vector = Float32Array | Int32Array;

/** @throws {@link Internal} if `x` does not have `length` elements. */
export function checkLength(where: string, x: Vector, length: number): void {
  if (x.length !== length) throw new Internal(`kernel.${where}: expected ${length} elements, got ${x.length}`);
}

/** @throws {@link Internal} if an index is not in [0, count). */
export function checkIndices(where: string, indices: Int32Array, count: number): void {
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] < 0 || indices[i] >= count) {
      throw new Internal(`kernel.${where}: expected index[${i}] in [0, ${count}), got ${indices[i]}`);
    }
  }
}

/** @throws {@link Internal} if a target is not below `columns`; negative ones are masks. */
export function checkTargets(where: string, targets: Int32Array, columns: number): void {
  for (let i = 0; i < targets.length; i++) {
    if (targets[i] >= columns) {
      throw new Internal(`kernel.${where}: expected target[${i}] below ${columns}, got ${targets[i]}`);
    }
  }
}

/** @throws {@link Internal} if a visible range [from, to) reaches outside [0, keys]. */
export function checkRanges(where: string, from: Int32Array, to: Int32Array, keys: number): void {
  checkLength(where, to, from.length);
  for (let i = 0; i < from.length; i++) {
    if (from[i] < 0 || to[i] > keys) {
      throw new Internal(`kernel.${where}: expected range[${i}] within [0, ${keys}), got [${from[i]}, ${to[i]})`);
    }
  }
}

/** @throws {@link Internal} if a rank is not a whole number in [0, count). */
export function checkRank(where: string, rank: number, count: number): void {
  if (!Number.isInteger(rank) || rank < 0 || rank >= count) {
    throw new Internal(`kernel.${where}: expected a rank in [0, ${count}), got ${rank}`);
  }
}

/** @throws {@link Internal} if a matrix product reaches beyond one of its operands. */
export function checkMatmul(out: Float32Array, a: Float32Array, b: Float32Array, shape: MatmulShape): void {
  const { m, n, k, transposeA = false, transposeB = false, batches = [] } = shape;
  let endOut = (m - 1) * (shape.rowOut ?? n) + n;
  let endA = transposeA ? (k - 1) * (shape.rowA ?? m) + m : (m - 1) * (shape.rowA ?? k) + k;
  let endB = transposeB ? (n - 1) * (shape.rowB ?? k) + k : (k - 1) * (shape.rowB ?? n) + n;
  if (batches.length > 2)
    throw new Internal(`kernel.matmul: expected up to 2 levels of batches, got ${batches.length}`);
  let count = 1;
  for (const batch of batches) {
    count *= batch.count;
    endOut += (batch.count - 1) * batch.strideOut;
    endA += (batch.count - 1) * batch.strideA;
    endB += (batch.count - 1) * batch.strideB;
  }
  if (m * n * count === 0) return;
  checkEnd('out', out, endOut);
  if (k === 0) return;
  checkEnd('a', a, endA);
  checkEnd('b', b, endB);
}

function checkEnd(name: string, x: Float32Array, end: number): void {
  if (end > x.length)
    throw new Internal(`kernel.matmul: expected ${name} of at least ${end} elements, got ${x.length}`);
}
