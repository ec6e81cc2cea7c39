import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlap, overlapOfSubsets } from '../../src/dst/overlap.ts';
import { extract } from '../../src/dst/subset.ts';
import { runs } from '../runs.ts';
import { f32, refusal } from './toys.ts';

describe('Eq. 9', () => {
  const seed = f32(0, 0, 0, 0);

  test.each([
    ['half in common', f32(1, 1, 0, 0), f32(0, 2, 2, 0), 0.5],
    ['all, with other values', f32(1, 1, 0, 0), f32(3, 2, 0, 0), 1],
    ['none', f32(1, 0, 0, 0), f32(0, 1, 1, 1), 0],
    ['of different sizes', f32(1, 0, 0, 0), f32(1, 1, 1, 0), 0.5],
    ['one empty', f32(0, 0, 0, 0), f32(0, 1, 0, 0), 0],
    ['the other empty', f32(0, 1, 0, 0), f32(0, 0, 0, 0), 0],
    ['both empty', f32(0, 0, 0, 0), f32(0, 0, 0, 0), 1],
    ['−0 differs from 0', f32(-0, 0, 0, 0), f32(-0, 1, 0, 0), 2 / 3],
  ])('%s', (_, a, b, share) => {
    expect(overlap(seed, a, b)).toBe(share);
    expect(overlapOfSubsets(extract(seed, a), extract(seed, b))).toBe(share);
  });

  test('is the same of vectors as of their subsets', () => {
    const values = fc.array(fc.constantFrom(-0, 0, 1, 2), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(values, values, values, (theta0, a, b) => {
        const [seed, left, right] = [f32(...theta0), f32(...a), f32(...b)];
        expect(overlapOfSubsets(extract(seed, left), extract(seed, right))).toBe(overlap(seed, left, right));
      }),
      { numRuns: runs(200) },
    );
  });

  test('vectors of different lengths are refused', () => {
    expect(refusal(() => overlap(seed, f32(1), seed))).toBe('overlap a: expected 4 values, got 1');
    expect(refusal(() => overlap(seed, seed, f32(1)))).toBe('overlap b: expected 4 values, got 1');
    expect(refusal(() => overlapOfSubsets(extract(seed, seed), extract(f32(1), f32(1))))).toBe(
      'overlap b: expected 4 values, got 1',
    );
  });
});
