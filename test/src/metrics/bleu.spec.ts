import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addStatistics, bleuStatistics, computeBleu, scoreBleu } from '../../../src/metrics/bleu.ts';
import { tokenizeForBleu } from '../../../src/metrics/bleuTokens.ts';
import { runs } from '../../run/runs.ts';

// The published values are those of sacreBLEU's own tests (test/test_bleu.py), given to 8 digits there.
const DIGITS = 7;
const HYPOTHESES = ['The dog bit the man.', "It wasn't surprising.", 'The man had just bitten him.'];
const REFERENCES = [
  ['The dog bit the man.', 'It was not unexpected.', 'The man bit him first.'],
  ['The dog had bit the man.', 'No one was surprised.', 'The man had bitten the dog.'],
];

describe('computeBleu', () => {
  it('has the published values of sacreBLEU', () => {
    expect(computeBleu(HYPOTHESES, REFERENCES).score).toBeCloseTo(48.530827, 6);
    expect(computeBleu(HYPOTHESES, REFERENCES, 'none').score).toBeCloseTo(49.1919566, DIGITS);
    expect(computeBleu(HYPOTHESES, REFERENCES, '13a', 'none').score).toBeCloseTo(48.530827, 6);
    expect(computeBleu(['', '', ''], REFERENCES).score).toBe(0);
  });

  it('follows from statistics as published', () => {
    const statistics = { matches: [9, 7, 5, 3], totals: [10, 8, 6, 4], hypothesisLength: 11, referenceLength: 11 };
    expect(scoreBleu(statistics).score / 100).toBeCloseTo(0.8375922397, DIGITS);
  });

  it('clips counts as published', () => {
    const { matches, totals } = addStatistics(
      bleuStatistics(['am I am a character sequence'], [['I am a symbol string sequence a a']], 'none'),
    );
    expect({ matches, totals }).toEqual({ matches: [4, 2, 1, 0], totals: [6, 5, 4, 3] });
  });

  it('counts an order without a match as 2⁻ⁿ matches, the n-th such order in a row of them', () => {
    const statistics = { matches: [2, 0, 0, 0], totals: [4, 3, 2, 1], hypothesisLength: 4, referenceLength: 4 };
    expect(scoreBleu(statistics).precisions).toEqual([50, 100 / (2 * 3), 100 / (4 * 2), 100 / (8 * 1)]);
    expect(scoreBleu(statistics, 'none').score).toBe(0);
  });

  it('takes the length of the nearest reference, the shorter of two', () => {
    const [{ referenceLength }] = bleuStatistics(['a b c d'], [['a b c'], ['a b c d e'], ['a b c d e f']]);
    expect(referenceLength).toBe(3);
    expect(bleuStatistics(['a b c d'], [['a'], ['a b c d e']])[0].referenceLength).toBe(5);
  });

  it('refuses references of another length, and none', () => {
    expect(() => computeBleu(['a', 'b'], [['a', 'b'], ['a']])).toThrow(
      'computeBleu: references[1]: expected 2 sentences, got 1',
    );
    expect(() => computeBleu(['a'], [])).toThrow('computeBleu: references: expected at least one set, got "none"');
  });
});

const word = fc.constantFrom('a', 'b', 'c', 'dog', 'man', '.');
const sentence = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
const corpus = fc.array(fc.tuple(sentence, sentence), { minLength: 1, maxLength: 6 });

describe('the laws of BLEU', () => {
  it('is 100 for what a reference says, wherever four words stand together', () => {
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 4, maxLength: 9 }), { minLength: 1, maxLength: 4 }), (lines) => {
        const text = lines.map((words) => words.join(' '));
        // The logarithm and the exponential of four precisions of 100: a few ulp of float64.
        expect(computeBleu(text, [text], 'none').score).toBeCloseTo(100, 10);
      }),
      { numRuns: runs(100) },
    );
  });

  it('does not depend on the order of the sentences, nor on that of the references', () => {
    fc.assert(
      fc.property(corpus, corpus, (pairs, others) => {
        const [hypotheses, first] = [pairs.map(([h]) => h), pairs.map(([, r]) => r)];
        const second = pairs.map((_, i) => others[i % others.length][0]);
        const { score } = computeBleu(hypotheses, [first, second]);
        const backwards = <T>(list: readonly T[]): T[] => [...list].reverse();
        const turned = computeBleu(backwards(hypotheses), [backwards(second), backwards(first)]);
        expect(turned.score).toBe(score);
      }),
      { numRuns: runs(100) },
    );
  });

  it('does not fall where a set of references of the same lengths is added', () => {
    fc.assert(
      fc.property(corpus, (pairs) => {
        const [hypotheses, first] = [pairs.map(([h]) => h), pairs.map(([, r]) => r)];
        // A reference that is the first backwards: other runs, the same length.
        const second = first.map((line) => line.split(' ').reverse().join(' '));
        const [one, two] = [computeBleu(hypotheses, [first]), computeBleu(hypotheses, [first, second])];
        two.matches.forEach((count, n) => {
          expect(count).toBeGreaterThanOrEqual(one.matches[n]);
        });
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('tokenizeForBleu', () => {
  it.each([
    ['Hello, world!', ['Hello', ',', 'world', '!']],
    ['It costs 1,234.50 $.', ['It', 'costs', '1,234.50', '$', '.']],
    ["isn't", ["isn't"]],
    ['2-3 people', ['2', '-', '3', 'people']],
    ['well-known', ['well-known']],
    ['&quot;a &amp; b&quot; &lt;c&gt;', ['"', 'a', '&', 'b', '"', '<', 'c', '>']],
    ['Straße, 5.', ['Straße', ',', '5', '.']],
    ['', []],
  ])('splits %j', (text, words) => {
    expect(tokenizeForBleu(text, '13a')).toEqual(words);
  });

  it('leaves words alone where only white space parts', () => {
    expect(tokenizeForBleu(' a,b  c. ', 'none')).toEqual(['a,b', 'c.']);
  });
});
