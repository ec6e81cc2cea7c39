import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../run/runs.ts';
import { BOTH, floats, gamma, inArena, moderate, UNIT64, vectors } from './both.ts';

/** A sum of n float64 terms in any order is off by at most γₙ₋₁ Σ|terms|; both sides are sums. */
function expectSum(got: number, terms: readonly number[]): void {
  const exact = terms.reduce((s, x) => s + x, 0);
  const magnitude = terms.reduce((s, x) => s + Math.abs(x), 0);
  expect(Math.abs(got - exact)).toBeLessThanOrEqual(2 * gamma(terms.length, UNIT64) * magnitude);
}

describe.each(BOTH)('sums, $name of $threads', (kernels) => {
  it('are float64 sums', () => {
    fc.assert(
      fc.property(vectors(2, moderate), ([a, b]) =>
        inArena(() => {
          const [x, y] = [floats(a), floats(b)];
          expectSum(kernels.sum(x), a);
          expectSum(
            kernels.sumOfSquares(x),
            a.map((v) => v * v),
          );
          expectSum(
            kernels.dot(x, y),
            a.map((v, i) => v * b[i]),
          );
        }),
      ),
      { numRuns: runs(200) },
    );
  });

  it('of nothing are 0', () => {
    inArena(() => {
      const none = floats([]);
      expect([kernels.sum(none), kernels.sumOfSquares(none), kernels.dot(none, none)]).toEqual([0, 0, 0]);
    });
  });

  it('neither overflow nor lose small terms where float32 would', () => {
    inArena(() => {
      expect(kernels.sumOfSquares(floats([1e30, 1e30, 1e30, 1e30, 1e30]))).toBeCloseTo(5e60, -54);
      const big = floats(Array.from({ length: 41 }, (_, i) => (i === 0 ? 2 ** 24 : 1)));
      expect(kernels.sum(big)).toBe(2 ** 24 + 40);
    });
  });

  it('let a NaN through', () => {
    inArena(() => {
      for (let at = 0; at < 7; at++) {
        expect(kernels.sum(floats(Array.from({ length: 7 }, (_, i) => (i === at ? NaN : 1))))).toBeNaN();
      }
    });
  });
});
