/**
 * SentencePiece's unigram model (Kudo 2018): of all ways to cut a word into pieces the likeliest, found by Viterbi's
 * algorithm.
 *
 * @module
 */
import { wrong } from '../errors.ts';

export interface UnigramModel {
  /** Pieces by id, with the logarithm of their probability. */
  readonly pieces: readonly (readonly [piece: string, score: number])[];
  /** The piece that stands for what no piece covers. */
  readonly unknown: number;
  /** Pieces that are never cut out of a word, as ids; if absent the unknown piece alone. */
  readonly specials?: ReadonlySet<number>;
}

/** By how much a character that no piece covers is worse than the worst piece: SentencePiece's kUnkPenalty. */
const UNKNOWN_PENALTY = 10;

/** Cuts one word into pieces, given as ids. */
export type SplitWord = (word: string) => number[];

/**
 * The function that cuts words.
 *
 * @throws InvalidInput if a piece is empty or repeated, a score is no number, or the unknown piece is none of them.
 * @example
 * ```ts
 * const split = createUnigram({ pieces: [['<unk>', 0], ['a', -1], ['b', -1], ['ab', -1.5]], unknown: 0 });
 * split('abb'); // [3, 2]
 * ```
 */
export function createUnigram(
  { pieces, unknown, specials = new Set([unknown]) }: UnigramModel,
  where = 'unigram',
): SplitWord {
  const ids = new Map<string, number>();
  pieces.forEach(([piece, score], id) => {
    if (piece === '' || ids.has(piece)) throw wrong(`${where}: pieces[${id}]`, 'a piece of its own', piece);
    if (!Number.isFinite(score)) throw wrong(`${where}: pieces[${id}]`, 'a finite score', score);
    ids.set(piece, id);
  });
  if (!(unknown in pieces)) throw wrong(`${where}: unknown`, `an id below ${pieces.length}`, unknown);
  for (const id of specials) if (id in pieces) ids.delete(pieces[id][0]);
  const longest = [...ids.keys()].reduce((most, piece) => Math.max(most, Array.from(piece).length), 1);
  const unknownScore = pieces.reduce((least, [, score]) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;

  return (word) => {
    const characters = Array.from(word);
    const paths = findBestPaths(characters, longest, (piece, isCharacter) => {
      const id = ids.get(piece);
      if (id !== undefined) return { id, score: pieces[id][1] };
      return isCharacter ? { id: unknown, score: unknownScore } : undefined;
    });
    return fuseUnknown(followBack(paths), unknown);
  };
}

/** The best way to reach a place: from where, by which piece, at which score. */
interface Path {
  readonly from: number;
  readonly id: number;
  readonly score: number;
}

type Look = (piece: string, isCharacter: boolean) => { readonly id: number; readonly score: number } | undefined;

/** Viterbi: the best path to each place; of equals the one found first, from the left. */
function findBestPaths(characters: readonly string[], longest: number, look: Look): (Path | undefined)[] {
  const best: (Path | undefined)[] = [undefined];
  for (let from = 0; from < characters.length; from++) {
    const before = from === 0 ? 0 : (best[from]?.score ?? -Infinity);
    let piece = '';
    for (let to = from + 1; to <= Math.min(characters.length, from + longest); to++) {
      piece += characters[to - 1];
      const found = look(piece, to === from + 1);
      if (found === undefined) continue;
      const score = before + found.score;
      const known = best[to];
      if (known === undefined || score > known.score) best[to] = { from, id: found.id, score };
    }
  }
  return best;
}

function followBack(paths: readonly (Path | undefined)[]): number[] {
  const ids: number[] = [];
  for (let path = paths[paths.length - 1]; path !== undefined; path = paths[path.from]) ids.push(path.id);
  return ids.reverse();
}

/** Neighbours that no piece covers are one unknown piece. */
function fuseUnknown(ids: readonly number[], unknown: number): number[] {
  return ids.filter((id, i) => id !== unknown || ids[i - 1] !== unknown);
}
