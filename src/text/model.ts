/**
 * What a byte-level BPE model is: tokens, and the merges that make them.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { BYTE_CHARACTERS, bytesOfToken } from './byteLevel.ts';

/** Two tokens that become one, as ids. The earlier in the list, the sooner. */
export type Merge = readonly [left: number, right: number];

export interface BpeModel {
  /** Tokens that no text contains: ids 0, 1, … in this order. */
  readonly specials: readonly string[];
  /** All tokens by id: the specials, then tokens in the characters of {@link BYTE_CHARACTERS}. */
  readonly vocabulary: readonly string[];
  readonly merges: readonly Merge[];
}

/** A pair of ids as one number. */
export function pairKey(left: number, right: number): number {
  return left * MAXIMUM_VOCABULARY + right;
}

/** Ids fit 16 bits, so that a pair of them fits a number exactly. */
export const MAXIMUM_VOCABULARY = 65_536;

/**
 * The ids of the tokens, after a check of the whole model.
 *
 * @throws {@link InvalidInput} if a special is out of place, a token is repeated or has characters that stand for no
 * byte, one of the 256 bytes has no token, or a merge makes no token.
 */
export function indexModel(model: BpeModel, where: string): ReadonlyMap<string, number> {
  const { specials, vocabulary, merges } = model;
  if (vocabulary.length > MAXIMUM_VOCABULARY) {
    throw wrong(`${where}: vocabulary`, `at most ${MAXIMUM_VOCABULARY} tokens`, vocabulary.length);
  }
  const ids = new Map<string, number>();
  for (const [id, token] of vocabulary.entries()) {
    if (ids.has(token)) throw wrong(`${where}: vocabulary[${id}]`, 'each token once', token);
    if (id < specials.length && token !== specials[id]) {
      throw wrong(`${where}: vocabulary[${id}]`, `the special token ${specials[id]}`, token);
    }
    if (id >= specials.length && (token === '' || bytesOfToken(token) === undefined)) {
      throw wrong(`${where}: vocabulary[${id}]`, 'characters that stand for bytes', token);
    }
    ids.set(token, id);
  }
  const missing = BYTE_CHARACTERS.findIndex((character) => !ids.has(character));
  if (missing >= 0) throw wrong(`${where}: vocabulary`, 'a token for each of the 256 bytes', `none for ${missing}`);
  for (const [rank, [left, right]] of merges.entries()) {
    const merged = `${vocabulary[left]}${vocabulary[right]}`;
    const known = left >= specials.length && right >= specials.length && (ids.get(merged) ?? 0) >= specials.length;
    if (!known) throw wrong(`${where}: merges[${rank}]`, 'two tokens that together are a token', merged);
  }
  return ids;
}
