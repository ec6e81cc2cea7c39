import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential, logistic } from '../../../src/kernel/scalar/exponential.ts';
import { logarithm } from '../../../src/kernel/scalar/logarithm.ts';
import { runs } from '../../run/runs.ts';

/** The distance between neighbouring float32 values at x. */
function ulp(x: number): number {
  return 2 ** Math.max(Math.floor(Math.log2(Math.abs(x))) - 23, -149);
}

/** The largest error in ulps over inputs spread evenly over [low, high], against float64. */
function worst(f: (x: number) => number, exact: (x: number) => number, low: number, high: number): number {
  const count = runs(100_000);
  let most = 0;
  for (let i = 0; i < count; i++) {
    const x = Math.fround(low + ((high - low) * (i + 0.5)) / count);
    const wanted = exact(x);
    const error = Math.abs(f(x) - wanted) / ulp(wanted);
    // Written so that a NaN counts as the largest error of all.
    if (!(error <= most)) most = Number.isNaN(error) ? Infinity : error;
  }
  return most;
}

describe('exponential', () => {
  it('is within 1.1 ulp, denormal results included', () => {
    expect(worst(exponential, Math.exp, -103.9, 88.7)).toBeLessThan(1.1);
    expect(worst(exponential, Math.exp, -1, 1)).toBeLessThan(1.1);
  });

  it('has the limits of e^x', () => {
    expect([0, -0, 89, Infinity, -104.5, -Infinity].map(exponential)).toEqual([1, 1, Infinity, Infinity, 0, 0]);
    expect(exponential(NaN)).toBeNaN();
    expect(exponential(88.7)).toBeLessThan(Infinity);
    expect(exponential(-103)).toBeGreaterThan(0);
  });

  it('never falls by more than its error where x grows', () => {
    fc.assert(
      fc.property(
        fc.float({ min: -90, max: 88, noNaN: true }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (x, step) => {
          const [low, high] = [exponential(x), exponential(Math.fround(x + step))];
          expect(high).toBeGreaterThanOrEqual(low - 2.2 * ulp(low));
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});

describe('logistic', () => {
  // e^−x and the sum are each within about 1 ulp of their size, the quotient adds half of one.
  it('is within 3 ulp on both sides', () => {
    const exact = (x: number): number => 1 / (1 + Math.exp(-x));
    expect(worst(logistic, exact, -87, 20)).toBeLessThan(3);
    expect(worst(logistic, exact, -1, 1)).toBeLessThan(3);
  });

  it('has its limits', () => {
    expect([0, 200, Infinity, -200, -Infinity].map(logistic)).toEqual([0.5, 1, 1, 0, 0]);
    expect(logistic(NaN)).toBeNaN();
  });
});

describe('logarithm', () => {
  it('is within 1.1 ulp over what a sum of up to 2^24 exponentials can be', () => {
    expect(worst(logarithm, Math.log, 1.001, 4)).toBeLessThan(1.1);
    expect(worst(logarithm, Math.log, 4, 100_000)).toBeLessThan(1.1);
    expect(worst(logarithm, Math.log, 1e5, 2 ** 24)).toBeLessThan(1.1);
  });

  it('has its limits', () => {
    expect(logarithm(1)).toBe(0);
    expect(logarithm(Infinity)).toBe(Infinity);
    expect(logarithm(NaN)).toBeNaN();
  });
});
