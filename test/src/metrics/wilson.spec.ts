import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeWilson } from '../../../src/metrics/wilson.ts';
import { runs } from '../../run/runs.ts';

const counts = fc
  .integer({ min: 1, max: 100_000 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));

describe('computeWilson', () => {
  it('lies in [0, 1] and holds the share itself', () => {
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const { value, low, high } = computeWilson(successes, trials);
        return 0 <= low && low <= value && value <= high && high <= 1;
      }),
      { numRuns: runs(300) },
    );
  });

  it('ends where the score test rejects: |p̂ − p| = z·√(p(1−p)/n) at both ends', () => {
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const { value, low, high } = computeWilson(successes, trials);
        for (const p of [low, high].filter((end) => end > 0 && end < 1)) {
          const standardError = Math.sqrt((p * (1 - p)) / trials);
          // The ends solve a quadratic: relative to z·σ, some ulps of float64 times the condition 1/σ stay far below 1e-6.
          expect(Math.abs(value - p) / (1.959963984540054 * standardError)).toBeCloseTo(1, 6);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('is symmetric: failures have the mirrored interval', () => {
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const a = computeWilson(successes, trials);
        const b = computeWilson(trials - successes, trials);
        expect(a.low).toBeCloseTo(1 - b.high, 12);
        expect(a.high).toBeCloseTo(1 - b.low, 12);
      }),
      { numRuns: runs(300) },
    );
  });

  it('agrees with a published value: 81 of 263 gives 0.255 to 0.366 (Newcombe 1998, Table I)', () => {
    const { low, high } = computeWilson(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it('refuses what is no share', () => {
    expect(() => computeWilson(1, 0)).toThrow('computeWilson: trials: expected at least 1, got 0');
    expect(() => computeWilson(3, 2)).toThrow('computeWilson: successes: expected a whole number up to 2, got 3');
  });
});
