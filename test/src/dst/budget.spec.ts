import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeBudgets, largestRemainder, quantileCount, toRatio } from '../../../src/dst/budget.ts';
import { runs } from '../../run/runs.ts';
import { refusal, unchecked } from './toys.ts';

describe('ε in exact terms', () => {
  test.each([
    [1, 1n, 1n],
    [0.07, 7n, 100n],
    [0.5, 5n, 10n],
    [1e-7, 1n, 10n ** 7n],
    [1.25e-9, 125n, 10n ** 11n],
    [5e-324, 5n, 10n ** 324n],
    [0.1 + 0.2, 30000000000000004n, 10n ** 17n],
  ])('%d is %d / %d', (epsilon, numerator, denominator) => {
    expect(toRatio(epsilon)).toEqual([numerator, denominator]);
  });

  test.each([0, -0.5, 1.0000000000000002, 2, NaN, Infinity])('%d is refused', (epsilon) => {
    expect(refusal(() => toRatio(epsilon))).toBe(`epsilon: expected a number in (0, 1], got ${epsilon}`);
  });
});

describe('the quantile of Eq. 6', () => {
  test.each([
    [101, 0.07, 7],
    [1001, 0.007, 7],
    [101, 0.29, 29],
    [11, 0.3, 3],
    [1001, 0.001, 1],
    [10, 0.1, 1],
    [12, 0.1, 2],
    [1_000_000, 1e-7, 1],
    [2, 1e-300, 1],
    [1, 0.99, 0],
    [4, 1, 3],
  ])('keeps of %d at ε = %d: %d', (size, epsilon, count) => {
    expect(quantileCount(size, epsilon)).toBe(count);
  });

  test('keeps ⌈p (m − 1) / q⌉ at ε = p/q, exactly, however ε is rounded', () => {
    const decimals = fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 1_000_000 }));
    fc.assert(
      fc.property(decimals, ([p, size]) => {
        expect(quantileCount(size, p / 10_000)).toBe(Math.ceil((p * (size - 1)) / 10_000));
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('largest remainder', () => {
  test.each([
    ['even shares', [10, 20], 0.1, [1, 2]],
    ['half rounded up, of equal remainders the earlier silo first', [5, 5, 5], 0.3, [2, 2, 1]],
    ['below half rounded down', [7, 7], 0.1, [1, 0]],
    ['the largest remainder first', [13, 18, 19], 0.1, [1, 2, 2]],
    ['no more silos than there is to share', [3, 9, 8], 0.1, [0, 1, 1]],
    ['nothing to share out', [1, 1, 1], 0.1, [0, 0, 0]],
    ['one for a silo of one', [1], 0.5, [1]],
    ['none for a silo of one', [1], 0.49, [0]],
    ['half of one, with exact halves', [1, 1], 0.25, [1, 0]],
    ['everything', [3, 1], 1, [3, 1]],
    ['0.07 is 7/100', [100, 100], 0.07, [7, 7]],
  ])('%s', (_, sizes, epsilon, counts) => {
    expect(largestRemainder(sizes, epsilon)).toEqual(counts);
  });

  test('shares out round(εn), each silo within one of ε|S| and within its size', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 1_000 }), (m, p) => {
        const counts = largestRemainder(m, p / 1_000);
        const n = m.reduce((sum, size) => sum + size, 0);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(Math.floor((2 * p * n + 1_000) / 2_000));
        counts.forEach((count, silo) => {
          expect(Math.abs(1_000 * count - p * m[silo])).toBeLessThan(1_000);
          expect(count).toBeLessThanOrEqual(m[silo]);
        });
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('budgets', () => {
  test('by the quantile: aim at ε', () => {
    expect(computeBudgets([11, 1], 'quantile', 0.25)).toEqual([
      { keep: 3, rank: 7, weight: 0.5, fraction: 0.25 },
      { keep: 0, rank: 0, weight: 0, fraction: 0.25 },
    ]);
  });

  test('by the largest remainder: aim at k / |S|, and the rank is that of the largest one dropped', () => {
    expect(computeBudgets([11, 1], 'largest-remainder', 0.25)).toEqual([
      { keep: 3, rank: 7, weight: 0, fraction: 3 / 11 },
      { keep: 0, rank: 0, weight: 0, fraction: 0 },
    ]);
    expect(computeBudgets([1], 'largest-remainder', 0.5)).toEqual([{ keep: 1, rank: -1, weight: 0, fraction: 1 }]);
  });

  test.each(['quantile', 'largest-remainder'] as const)('ε = 1 keeps all (%s)', (rule) => {
    expect(computeBudgets([3, 1], rule, 1)).toEqual([
      { keep: 3, rank: -1, weight: 0, fraction: 1 },
      { keep: 1, rank: -1, weight: 0, fraction: 1 },
    ]);
  });

  test('an unknown rule is refused', () => {
    expect(refusal(() => computeBudgets([1], unchecked('quantil'), 0.5))).toBe(
      'budget: expected one of quantile, largest-remainder, got "quantil" (did you mean "quantile"?)',
    );
  });
});
