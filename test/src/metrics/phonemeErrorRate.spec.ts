import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeBootstrap } from '../../../src/metrics/bootstrap.ts';
import { computeEditDistance } from '../../../src/metrics/editDistance.ts';
import { computePhonemeErrorRate, phonemeErrors, scorePhonemeErrors } from '../../../src/metrics/phonemeErrorRate.ts';
import { runs } from '../../run/runs.ts';

/** The definition, without a table: every way to spend the next edit. */
function distanceLiterally(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0) return b.length;
  if (b.length === 0) return a.length;
  const [x, ...restOfA] = a;
  const [y, ...restOfB] = b;
  return Math.min(
    distanceLiterally(restOfA, restOfB) + (x === y ? 0 : 1),
    distanceLiterally(restOfA, b) + 1,
    distanceLiterally(a, restOfB) + 1,
  );
}

const phoneme = fc.constantFrom('AH', 'B', 'T');
const few = fc.array(phoneme, { maxLength: 5 });
const some = fc.array(phoneme, { maxLength: 12 });

describe('the edit distance', () => {
  it('is what the recursion without a table says', () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(computeEditDistance(a, b)).toBe(distanceLiterally(a, b));
      }),
      { numRuns: runs(200) },
    );
  });

  it('is a metric: zero between equals alone, the same both ways, and no way round is shorter', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(computeEditDistance(a, a)).toBe(0);
        expect(computeEditDistance(a, b) === 0).toBe(a.join() === b.join());
        expect(computeEditDistance(a, b)).toBe(computeEditDistance(b, a));
        expect(computeEditDistance(a, c)).toBeLessThanOrEqual(computeEditDistance(a, b) + computeEditDistance(b, c));
      }),
      { numRuns: runs(200) },
    );
  });

  it('does not see what both begin and end with', () => {
    fc.assert(
      fc.property(some, some, some, some, (a, b, head, tail) => {
        expect(computeEditDistance([...head, ...a, ...tail], [...head, ...b, ...tail])).toBe(computeEditDistance(a, b));
      }),
      { numRuns: runs(200) },
    );
  });
});

/** A word: what was said, and one to three ways to say it right. */
const word = fc.record({
  said: some.map((phonemes) => phonemes.join(' ')),
  right: fc.array(
    fc.array(phoneme, { minLength: 1, maxLength: 9 }).map((phonemes) => phonemes.join(' ')),
    { minLength: 1, maxLength: 3 },
  ),
});
const corpus = fc.array(word, { minLength: 1, maxLength: 12 });
type Word = typeof word extends fc.Arbitrary<infer T> ? T : never;

function errorsOf(words: readonly Word[]): ReturnType<typeof phonemeErrors> {
  return phonemeErrors(
    words.map(({ said }) => said),
    words.map(({ right }) => right),
  );
}

describe('the phoneme error rate', () => {
  it('is 0 where each word is said as a reference has it, and there alone', () => {
    fc.assert(
      fc.property(corpus, fc.array(fc.boolean()), (words, rightly) => {
        const said = words.map((each, i) => ({
          ...each,
          said: rightly[i] ? each.right[each.right.length - 1] : each.said,
        }));
        const rate = scorePhonemeErrors(errorsOf(said));
        expect(rate === 0).toBe(said.every((each) => each.right.includes(each.said)));
        expect(rate).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: runs(200) },
    );
  });

  it('takes of each word the reference with the fewest edits, of those the longest', () => {
    fc.assert(
      fc.property(word, (each) => {
        const alone = each.right.flatMap((right) => errorsOf([{ ...each, right: [right] }]));
        const edits = Math.min(...alone.map((one) => one.edits));
        const nearest = alone.filter((one) => one.edits === edits);
        const referenceLength = Math.max(...nearest.map((one) => one.referenceLength));
        expect(errorsOf([each])).toEqual([{ edits, referenceLength }]);
      }),
      { numRuns: runs(200) },
    );
  });

  it('is all edits over all lengths: a corpus said twice has the same rate, and words weigh by their length', () => {
    fc.assert(
      fc.property(corpus, corpus, (words, others) => {
        const [a, b] = [errorsOf(words), errorsOf(others)];
        const lengthOf = (errors: typeof a): number => errors.reduce((sum, each) => sum + each.referenceLength, 0);
        expect(scorePhonemeErrors([...a, ...a])).toBe(scorePhonemeErrors(a));
        const edits = scorePhonemeErrors(a) * lengthOf(a) + scorePhonemeErrors(b) * lengthOf(b);
        // Five operations in float64 on numbers below 200.
        expect(scorePhonemeErrors([...a, ...b])).toBeCloseTo(edits / lengthOf([...a, ...b]), 12);
      }),
      { numRuns: runs(200) },
    );
  });

  it('is resampled by words: the interval lies within the least and the greatest rate of one word', () => {
    fc.assert(
      fc.property(corpus, fc.nat(), (words, seed) => {
        const errors = errorsOf(words);
        const rates = errors.map((each) => each.edits / each.referenceLength);
        const { value, low, high } = computeBootstrap(errors, scorePhonemeErrors, seed, 100);
        expect(value).toBe(scorePhonemeErrors(errors));
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...rates));
        expect(high).toBeLessThanOrEqual(Math.max(...rates));
      }),
      { numRuns: runs(50) },
    );
  });

  it('may be above 1, and does not mind how many spaces part the phonemes', () => {
    expect(computePhonemeErrorRate(['T T T'], [['B']])).toBe(3);
    expect(computePhonemeErrorRate([' AH  B '], [['AH B']])).toBe(0);
    expect(computePhonemeErrorRate([''], [['AH B']])).toBe(1);
  });

  it('refuses no words, words without a reference, and empty references', () => {
    expect(() => computePhonemeErrorRate([], [])).toThrow('hypotheses: expected at least one, got "none"');
    expect(() => phonemeErrors(['AH'], [])).toThrow('phonemeErrors: references: expected those of 1 words, got 0');
    expect(() => phonemeErrors(['AH'], [[]])).toThrow(
      'phonemeErrors: references[0]: expected at least one, got "none"',
    );
    expect(() => phonemeErrors(['AH', 'B'], [['AH'], ['B', ' ']])).toThrow(
      'references[1]: expected at least one phoneme',
    );
  });
});
