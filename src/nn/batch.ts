/**
 * Batches: token sequences laid out in rows of one length, with what each token may see and what it is to predict.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** A target that counts nothing in the loss. */
export const MASKED = -1;

/** `rows` rows of `length` places; every array has rows · length elements, row by row. */
export interface Batch {
  readonly rows: number;
  readonly length: number;
  readonly tokens: Int32Array;
  /** The token to predict at each place, or {@link MASKED}. */
  readonly targets: Int32Array;
  /** The place's position within its document, from 0. */
  readonly positions: Int32Array;
  /** A place sees the places from ≤ place < to of its row: its own document up to itself; none if it is padding. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * A text of t tokens, which takes t − 1 places: place i holds token i and is to predict token i + 1.
 */
export interface Document {
  readonly tokens: Int32Array;
  /** The first token, by index, whose prediction counts in the loss: 1, the second token, if absent. */
  readonly lossFrom?: number;
}

/** The number of targets that count. */
export function countTargets(batch: Pick<Batch, 'targets'>): number {
  let count = 0;
  for (const target of batch.targets) if (target !== MASKED) count += 1;
  return count;
}

/** How many places a document takes. */
export function placesOf(document: Document): number {
  return document.tokens.length - 1;
}

/** A batch in which nothing stands yet: token 0 everywhere, seeing nothing, predicting nothing. */
export function emptyBatch(rows: number, length: number): Batch {
  const zeros = (): Int32Array => new Int32Array(rows * length);
  const [tokens, positions, from, to] = [zeros(), zeros(), zeros(), zeros()];
  return { rows, length, tokens, targets: zeros().fill(MASKED), positions, from, to };
}

/** Writes a document into a row, from the column `start` on. */
export function place(batch: Batch, row: number, start: number, { tokens, lossFrom = 1 }: Document): void {
  for (let i = 0; i + 1 < tokens.length; i++) {
    const at = row * batch.length + start + i;
    batch.tokens[at] = tokens[i];
    batch.targets[at] = i + 1 >= lossFrom ? tokens[i + 1] : MASKED;
    batch.positions[at] = i;
    batch.from[at] = start;
    batch.to[at] = start + i + 1;
  }
}

/**
 * One document a row.
 *
 * @param length - the places of a row; the longest document's, if absent.
 * @throws InvalidInput naming a document that is too long or has fewer than two tokens.
 */
export function batchOf(documents: readonly Document[], length?: number): Batch {
  const longest = documents.reduce((most, document) => Math.max(most, placesOf(document)), 1);
  const batch = emptyBatch(documents.length, length ?? longest);
  documents.forEach((document, row) => {
    requireFits(`batchOf: documents[${row}]`, document, batch.length);
    place(batch, row, 0, document);
  });
  return batch;
}

/** Refuses a document that a row of `length` places cannot hold. */
export function requireFits(where: string, document: Document, length: number): void {
  const count = document.tokens.length;
  if (count < 2 || count - 1 > length) throw wrong(where, `2 to ${length + 1} tokens`, count);
}

/**
 * Refuses tokens, targets and positions that a model does not have, before kernels read by them.
 *
 * @throws InvalidInput naming the first.
 */
export function requireIndices(
  batch: Batch,
  { vocabularySize, context }: { readonly vocabularySize: number; readonly context: number },
): void {
  const isBelow = (value: number, limit: number): boolean => value >= 0 && value < limit;
  for (let i = 0; i < batch.tokens.length; i++) {
    const token = batch.tokens[i];
    if (!isBelow(token, vocabularySize)) throw wrong(`batch.tokens[${i}]`, `a token below ${vocabularySize}`, token);
    const target = batch.targets[i];
    if (target !== MASKED && !isBelow(target, vocabularySize))
      throw wrong(`batch.targets[${i}]`, `a token below ${vocabularySize}, or ${MASKED}`, target);
    const position = batch.positions[i];
    if (!isBelow(position, context))
      throw wrong(`batch.positions[${i}]`, `a position below the context of ${context}`, position);
  }
}
