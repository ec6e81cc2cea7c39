/**
 * Rows of a table by index: the embedding.
 *
 * @module
 */
import { checkIndices, checkLength } from '../checks.ts';

/** out[row] = table[indices[row]] */
export function gather(out: Float32Array, table: Float32Array, indices: Int32Array, columns: number): void {
  checkGather('gather', out, table, indices, columns);
  for (let row = 0; row < indices.length; row++) {
    const source = indices[row] * columns;
    for (let j = 0; j < columns; j++) out[row * columns + j] = table[source + j];
  }
}

/** dTable[indices[row]] += dOut[row], row after row: an index that comes twice gets both. */
export function gatherBackward(dTable: Float32Array, dOut: Float32Array, indices: Int32Array, columns: number): void {
  checkGather('gatherBackward', dOut, dTable, indices, columns);
  for (let row = 0; row < indices.length; row++) {
    const target = indices[row] * columns;
    for (let j = 0; j < columns; j++) dTable[target + j] += dOut[row * columns + j];
  }
}

/** @throws {@link Internal} if lengths disagree or an index lies outside the table. */
export function checkGather(
  where: string,
  rows: Float32Array,
  table: Float32Array,
  indices: Int32Array,
  columns: number,
): void {
  checkLength(where, rows, indices.length * columns);
  checkIndices(where, indices, Math.floor(table.length / columns));
}
