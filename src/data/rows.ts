/**
 * Sequences as the rows of batches. How a row is laid out is the model's business (src/nn/batch.ts, packing.ts).
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { batchOf, emptyBatch, place, placesOf } from '../nn/batch.ts';
import type { Batch } from '../nn/batch.ts';
import { pack } from '../nn/packing.ts';
import type { Sequence } from '../text/document.ts';

/** What becomes of a row that is longer than the context. It is never cut. */
export type LengthPolicy = 'refuse' | 'skip';

/** The most tokens of one sequence. */
export function longest(sequences: readonly Sequence[]): number {
  return sequences.reduce((most, { tokens }) => Math.max(most, tokens.length), 0);
}

/**
 * The sequences that a model of that context can take: the last token is only predicted, so `context + 1` tokens fit.
 *
 * @param policy - `refuse`: one that is too long is an error that names it; `skip`: it is left out, and the difference in
 * length tells how many were.
 * @param nameOf - what the sequence with that index is called in errors.
 * @throws {@link InvalidInput} under `refuse`, e.g. `mytask/train.tsv:18: expected at most 129 tokens, got 150`.
 */
export function checkLengths(
  sequences: readonly Sequence[],
  context: number,
  policy: LengthPolicy,
  nameOf: (index: number) => string,
): Sequence[] {
  const fitting = sequences.filter((sequence) => placesOf(sequence) <= context);
  if (fitting.length < sequences.length && policy === 'refuse') {
    const index = sequences.findIndex((sequence) => placesOf(sequence) > context);
    const others = sequences.length - fitting.length - 1;
    const more = others === 0 ? '' : `, and ${others} more that are too long`;
    throw wrong(
      nameOf(index),
      `at most the context and one: ${context + 1} tokens`,
      `${sequences[index].tokens.length}${more}`,
    );
  }
  return fitting;
}

/** One sequence a row, padded to the longest of the batch. */
export function batchPadded(sequences: readonly Sequence[], context: number): Batch {
  return batchOf(checkLengths(sequences, context, 'refuse', nameOfSequence));
}

/** Several sequences a row: the same predictions as {@link batchPadded}, less padding. */
export function batchPacked(sequences: readonly Sequence[], length: number, context: number = length): Batch {
  return pack(checkLengths(sequences, Math.min(length, context), 'refuse', nameOfSequence), length);
}

function nameOfSequence(index: number): string {
  return `sequences[${index}]`;
}

/** Documents in rows of one length; any choice of rows makes a batch. */
export interface PackedDocuments {
  readonly rowCount: number;
  readonly length: number;
  batch(rows: ArrayLike<number>): Batch;
}

/**
 * Packs documents into rows: each goes, in the order given, into the row with the least space that still takes it (best
 * fit). One that is longer than a row is cut into pieces that share a token, so that each token but the first is
 * predicted once; this is for pre-training only.
 *
 * @param length - the places of a row; a document of t tokens takes t − 1.
 */
export function packDocuments(documents: readonly Int32Array[], length: number): PackedDocuments {
  const rows: Int32Array[][] = [];
  // rows by the places that are left in them
  const rowsByRoom: number[][] = Array.from({ length: length + 1 }, () => []);
  for (const document of documents) {
    for (const piece of piecesOf(document, length)) {
      const needed = piece.length - 1;
      let room = needed;
      while (room < length && rowsByRoom[room].length === 0) room++;
      const row = rowsByRoom[room].pop() ?? rows.push([]) - 1;
      rows[row].push(piece);
      rowsByRoom[room - needed].push(row);
    }
  }
  return {
    rowCount: rows.length,
    length,
    batch: (chosen) => {
      const batch = emptyBatch(chosen.length, length);
      for (let i = 0; i < chosen.length; i++) {
        let start = 0;
        for (const tokens of rows[chosen[i]]) {
          place(batch, i, start, { tokens });
          start += tokens.length - 1;
        }
      }
      return batch;
    },
  };
}

function* piecesOf(document: Int32Array, length: number): Generator<Int32Array> {
  for (let start = 0; start + 1 < document.length; start += length) {
    yield document.subarray(start, start + length + 1);
  }
}
