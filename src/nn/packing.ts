/**
 * Packing: several documents in one row, none of which sees another.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { emptyBatch, place, placesOf, requireFits, type Batch, type Document } from './batch.ts';

/**
 * Puts the documents into as few rows as first fit finds, in the order given.
 *
 * @param length - the places of a row.
 * @param rows - how many rows the batch has; as many as are needed, if absent.
 * @throws InvalidInput if a document is longer than a row, or the rows do not suffice.
 * @example
 * ```ts
 * pack([{ tokens: Int32Array.of(5, 6, 7) }, { tokens: Int32Array.of(8, 9) }], 4);
 * // one row: tokens 5 6 8 0, targets 6 7 9 −1, positions 0 1 0 0, from 0 0 2 0, to 1 2 3 0
 * ```
 */
export function pack(documents: readonly Document[], length: number, rows?: number): Batch {
  const used: number[] = [];
  let full = 0; // rows at the beginning that take nothing more
  const places = documents.map((document, i) => {
    requireFits(`pack: documents[${i}]`, document, length);
    const needed = placesOf(document);
    while (used[full] === length) full++;
    let row = full;
    while (row < used.length && used[row] + needed > length) row++;
    if (row === used.length) used.push(0);
    const start = used[row];
    used[row] += needed;
    return { document, row, start };
  });
  if (rows !== undefined && used.length > rows)
    throw wrong('pack: rows', `${used.length}, what the documents need`, rows);
  const batch = emptyBatch(rows ?? used.length, length);
  for (const { document, row, start } of places) place(batch, row, start, document);
  return batch;
}

/**
 * A stream of documents as batches of one size: each row is filled with the documents that come next, and a document
 * that does not fit into what is left of a row continues in the next, as a document of its own. The last batch is padded.
 */
export function packAll(
  documents: readonly Document[],
  { rows, length }: { readonly rows: number; readonly length: number },
): Batch[] {
  const batches: Batch[] = [];
  let row = 0;
  let column = 0;
  const write = (piece: Document): void => {
    if (row === 0 && column === 0) batches.push(emptyBatch(rows, length));
    place(batches[batches.length - 1], row, column, piece);
    column += placesOf(piece);
    if (column < length) return;
    column = 0;
    row = (row + 1) % rows;
  };
  for (const { tokens, lossFrom = 1 } of documents)
    for (let start = 0; start + 1 < tokens.length;) {
      const end = Math.min(tokens.length, start + length - column + 1);
      write({ tokens: tokens.subarray(start, end), lossFrom: lossFrom - start });
      start = end - 1;
    }
  return batches;
}
