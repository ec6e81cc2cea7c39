import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corruptSpans, CORRUPTION_DEFAULTS } from '../../../src/data/spanCorruption.ts';
import { Random } from '../../../src/tensor/random.ts';
import { runs } from '../../run/runs.ts';

const END = 1;
const SENTINELS = Array.from({ length: 100 }, (_, i) => 1000 + i);
const OPTIONS = { ...CORRUPTION_DEFAULTS, sentinels: SENTINELS, end: END };

const text = fc
  .array(fc.integer({ min: 2, max: 50 }), { minLength: 2, maxLength: 120 })
  .map((list) => Int32Array.from(list));
const anyOptions = fc.record({
  density: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  meanSpan: fc.double({ min: 1, max: 6, noNaN: true }),
});

/** Puts the spans of the target into the places of their sentinels. */
function restore(source: Int32Array, target: Int32Array): number[] {
  const spans = new Map<number, number[]>();
  let sentinel = -1;
  for (const token of target.subarray(0, -1)) {
    if (token >= 1000) spans.set((sentinel = token), []);
    else spans.get(sentinel)?.push(token);
  }
  return Array.from(source.subarray(0, -1)).flatMap((token) => spans.get(token) ?? [token]);
}

describe('corruptSpans', () => {
  it('loses nothing: source and target together are the text', () => {
    fc.assert(
      fc.property(text, anyOptions, fc.nat(), (tokens, options, seed) => {
        const { source, target } = corruptSpans(tokens, new Random(seed), { ...OPTIONS, ...options });
        expect(restore(source, target)).toEqual([...tokens]);
        expect([source.at(-1), target.at(-1)]).toEqual([END, END]);
      }),
      { numRuns: runs(200) },
    );
  });

  it('replaces as many tokens in as many spans as asked, uses sentinels in order, and keeps the first token', () => {
    fc.assert(
      fc.property(text, anyOptions, fc.nat(), (tokens, { density, meanSpan }, seed) => {
        const options = { ...OPTIONS, density, meanSpan };
        const { source, target } = corruptSpans(tokens, new Random(seed), options);
        const n = tokens.length;
        const replaced = Math.min(n - 1, Math.max(1, Math.round(n * density)));
        const spans = Math.min(n - replaced, Math.max(1, Math.round(replaced / meanSpan)));
        const sentinelsOf = (list: Int32Array): number[] => [...list].filter((token) => token >= 1000);
        expect(sentinelsOf(source)).toEqual(SENTINELS.slice(0, spans));
        expect(sentinelsOf(target)).toEqual(SENTINELS.slice(0, spans + 1));
        expect(target.length).toBe(replaced + spans + 2);
        expect(source.length).toBe(n - replaced + spans + 1);
        expect(source[0]).toBe(tokens[0]);
      }),
      { numRuns: runs(200) },
    );
  });

  it('is the same for the same seed, and draws every way to part the tokens', () => {
    const tokens = Int32Array.from([2, 3, 4, 5, 6, 7]);
    const options = { ...OPTIONS, density: 0.5, meanSpan: 1.5 };
    const draw = (seed: number): string => corruptSpans(tokens, new Random(seed), options).source.join(' ');
    expect(draw(7)).toBe(draw(7));
    // Two spans of 3 tokens and two stretches of 3: two ways each.
    expect(new Set(Array.from({ length: 100 }, (_, seed) => draw(seed))).size).toBe(4);
  });

  it('refuses a text of one token, and too few sentinels', () => {
    expect(() => corruptSpans(Int32Array.of(5), new Random(1), OPTIONS)).toThrow(
      'corruptSpans: tokens: expected at least 2',
    );
    expect(() => corruptSpans(Int32Array.of(5, 6), new Random(1), { ...OPTIONS, sentinels: [9] })).toThrow(
      'corruptSpans: sentinels: expected at least 2, got 1',
    );
  });
});
