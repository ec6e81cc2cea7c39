import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeMcNemar } from '../../../src/metrics/mcnemar.ts';
import { runs } from '../../run/runs.ts';

/** P(|X − n/2| ≥ |onlyFirst − n/2|) by asking every one of the 2ⁿ ways in which n fair coins can fall. */
function byEnumeration(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  let [asFar, ways] = [0, 0];
  for (let coins = 0; coins < 2 ** n; coins++, ways++) {
    let heads = 0;
    for (let bits = coins; bits > 0; bits >>= 1) heads += bits & 1;
    if (Math.abs(2 * heads - n) >= Math.abs(onlyFirst - onlySecond)) asFar += 1;
  }
  return asFar / ways;
}

describe('computeMcNemar', () => {
  it('is the share of all ways in which fair coins can fall that are at least as one-sided', () => {
    for (let first = 0; first <= 7; first++)
      for (let second = 0; second <= 7; second++)
        expect(computeMcNemar(first, second), `${first} and ${second}`).toBe(byEnumeration(first, second));
  });

  it('is a probability, the same for either order, and smaller the more one-sided', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.nat(600), (a, b) => {
        const p = computeMcNemar(a, b);
        expect(p).toBe(computeMcNemar(b, a));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        if (a >= b) expect(computeMcNemar(a + 1, b)).toBeLessThanOrEqual(computeMcNemar(a, b));
      }),
      { numRuns: runs(50) },
    );
  });

  it('does not lose itself where 2⁻ⁿ is below what a float64 can hold', () => {
    // The normal approximation with its correction of continuity, of 1,100 to 1,300: z = 199 / √2400, p = 4.86e-5.
    expect(computeMcNemar(1100, 1300)).toBeGreaterThan(4.5e-5);
    expect(computeMcNemar(1100, 1300)).toBeLessThan(5.2e-5);
    expect(computeMcNemar(2000, 2000)).toBe(1);
    expect(computeMcNemar(0, 5000)).toBe(0);
  });

  it('refuses what is no count', () => {
    expect(() => computeMcNemar(0.5, 1)).toThrow(
      'computeMcNemar: onlyFirst: expected a whole number from 0 on, got 0.5',
    );
    expect(() => computeMcNemar(1, -1)).toThrow('computeMcNemar: onlySecond');
  });
});
