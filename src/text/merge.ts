/**
 * Byte pair encoding of one piece of text (Sennrich, Haddow, Birch 2016, Algorithm 1).
 *
 * @module
 */
import { Heap } from './heap.ts';
import { pairKey } from './model.ts';

/** What a pair of tokens becomes, and when: the lowest rank first. */
export interface MergeRule {
  readonly rank: number;
  readonly result: number;
}

/** Space for the position below the rank in one exact number. */
const POSITIONS = 2 ** 32;

/**
 * Merges neighbours until no rule applies: always the pair of the lowest rank, of equal ones the leftmost.
 * A heap over a linked list: n tokens take O(n log n).
 *
 * @param ids - a token for each byte of the piece.
 * @param rules - by {@link pairKey}.
 */
export function mergePiece(ids: readonly number[], rules: ReadonlyMap<number, MergeRule>): number[] {
  const tokens = ids.slice();
  const count = tokens.length;
  const next = tokens.map((_, i) => i + 1);
  const previous = tokens.map((_, i) => i - 1);
  const queue = new Heap<number>((a, b) => a < b);
  const ruleAt = (i: number): MergeRule | undefined =>
    i >= 0 && next[i] < count ? rules.get(pairKey(tokens[i], tokens[next[i]])) : undefined;
  const offer = (i: number): void => {
    const rule = ruleAt(i);
    if (rule !== undefined) queue.push(rule.rank * POSITIONS + i);
  };
  for (let i = 0; i + 1 < count; i++) offer(i);
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    const i = entry % POSITIONS;
    const rule = ruleAt(i);
    // the pair that was queued may have been merged away since: its place then holds GONE or another pair
    if (rule?.rank !== Math.floor(entry / POSITIONS)) continue;
    const right = next[i];
    tokens[i] = rule.result;
    tokens[right] = GONE;
    next[i] = next[right];
    if (next[i] < count) previous[next[i]] = i;
    offer(previous[i]);
    offer(i);
  }
  return tokens.filter((token) => token !== GONE);
}

/** Marks a place whose token went into its left neighbour. No pair has it: ids are not negative. */
const GONE = -1;
