import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalDensity, normalDistribution } from '../../../src/kernel/scalar/normal.ts';
import { runs } from '../../run/runs.ts';
import { normalProbability } from '../nn/formulas.ts';

describe('the normal distribution', () => {
  it('is its series, to the rounding of the exponential and of its argument', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (x) => {
        // one rounding of x²/2, up to 18, in the exponent, and 1.1 ulp of the exponential
        const relative = (2 ** -24 * (x * x)) / 2 + 1.1 * 2 ** -23;
        const tail = Math.min(normalProbability(x), normalProbability(-x));
        expect(Math.abs(normalDistribution(x) - normalProbability(x))).toBeLessThanOrEqual(relative * tail + 1e-12);
        const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
        expect(Math.abs(normalDensity(x) - density)).toBeLessThanOrEqual(relative * density);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('has nothing left far below, and everything far above', () => {
    expect([-40, -Infinity].map(normalDistribution)).toEqual([0, 0]);
    expect([40, Infinity].map(normalDistribution)).toEqual([1, 1]);
    expect(normalDistribution(0)).toBe(0.5);
  });
});
