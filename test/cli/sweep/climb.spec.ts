import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { climb } from '../../../cli/sweep/climb.ts';
import { runs } from '../../run/runs.ts';

describe('climb', () => {
  it('finds the top of a hill that has one, wherever it begins, and has tried both neighbours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -6, max: 6 }), async (peak) => {
        const height = (rate: number): number => 1 - Math.abs(Math.log2(rate / 0.1) - peak) / 100;
        const { best, trials } = await climb(0.1, (rate) => Promise.resolve(height(rate)));
        const rates = trials.map(({ learningRate }) => learningRate);
        const at = rates.indexOf(best.learningRate);
        expect(Math.round(Math.log2(best.learningRate / 0.1))).toBe(peak);
        expect(at).toBeGreaterThan(0);
        expect(at).toBeLessThan(rates.length - 1);
      }),
      { numRuns: runs(30) },
    );
  });

  it('stays where it is when it begins at what it found, whatever rates are equally good', async () => {
    const heights = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(heights, fc.boolean(), async (table, less) => {
        const measure = (rate: number): Promise<number> => Promise.resolve(table[Math.round(Math.log2(rate)) + 30]);
        const isBetter = (value: number, than: number): boolean => (less ? value < than : value > than);
        const { best } = await climb(1, measure, isBetter);
        expect((await climb(best.learningRate, measure, isBetter)).best).toEqual(best);
        expect((await climb(1, measure, isBetter)).best).toEqual(best);
      }),
      { numRuns: runs(100) },
    );
  });

  it('returns the best of what it tried, whatever the landscape, and tries no rate twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 30, maxLength: 30 }), async (heights) => {
        const tried: number[] = [];
        const { best, trials } = await climb(1, (rate) => {
          tried.push(rate);
          return Promise.resolve(heights[Math.round(Math.log2(rate)) + 15]);
        });
        expect(new Set(tried).size).toBe(tried.length);
        expect(trials.map(({ learningRate }) => learningRate)).toEqual(tried.toSorted((a, b) => a - b));
        expect(best.value).toBe(Math.max(...trials.map(({ value }) => value)));
      }),
      { numRuns: runs(100) },
    );
  });
});
