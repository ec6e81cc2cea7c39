/**
 * Loops that sum over rows: in parts of consecutive columns, so that each sum goes over all rows in order whatever the
 * number of threads. How: elements.ts.
 */
import * as tables from '../gather';
import * as norms from '../norm';
import * as adafactor from '../optimizer';
import { at, chunksOf, integer, integerAt, isSmall, pointer, real, realAt, run } from '../threads';

/** What an element costs, in the operations of a matrix product that take as long. */
const LIGHT: f64 = 8;

/** 16 columns are a cache line. */
function runColumns(part: (first: i32, count: i32) => void, columns: i32): void {
  const chunks = chunksOf((columns + 15) / 16);
  run(part, columns, ((columns + chunks - 1) / chunks + 15) & ~15);
}

export function gatherBackward(dTable: usize, dOut: usize, indices: usize, rows: i32, columns: i32): void {
  if (isSmall(LIGHT * rows * columns)) {
    return tables.gatherBackwardPart(dTable, dOut, indices, rows, columns, columns);
  }
  pointer(0, dTable, 4), pointer(1, dOut, 4), pointer(2, indices, 0), integer(3, rows), integer(4, columns);
  runColumns((first, width) => {
    tables.gatherBackwardPart(at(0, first), at(1, first), at(2, 0), integerAt(3), integerAt(4), width);
  }, columns);
}

export function rmsNormBackward(
  dX: usize, dWeight: usize, dOut: usize, x: usize, weight: usize, inverseRms: usize, rows: i32, columns: i32,
): void {
  if (isSmall(LIGHT * rows * columns)) {
    return norms.rmsNormBackward(dX, dWeight, dOut, x, weight, inverseRms, rows, columns);
  }
  const bytes = <usize>columns << 2, chunks = chunksOf(rows);
  pointer(0, dX, bytes), pointer(1, dOut, bytes), pointer(2, x, bytes), pointer(3, weight, 0);
  pointer(4, inverseRms, 4), integer(5, columns);
  run((first, rows) => {
    norms.rmsNormBackwardX(at(0, first), at(1, first), at(2, first), at(3, 0), at(4, first), rows, integerAt(5));
  }, rows, (rows + chunks - 1) / chunks);
  pointer(0, dWeight, 4), pointer(1, dOut, 4), pointer(2, x, 4), pointer(3, inverseRms, 0), integer(6, rows);
  runColumns((first, width) => {
    norms.rmsNormBackwardWeight(at(0, first), at(1, first), at(2, first), at(3, 0), integerAt(6), integerAt(5), width);
  }, columns);
}

export function decayFactoredSquares(
  vRow: usize, vCol: usize, gradient: usize, rows: i32, columns: i32, keep: f32, take: f32, epsilon: f64,
): void {
  if (isSmall(LIGHT * rows * columns)) {
    return adafactor.decayFactoredSquares(vRow, vCol, gradient, rows, columns, keep, take, epsilon);
  }
  const chunks = chunksOf(rows);
  pointer(0, vRow, 4), pointer(1, gradient, <usize>columns << 2), integer(2, columns), integer(3, rows);
  real(4, keep), real(5, take), real(6, epsilon);
  run((first, rows) => {
    adafactor.decayRowSquares(
      at(0, first), at(1, first), rows, integerAt(2), <f32>realAt(4), <f32>realAt(5), realAt(6),
    );
  }, rows, (rows + chunks - 1) / chunks);
  pointer(0, vCol, 4), pointer(1, gradient, 4);
  runColumns((first, width) => {
    adafactor.decayColumnSquares(
      at(0, first), at(1, first), integerAt(3), integerAt(2), width, <f32>realAt(4), <f32>realAt(5), realAt(6),
    );
  }, columns);
}
