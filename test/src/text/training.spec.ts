import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYTE_CHARACTERS, splitPieces } from '../../../src/text/byteLevel.ts';
import { Heap } from '../../../src/text/heap.ts';
import { mergePiece } from '../../../src/text/merge.ts';
import type { MergeRule } from '../../../src/text/merge.ts';
import { pairKey } from '../../../src/text/model.ts';
import { SPECIALS } from '../../../src/text/tokenizer.ts';
import { trainTokenizer } from '../../../src/text/train.ts';
import { runs } from '../../run/runs.ts';

const FIRST_BYTE = SPECIALS.length;
const SMALLEST = FIRST_BYTE + BYTE_CHARACTERS.length;

/** Few letters, so that pairs repeat and overlap. */
const anyTexts = fc.array(fc.string({ unit: fc.constantFrom('a', 'a', 'b', 'c', ' '), maxLength: 60, size: 'max' }), {
  maxLength: 8,
});

describe('training', () => {
  it('makes the merges that counting everything anew makes', () => {
    fc.assert(
      fc.property(anyTexts, fc.nat({ max: 40 }), (texts, merges) => {
        const { model } = trainTokenizer(texts, SMALLEST + merges);
        expect(model.merges.map((pair) => pair.join())).toEqual(trainLiterally(texts, merges));
      }),
      { numRuns: runs(200) },
    );
  });

  it('does not depend on the order of the texts', () => {
    fc.assert(
      fc.property(anyTexts, (texts) => {
        const [forwards, backwards] = [texts, texts.toReversed()].map((list) => trainTokenizer(list, SMALLEST + 8));
        expect(backwards.model).toEqual(forwards.model);
      }),
      { numRuns: runs(100) },
    );
  });

  it('refuses a vocabulary without room for the bytes', () => {
    expect(() => trainTokenizer([], 258)).toThrow('vocabularySize: expected a number from 259 to 65536, got 258');
    expect(trainTokenizer([], 300).vocabularySize).toBe(259);
  });
});

describe('merging a piece', () => {
  it('is: the lowest rank first, the leftmost of equals, until none applies', () => {
    const rules = fc.uniqueArray(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 }), fc.nat({ max: 7 })), {
      maxLength: 12,
      selector: ([left, right]) => pairKey(left, right),
    });
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3 }), { maxLength: 14 }), rules, (ids, list) => {
        const table = new Map<number, MergeRule>();
        list.forEach(([left, right, result], rank) => table.set(pairKey(left, right), { rank, result }));
        expect(mergePiece(ids, table)).toEqual(mergeLiterally(ids, table));
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('a heap', () => {
  it('gives its items in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const heap = new Heap<number>((a, b) => a < b);
        for (const number of numbers) heap.push(number);
        expect(numbers.map(() => heap.pop())).toEqual(numbers.toSorted((a, b) => a - b));
        expect(heap.pop()).toBeUndefined();
      }),
      { numRuns: runs(200) },
    );
  });
});

function trainLiterally(texts: readonly string[], wanted: number): string[] {
  let words = texts.flatMap(splitPieces).map((piece) => Array.from(piece, (c) => FIRST_BYTE + c.charCodeAt(0)));
  const names = new Map(BYTE_CHARACTERS.map((character, byte) => [FIRST_BYTE + byte, character]));
  const merges: string[] = [];
  while (merges.length < wanted) {
    const counts = new Map<number, number>();
    for (const word of words) {
      for (let i = 0; i + 1 < word.length; i++) {
        const key = pairKey(word[i], word[i + 1]);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const [best] = [...counts].filter(([, n]) => n > 1).sort(([a, m], [b, n]) => n - m || a - b);
    if (best === undefined) break;
    const [left, right] = [Math.floor(best[0] / pairKey(1, 0)), best[0] % pairKey(1, 0)];
    const result = SMALLEST + merges.length;
    names.set(result, `${names.get(left)}${names.get(right)}`);
    merges.push(`${left},${right}`);
    const rule = new Map([[best[0], { rank: 0, result }]]);
    words = words.map((word) => mergeLiterally(word, rule));
  }
  return merges;
}

function mergeLiterally(ids: readonly number[], rules: ReadonlyMap<number, MergeRule>): number[] {
  const word = [...ids];
  // rules of this test may lead in circles: a word of n tokens has at most n − 1 merges, each makes it shorter
  for (;;) {
    let best: { readonly at: number; readonly rule: MergeRule } | undefined;
    for (let i = 0; i + 1 < word.length; i++) {
      const rule = rules.get(pairKey(word[i], word[i + 1]));
      if (rule !== undefined && (best === undefined || rule.rank < best.rule.rank)) best = { at: i, rule };
    }
    if (best === undefined) return word;
    word.splice(best.at, 2, best.rule.result);
  }
}
