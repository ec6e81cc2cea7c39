import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText, mix32 } from '../../../src/data/hash.ts';
import { indicesOfStep, permute } from '../../../src/data/order.ts';
import { runs } from '../../run/runs.ts';

const anyCount = fc.integer({ min: 1, max: 300 });
const anySeed = fc.integer();

describe('permute', () => {
  it('is a bijection of 0 … count − 1 for every seed', () => {
    fc.assert(
      fc.property(anyCount, anySeed, (count, seed) => {
        const places = Array.from({ length: count }, (_, i) => permute(i, count, seed));
        expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, i) => i));
      }),
      { numRuns: runs(300) },
    );
  });

  // each place is hit 200 times on average, with a deviation of √(2000 · 0.1 · 0.9) ≈ 13.4; six of them are 81
  it('puts every element everywhere about equally often', () => {
    const counts = Array.from({ length: 100 }, () => 0);
    for (let seed = 0; seed < 2000; seed++) {
      for (let i = 0; i < 10; i++) counts[10 * i + permute(i, 10, seed)]++;
    }
    expect(counts.filter((count) => Math.abs(count - 200) > 81)).toEqual([]);
  });

  it.each([
    [-1, 5, 'position: expected a whole number from 0 to 4, got -1'],
    [5, 5, 'position: expected a whole number from 0 to 4, got 5'],
    [0, 0, 'count: expected a whole number from 1 to 1073741824, got 0'],
  ])('refuses position %d of %d', (position, count, message) => {
    expect(() => permute(position, count, 1)).toThrow(message);
  });
});

describe('the rows of a step', () => {
  it('pass through each epoch once, whatever the batch size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 60 }), anySeed, (count, size, seed) => {
        const steps = Math.ceil((3 * count) / size);
        const seen = Array.from({ length: steps }, (_, t) => [...indicesOfStep(t + 1, size, count, seed)]).flat();
        for (let epoch = 0; epoch < 3; epoch++) {
          const rows = seen.slice(epoch * count, (epoch + 1) * count);
          expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it('are another order in each epoch and for each seed', () => {
    const orders = [
      [1, 7],
      [2, 7],
      [1, 8],
    ].map(([step, seed]) => indicesOfStep(step, 50, 50, seed).join());
    expect(new Set(orders).size).toBe(3);
  });

  it('are never asked for before step 1', () => {
    expect(() => indicesOfStep(0, 4, 10, 1)).toThrow('step: expected a whole number from 1, got 0');
    expect(() => indicesOfStep(1, 0, 10, 1)).toThrow('batchSize: expected a whole number from 1, got 0');
  });
});

// the published values: splits and orders must never change
describe('hashes', () => {
  it('are what they always were', () => {
    expect(mix32(0)).toBe(0);
    // smhasher's fmix32
    expect(mix32(1)).toBe(0x514e28b7);
    // FNV-1a of "a" is 0xe40c292c (RFC 9923, Appendix C)
    expect(hashText('a')).toBe(mix32(0xe40c292c));
    expect(hashText('')).toBe(mix32(0x811c9dc5));
  });
});
