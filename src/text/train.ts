/**
 * Learning a vocabulary from text: byte pair encoding (Sennrich, Haddow, Birch 2016), counted on distinct pieces.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { createBpeTokenizer, type BpeTokenizer } from './bpe.ts';
import { BYTE_CHARACTERS, splitPieces } from './byteLevel.ts';
import { Heap } from './heap.ts';
import { MAXIMUM_VOCABULARY, pairKey } from './model.ts';
import type { Merge } from './model.ts';
import { SPECIALS } from './tokenizer.ts';

/** A pair seen only once makes no token. */
const MINIMUM_COUNT = 2;

/** A distinct piece as tokens, and how often it occurs. */
interface Piece {
  tokens: number[];
  readonly count: number;
}

/** A pair of neighbours: how often it occurs, and in which pieces (some may have lost it since). */
interface Pair {
  readonly left: number;
  readonly right: number;
  count: number;
  readonly pieces: Set<number>;
}

/** A pair as it was counted when it was queued; outdated if the count has changed. */
interface Offer {
  readonly pair: Pair;
  readonly count: number;
}

/**
 * Trains a tokenizer: the specials, the 256 bytes, then merge after merge of the most frequent pair (of equal ones the
 * pair with the lower ids), until the vocabulary is full or no pair occurs twice.
 *
 * @param vocabularySize - tokens in all, specials included; what the tokenizer has may be less if the text is short.
 * @param specials - ids 0, 1, …; {@link denoisingSpecials} for span corruption.
 * @throws {@link InvalidInput} if the size is too small for the bytes.
 */
export function trainTokenizer(
  texts: Iterable<string>,
  vocabularySize: number,
  specials: readonly string[] = SPECIALS,
): BpeTokenizer {
  const vocabulary = [...specials, ...BYTE_CHARACTERS];
  if (!(vocabularySize >= vocabulary.length && vocabularySize <= MAXIMUM_VOCABULARY)) {
    throw wrong('vocabularySize', `a number from ${vocabulary.length} to ${MAXIMUM_VOCABULARY}`, vocabularySize);
  }
  const merges: Merge[] = [];
  const pieces = countPieces(texts, specials.length);
  const pairs = new PairTable(pieces);
  while (vocabulary.length < vocabularySize) {
    const pair = pairs.takeMostFrequent();
    if (pair === undefined) break;
    merges.push([pair.left, pair.right]);
    // a token of its own: the bytes of a token are merged in one way only, wherever they stand
    pairs.merge(pair, vocabulary.push(`${vocabulary[pair.left]}${vocabulary[pair.right]}`) - 1);
  }
  return createBpeTokenizer({ specials, vocabulary, merges });
}

function countPieces(texts: Iterable<string>, firstByte: number): Piece[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const piece of splitPieces(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  const encoder = new TextEncoder();
  return [...counts].map(([piece, count]) => ({
    tokens: Array.from(encoder.encode(piece), (byte) => firstByte + byte),
    count,
  }));
}

/** The counts of all pairs, kept right while pieces change. */
class PairTable {
  readonly #pieces: readonly Piece[];
  readonly #pairs = new Map<number, Pair>();
  readonly #queue = new Heap<Offer>(comesBefore);

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
    for (const [index, { tokens, count }] of pieces.entries()) {
      for (let i = 0; i + 1 < tokens.length; i++) this.#add(tokens[i], tokens[i + 1], count, index);
    }
    for (const pair of this.#pairs.values()) this.#offer(pair);
  }

  takeMostFrequent(): Pair | undefined {
    for (let offer = this.#queue.pop(); offer !== undefined; offer = this.#queue.pop()) {
      if (offer.count === offer.pair.count) return offer.pair;
    }
    return undefined;
  }

  /** Writes `token` for every occurrence of the pair, and counts the neighbours again. */
  merge({ left, right, pieces }: Pair, token: number): void {
    const changed = new Set<Pair>();
    for (const index of pieces) {
      const piece = this.#pieces[index];
      const merged = mergeAll(piece.tokens, left, right, token);
      if (merged.length === piece.tokens.length) continue;
      for (const [tokens, sign] of [
        [piece.tokens, -1],
        [merged, 1],
      ] as const) {
        for (let i = 0; i + 1 < tokens.length; i++) {
          changed.add(this.#add(tokens[i], tokens[i + 1], sign * piece.count, index));
        }
      }
      piece.tokens = merged;
    }
    for (const pair of changed) this.#offer(pair);
  }

  #add(left: number, right: number, count: number, piece: number): Pair {
    const key = pairKey(left, right);
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = { left, right, count: 0, pieces: new Set() };
      this.#pairs.set(key, pair);
    }
    pair.count += count;
    if (count > 0) pair.pieces.add(piece);
    return pair;
  }

  #offer(pair: Pair): void {
    if (pair.count >= MINIMUM_COUNT) this.#queue.push({ pair, count: pair.count });
  }
}

function comesBefore(a: Offer, b: Offer): boolean {
  if (a.count !== b.count) return a.count > b.count;
  return pairKey(a.pair.left, a.pair.right) < pairKey(b.pair.left, b.pair.right);
}

function mergeAll(tokens: readonly number[], left: number, right: number, token: number): number[] {
  const merged: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const found = tokens[i] === left && i + 1 < tokens.length && tokens[i + 1] === right;
    merged.push(found ? token : tokens[i]);
    if (found) i++;
  }
  return merged;
}
