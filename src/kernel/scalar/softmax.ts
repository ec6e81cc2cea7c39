/**
 * Softmax over the keys that each query sees.
 *
 * @module
 */
import { checkLength, checkRanges } from '../checks.ts';
import { exponential } from './exponential.ts';

const { fround } = Math;

/**
 * x is [batch, heads, queries, keys]; query q of batch element b sees from[b·queries + q] ≤ key < to[b·queries + q].
 * Keys out of sight get exactly 0. `out` may be `x`. The sum is in float64.
 */
export function softmax(
  out: Float32Array,
  x: Float32Array,
  from: Int32Array,
  to: Int32Array,
  heads: number,
  queries: number,
  keys: number,
): void {
  checkSoftmax(out, x, from, to, heads, keys);
  const batch = from.length / queries;
  for (let b = 0; b < batch; b++) {
    for (let head = 0; head < heads; head++) {
      for (let q = 0; q < queries; q++) {
        const start = ((b * heads + head) * queries + q) * keys;
        const range = b * queries + q;
        softmaxRow(out, x, start, start + from[range], start + to[range], start + keys);
      }
    }
  }
}

/** One row: [start, end) with the visible keys [first, last). */
export function softmaxRow(
  out: Float32Array,
  x: Float32Array,
  start: number,
  first: number,
  last: number,
  end: number,
): void {
  let highest = -Infinity;
  for (let i = first; i < last; i++) highest = Math.max(highest, x[i]);
  let sum = 0;
  for (let i = first; i < last; i++) {
    const e = exponential(fround(x[i] - highest));
    out[i] = e;
    sum += e;
  }
  const inverse = fround(1 / sum);
  for (let i = start; i < end; i++) out[i] = first <= i && i < last ? out[i] * inverse : 0;
}

/** dX = out ⊙ (dOut − ⟨dOut, out⟩) row by row, the inner product in float64; dX may be dOut. */
export function softmaxBackward(
  dX: Float32Array,
  dOut: Float32Array,
  out: Float32Array,
  rows: number,
  columns: number,
): void {
  for (const matrix of [dX, dOut, out]) checkLength('softmaxBackward', matrix, rows * columns);
  for (let start = 0; start < rows * columns; start += columns) {
    let product = 0;
    for (let i = start; i < start + columns; i++) product += dOut[i] * out[i];
    const mean = fround(product);
    for (let i = start; i < start + columns; i++) dX[i] = out[i] * fround(dOut[i] - mean);
  }
}

/** @throws {@link Internal} if lengths disagree or a range reaches outside the keys. */
export function checkSoftmax(
  out: Float32Array,
  x: Float32Array,
  from: Int32Array,
  to: Int32Array,
  heads: number,
  keys: number,
): void {
  checkRanges('softmax', from, to, keys);
  checkLength('softmax', x, from.length * heads * keys);
  checkLength('softmax', out, x.length);
}
