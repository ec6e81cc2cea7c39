import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUnigram, type UnigramModel } from '../../../src/text/unigram.ts';
import { runs } from '../../run/runs.ts';
import { createPeer } from './peer.ts';

const letter = fc.constantFrom('a', 'b', 'c', 'ä', '😀');
const piece = fc.array(letter, { minLength: 1, maxLength: 4 }).map((letters) => letters.join(''));
/** Scores in quarters, so that sums of them are exact in any order. */
const score = fc.integer({ min: -40, max: -1 }).map((quarters) => quarters / 4);
const model: fc.Arbitrary<UnigramModel> = fc
  .uniqueArray(fc.tuple(piece, score), { selector: ([text]) => text, maxLength: 20 })
  .map((pieces) => ({ pieces: [['<unk>', 0], ...pieces], unknown: 0 }));
const word = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(''));

/** All ways to cut a word, with their scores: the definition. */
function bestByTrying({ pieces }: UnigramModel, characters: readonly string[]): number {
  if (characters.length === 0) return 0;
  const unknown = Math.min(...pieces.map(([, known]) => known)) - 10;
  let best = -Infinity;
  for (let length = 1; length <= characters.length; length++) {
    const text = characters.slice(0, length).join('');
    const found = pieces.find(([known], id) => id > 0 && known === text)?.[1] ?? (length === 1 ? unknown : undefined);
    if (found !== undefined)
      best = Math.max(best, found + bestByTrying({ pieces, unknown: 0 }, characters.slice(length)));
  }
  return best;
}

describe('the unigram model', () => {
  it('finds pieces that spell the word and whose score no other way of cutting exceeds', () => {
    fc.assert(
      fc.property(model, word, (given, text) => {
        const ids = createUnigram(given)(text);
        if (ids.includes(0)) return; // fused: see below
        expect(ids.map((id) => given.pieces[id][0]).join('')).toBe(text);
        const total = ids.reduce((sum, id) => sum + given.pieces[id][1], 0);
        expect(total).toBe(bestByTrying(given, Array.from(text)));
      }),
      { numRuns: runs(300) },
    );
  });

  it('gives neighbours that no piece covers as one unknown piece', () => {
    const split = createUnigram({ pieces: [['<unk>', 0], ['a', -1]], unknown: 0 }); // prettier-ignore
    expect(split('xyaz')).toEqual([0, 1, 0]);
    expect(split('')).toEqual([]);
  });

  it('refuses a model that does not hold together', () => {
    const make =
      (pieces: UnigramModel['pieces'], unknown = 0) =>
      () =>
        createUnigram({ pieces, unknown }, 't.json');
    expect(make([['a', -1], ['a', -2]])).toThrow('t.json: pieces[1]: expected a piece of its own, got "a"'); // prettier-ignore
    expect(make([['a', NaN]])).toThrow('t.json: pieces[0]: expected a finite score, got NaN');
    expect(make([['a', -1]], 3)).toThrow('t.json: unknown: expected an id below 1, got 3');
  });

  it("agrees with Hugging Face's own tokenizer", async () => {
    const pieces: UnigramModel['pieces'] = [
      ['<unk>', 0], ['▁', -2], ['a', -3], ['b', -3.5], ['ab', -4.25], ['ba', -4], ['▁a', -3.75], ['▁ab', -6], ['abba', -7.5],
    ]; // prettier-ignore
    const json = JSON.stringify({
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' },
      post_processor: null,
      decoder: { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' },
      model: { type: 'Unigram', unk_id: 0, vocab: pieces },
    });
    const peer = await createPeer(json);
    const split = createUnigram({ pieces, unknown: 0 });
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[ab]{1,12}$/), (text) => {
        expect(split(`▁${text}`)).toEqual(peer.encode(text));
        return Promise.resolve();
      }),
      { numRuns: runs(100) },
    );
  });
});
