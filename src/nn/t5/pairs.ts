/**
 * Batches of sequence pairs: sources, and targets with teacher forcing.
 *
 * @module
 */
import { wrong } from '../../errors.ts';
import { MASKED } from '../batch.ts';

/** A source and what is to be said about it, both with the end token if the model is to learn it. */
export interface Pair {
  readonly source: Int32Array;
  readonly target: Int32Array;
}

/** Sequences in rows of one length, each from the row's start; the rest of a row is padding. */
export interface Rows {
  readonly rows: number;
  readonly length: number;
  readonly tokens: Int32Array;
  /** How many tokens each row has. */
  readonly lengths: Int32Array;
}

/** `sources` and `inputs` have the same number of rows. */
export interface PairBatch {
  readonly sources: Rows;
  /** The targets shifted right behind the start token: what the decoder is given. */
  readonly inputs: Rows;
  /** What it is to predict at each place of the inputs, or {@link MASKED}. */
  readonly targets: Int32Array;
}

/**
 * Sequences one a row, padded to the longest.
 *
 * @param length - of the rows; the longest sequence's if absent.
 * @throws InvalidInput naming a sequence that is empty or longer than `length`.
 */
export function rowsOf(sequences: readonly Int32Array[], length?: number): Rows {
  const longest = length ?? sequences.reduce((most, tokens) => Math.max(most, tokens.length), 1);
  const rows = sequences.length;
  const tokens = new Int32Array(rows * longest);
  sequences.forEach((sequence, row) => {
    if (sequence.length < 1 || sequence.length > longest)
      throw wrong(`rowsOf: sequences[${row}]`, `1 to ${longest} tokens`, sequence.length);
    tokens.set(sequence, row * longest);
  });
  return { rows, length: longest, tokens, lengths: Int32Array.from(sequences, (sequence) => sequence.length) };
}

/**
 * A batch for teacher forcing: place i of a row is given target i − 1 (the start token at 0) and is to predict target i.
 *
 * @param lengths - of the rows of sources and targets; the longest of each if absent.
 */
export function pairBatch(
  pairs: readonly Pair[],
  startToken: number,
  lengths: { readonly source?: number; readonly target?: number } = {},
): PairBatch {
  const sources = rowsOf(
    pairs.map(({ source }) => source),
    lengths.source,
  );
  const outputs = rowsOf(
    pairs.map(({ target }) => target),
    lengths.target,
  );
  const { length } = outputs;
  const tokens = new Int32Array(outputs.tokens.length);
  const targets = new Int32Array(outputs.tokens.length).fill(MASKED);
  pairs.forEach(({ target }, row) => {
    targets.set(target, row * length);
    tokens[row * length] = startToken;
    tokens.set(target.subarray(0, -1), row * length + 1);
  });
  return { sources, inputs: { ...outputs, tokens }, targets };
}
