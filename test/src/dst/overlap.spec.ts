import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlap, overlapOfMasks, overlapOfSubsets } from '../../../src/dst/overlap.ts';
import { extract } from '../../../src/dst/subset.ts';
import { runs } from '../../run/runs.ts';
import { f32, refusal } from './toys.ts';

/** One bit a parameter: whether it differs from the seed. */
function maskOf(seed: Float32Array, theta: Float32Array): Uint8Array {
  const mask = new Uint8Array(Math.ceil(seed.length / 8));
  for (const index of extract(seed, theta).indices) mask[index >> 3] += 2 ** (index % 8);
  return mask;
}

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
    const values = fc.array(fc.constantFrom(-0, 0, 1, 2), { minLength: 11, maxLength: 11 });
    fc.assert(
      fc.property(values, values, values, (theta0, a, b) => {
        const [seed, left, right] = [f32(...theta0), f32(...a), f32(...b)];
        const share = overlap(seed, left, right);
        expect(overlapOfSubsets(extract(seed, left), extract(seed, right))).toBe(share);
        expect(overlapOfMasks(maskOf(seed, left), maskOf(seed, right))).toBe(share);
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

describe('Eq. 9 of more than a set of JavaScript’s holds', () => {
  test('2^24 + 1 indices each, of which all but one are common', () => {
    const count = 2 ** 24 + 1;
    const indices = Uint32Array.from({ length: count }, (_, i) => i);
    const values = new Float32Array(count);
    const subset = { size: count + 1, indices, values, seedFingerprint: null };
    const shifted = { ...subset, indices: indices.map((i) => i + 1) };
    expect(overlapOfSubsets(subset, shifted)).toBe((count - 1) / count);
  });
});
