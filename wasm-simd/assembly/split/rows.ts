/** The loops over rows, in parts of consecutive rows; how: elements.ts. */
import * as losses from '../crossEntropy';
import * as tables from '../gather';
import * as norms from '../norm';
import * as adafactor from '../optimizer';
import * as positional from '../rotary';
import * as attention from '../softmax';
import { at, chunksOf, integer, integerAt, isSmall, pointer, real, realAt, run } from '../threads';

/** What an element costs, in the operations of a matrix product that take as long: a sum, and an exponential. */
const LIGHT: f64 = 8;
const HEAVY: f64 = 40;

function runRows(part: (first: i32, count: i32) => void, rows: i32): void {
  const chunks = chunksOf(rows);
  run(part, rows, (rows + chunks - 1) / chunks);
}

export function rmsNorm(
  out: usize, inverseRms: usize, x: usize, weight: usize, rows: i32, columns: i32, epsilon: f64,
): void {
  if (isSmall(LIGHT * rows * columns)) return norms.rmsNorm(out, inverseRms, x, weight, rows, columns, epsilon);
  const bytes = <usize>columns << 2;
  pointer(0, out, bytes), pointer(1, inverseRms, 4), pointer(2, x, bytes), pointer(3, weight, 0);
  integer(4, columns), real(5, epsilon);
  runRows((first, rows) => {
    norms.rmsNorm(at(0, first), at(1, first), at(2, first), at(3, first), rows, integerAt(4), realAt(5));
  }, rows);
}

export function rotate(
  out: usize, x: usize, cosine: usize, sine: usize, positions: usize,
  rows: i32, heads: i32, headSize: i32, direction: f32, accumulate: bool,
): void {
  if (isSmall(LIGHT * rows * heads * headSize)) {
    return positional.rotate(out, x, cosine, sine, positions, rows, heads, headSize, direction, accumulate);
  }
  const bytes = <usize>(heads * headSize) << 2;
  pointer(0, out, bytes), pointer(1, x, bytes), pointer(2, cosine, 0), pointer(3, sine, 0), pointer(4, positions, 4);
  integer(5, heads), integer(6, headSize), real(7, direction), integer(8, accumulate);
  runRows((first, rows) => {
    positional.rotate(
      at(0, first), at(1, first), at(2, 0), at(3, 0), at(4, first),
      rows, integerAt(5), integerAt(6), <f32>realAt(7), integerAt(8) != 0,
    );
  }, rows);
}

/** In parts of batch elements: a row's visible range is found from its place in one. */
export function softmax(
  out: usize, x: usize, from: usize, to: usize, batch: i32, heads: i32, queries: i32, keys: i32,
): void {
  const elements = heads * queries * keys;
  if (isSmall(HEAVY * batch * elements)) return attention.softmax(out, x, from, to, batch, heads, queries, keys);
  const ranges = <usize>queries << 2, bytes = <usize>elements << 2;
  pointer(0, out, bytes), pointer(1, x, bytes), pointer(2, from, ranges), pointer(3, to, ranges);
  integer(4, heads), integer(5, queries), integer(6, keys);
  runRows((first, batch) => {
    attention.softmax(
      at(0, first), at(1, first), at(2, first), at(3, first), batch, integerAt(4), integerAt(5), integerAt(6),
    );
  }, batch);
}

export function softmaxBackward(dX: usize, dOut: usize, out: usize, rows: i32, columns: i32): void {
  if (isSmall(LIGHT * rows * columns)) return attention.softmaxBackward(dX, dOut, out, rows, columns);
  const bytes = <usize>columns << 2;
  pointer(0, dX, bytes), pointer(1, dOut, bytes), pointer(2, out, bytes), integer(3, columns);
  runRows((first, rows) => attention.softmaxBackward(at(0, first), at(1, first), at(2, first), rows, integerAt(3)), rows);
}

export function gather(out: usize, table: usize, indices: usize, rows: i32, columns: i32): void {
  if (isSmall(LIGHT * rows * columns)) return tables.gather(out, table, indices, rows, columns);
  pointer(0, out, <usize>columns << 2), pointer(1, table, 0), pointer(2, indices, 4), integer(3, columns);
  runRows((first, rows) => tables.gather(at(0, first), at(1, 0), at(2, first), rows, integerAt(3)), rows);
}

export function crossEntropy(out: usize, logits: usize, targets: usize, rows: i32, columns: i32): void {
  if (isSmall(HEAVY * rows * columns)) return losses.crossEntropy(out, logits, targets, rows, columns);
  pointer(0, out, 4), pointer(1, logits, <usize>columns << 2), pointer(2, targets, 4), integer(3, columns);
  runRows((first, rows) => losses.crossEntropy(at(0, first), at(1, first), at(2, first), rows, integerAt(3)), rows);
}

export function crossEntropyWithGradient(
  out: usize, dLogits: usize, logits: usize, targets: usize, rows: i32, columns: i32, factor: f32,
): void {
  if (isSmall(HEAVY * rows * columns)) {
    return losses.crossEntropyWithGradient(out, dLogits, logits, targets, rows, columns, factor);
  }
  const bytes = <usize>columns << 2;
  pointer(0, out, 4), pointer(1, dLogits, bytes), pointer(2, logits, bytes), pointer(3, targets, 4);
  integer(4, columns), real(5, factor);
  runRows((first, rows) => {
    losses.crossEntropyWithGradient(
      at(0, first), at(1, first), at(2, first), at(3, first), rows, integerAt(4), <f32>realAt(5),
    );
  }, rows);
}

export function scaleRowsAndColumns(
  out: usize, gradient: usize, rowFactor: usize, colFactor: usize, rows: i32, columns: i32,
): void {
  if (isSmall(LIGHT * rows * columns)) {
    return adafactor.scaleRowsAndColumns(out, gradient, rowFactor, colFactor, rows, columns);
  }
  const bytes = <usize>columns << 2;
  pointer(0, out, bytes), pointer(1, gradient, bytes), pointer(2, rowFactor, 4), pointer(3, colFactor, 0);
  integer(4, columns);
  runRows((first, rows) => {
    adafactor.scaleRowsAndColumns(at(0, first), at(1, first), at(2, first), at(3, first), rows, integerAt(4));
  }, rows);
}
