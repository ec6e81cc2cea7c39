import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeBootstrap } from '../../../src/metrics/bootstrap.ts';
import { Random } from '../../../src/tensor/random.ts';
import { runs } from '../../run/runs.ts';

const mean = (sample: readonly number[]): number => sample.reduce((sum, x) => sum + x, 0) / sample.length;

describe('computeBootstrap', () => {
  it('lies within the least and the greatest sentence, and is a point where all are alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        (values, seed) => {
          const { low, high } = computeBootstrap(values, mean, seed, 200);
          expect(low).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThanOrEqual(Math.min(...values));
          expect(high).toBeLessThanOrEqual(Math.max(...values));
          if (new Set(values).size === 1) expect([low, high]).toEqual([values[0], values[0]]);
        },
      ),
      { numRuns: runs(50) },
    );
  });

  it('holds the true mean in about 95 of 100 samples', () => {
    const random = new Random('coverage');
    const trials = 200;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = Array.from({ length: 100 }, () => random.normal());
      const { low, high } = computeBootstrap(values, mean, trial, 400);
      if (low <= 0 && 0 <= high) covered += 1;
    }
    // 95 % less the percentile bootstrap's known bias at n = 100 (about 1 %), within four standard errors of 1.6 %.
    expect(covered / trials).toBeGreaterThan(0.94 - 4 * 0.016);
    expect(covered / trials).toBeLessThan(1);
  });

  it('gives the same interval for the same seed', () => {
    const values = [1, 5, 2, 8, 3];
    expect(computeBootstrap(values, mean, 4)).toEqual(computeBootstrap(values, mean, 4));
    expect(() => computeBootstrap([], mean, 1)).toThrow(
      'computeBootstrap: sentences: expected at least one, got "none"',
    );
  });
});
