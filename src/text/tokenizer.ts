/**
 * What a tokenizer is, whatever the model behind it, and the special tokens of this project.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** The special tokens of this project, by id: padding, the end of a text, what parts a text from its answer. */
export const SPECIALS = ['<pad>', '<eos>', '<sep>'] as const;
export const PAD = 0;
export const EOS = 1;
export const SEP = 2;

/** Text to tokens and back. */
export interface Tokenizer {
  readonly vocabularySize: number;
  /** Tokens that are no text: they stand for its end, its padding, what is left out of it. */
  readonly specials: readonly string[];
  /** The token of whatever the vocabulary lacks; null if it has every text. */
  readonly unknown: number | null;
  /** What is put before a text, so that its first word has the same tokens as inside a sentence: a space, or nothing. */
  readonly prefix: string;
  /** The token that ends a text: `<eos>` of ours, `</s>` of T5's. */
  readonly end: number;
  /** The sentinels of span corruption, `<extra_id_0>`, `<extra_id_1>`, … in the order of their use; empty for none. */
  readonly sentinels: readonly number[];
  /**
   * Tokens of a text, without its end. If the text spells a special: with ours "<eos>" is five characters (decision
   * 0043), with a T5's "</s>" is one token, as transformers has it (decision 0201).
   */
  encode(text: string): Int32Array;
  /**
   * The text of some tokens, without the specials.
   *
   * @throws {@link InvalidInput} for an id that is not in the vocabulary.
   */
  decode(ids: ArrayLike<number>): string;
  /** The text of a tokenizer.json that reads back as this tokenizer. */
  json(): string;
}

/**
 * The special tokens of a seed that is trained by span corruption: ours, then its sentinels.
 *
 * @param sentinels - how many, from 0 on; T5 has 100.
 * @example
 * ```ts
 * denoisingSpecials(2); // ['<pad>', '<eos>', '<sep>', '<extra_id_0>', '<extra_id_1>']
 * ```
 */
export function denoisingSpecials(sentinels: number): string[] {
  if (!(Number.isInteger(sentinels) && sentinels >= 0))
    throw wrong('denoisingSpecials: sentinels', 'a whole number of at least 0', sentinels);
  return [...SPECIALS, ...Array.from({ length: sentinels }, (_, i) => sentinelName(i))];
}

/** The ids of `<extra_id_0>`, `<extra_id_1>`, … up to the first that `idOf` does not know. */
export function findSentinels(idOf: (token: string) => number | undefined): number[] {
  const ids: number[] = [];
  for (let id = idOf(sentinelName(0)); id !== undefined; id = idOf(sentinelName(ids.length))) ids.push(id);
  return ids;
}

function sentinelName(i: number): string {
  return `<extra_id_${i}>`;
}
