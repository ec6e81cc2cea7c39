import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../runs.ts';
import { anyFloat, BOTH, bits, floats, inArena, unset, vectors } from './both.ts';

const { abs, fround } = Math;

/** Distances as they come: ties, zeros, denormals, infinities. */
const distance = fc.oneof(
  fc.float({ min: 0, noNaN: true }),
  fc.constantFrom(0, 2 ** -149, 2 ** -127, 1, 1, 2, 3.4028234663852886e38, Infinity),
  fc.integer({ min: 0, max: 5 }),
);

describe.each(BOTH)('distances, $name of $threads', (kernels) => {
  const kinds = {
    absolute: (change: number) => change,
    relative: (change: number, seed: number) => (change === 0 ? 0 : change / seed),
    'inverse-relative': (change: number, seed: number) => change * seed,
  } as const;

  it.each(Object.keys(kinds) as (keyof typeof kinds)[])('%s is Table 1 in float32, to the bit', (kind) => {
    fc.assert(
      fc.property(vectors(2, anyFloat), ([candidate, seed]) =>
        inArena(() => {
          const delta = unset(seed.length);
          kernels.distance(delta, floats(candidate), floats(seed), kind);
          const wanted = candidate.map((x, i) => kinds[kind](abs(fround(x - seed[i])), abs(seed[i])));
          expect(bits(delta)).toEqual(bits(Float32Array.from(wanted)));
        }),
      ),
      { numRuns: runs(150) },
    );
  });

  it('follow the rules at zero, on overflow and on underflow', () => {
    inArena(() => {
      const at = (kind: keyof typeof kinds, candidate: number, seed: number): number => {
        const delta = unset(1);
        kernels.distance(delta, floats([candidate]), floats([seed]), kind);
        return delta[0];
      };
      expect(at('relative', 0, 0)).toBe(0);
      expect(at('relative', -0, 0)).toBe(0);
      expect(at('relative', 1e-30, 0)).toBe(Infinity);
      expect(at('inverse-relative', 1e30, 0)).toBe(0);
      expect(at('inverse-relative', 2e-30, 1e-30)).toBe(0);
      expect(at('inverse-relative', 3e38, 1e10)).toBe(Infinity);
      expect(at('absolute', 3e38, -3e38)).toBe(Infinity);
    });
  });
});

describe.each(BOTH)('counting and projecting, $name of $threads', (kernels) => {
  it('countAbove counts what is above tau as a float32', () => {
    fc.assert(
      fc.property(vectors(1, anyFloat), fc.oneof(fc.double(), anyFloat), ([delta], tau) =>
        inArena(() => {
          expect(kernels.countAbove(floats(delta), tau)).toBe(delta.filter((x) => x > fround(tau)).length);
        }),
      ),
      { numRuns: runs(200) },
    );
  });

  it('project keeps the candidate above tau and else the seed (Eq. 7), to the bit', () => {
    fc.assert(
      fc.property(vectors(3, anyFloat), anyFloat, ([candidate, seed, delta], tau) =>
        inArena(() => {
          const theta = unset(seed.length);
          kernels.project(theta, floats(candidate), floats(seed), floats(delta), tau);
          const wanted = delta.map((d, i) => (d > tau ? candidate[i] : seed[i]));
          expect(bits(theta)).toEqual(bits(Float32Array.from(wanted)));
        }),
      ),
      { numRuns: runs(200) },
    );
  });

  it('countDifferent compares bit patterns: 0 and −0 differ, a NaN equals itself', () => {
    fc.assert(
      fc.property(vectors(2, anyFloat), ([a, b]) =>
        inArena(() => {
          const [x, y] = [floats(a), floats(b)];
          const [p, q] = [bits(x), bits(y)];
          expect(kernels.countDifferent(x, y)).toBe(p.filter((pattern, i) => pattern !== q[i]).length);
          expect(kernels.countDifferent(x, x)).toBe(0);
        }),
      ),
      { numRuns: runs(200) },
    );
  });

  it('firstNotFinite finds the first NaN or infinity', () => {
    fc.assert(
      fc.property(vectors(1, anyFloat), ([x]) =>
        inArena(() => {
          expect(kernels.firstNotFinite(floats(x))).toBe(x.findIndex((value) => !Number.isFinite(value)));
        }),
      ),
      { numRuns: runs(200) },
    );
  });
});

describe.each(BOTH)('orderStatistic, $name of $threads', (kernels) => {
  it('is the value at that rank of the sorted distances', () => {
    fc.assert(
      fc.property(fc.array(distance, { minLength: 1, maxLength: 60 }), fc.nat(), (delta, n) =>
        inArena(() => {
          const rank = n % delta.length;
          const sorted = Float32Array.from(delta).sort();
          expect(kernels.orderStatistic(floats(delta), rank)).toBe(sorted[rank]);
        }),
      ),
      { numRuns: runs(300) },
    );
  });

  it('is exact over many values, whether they share a digit or not', () => {
    inArena(() => {
      // Beyond 2^17 values in one digit the wasm module reads the whole vector again.
      const n = 140_003;
      const spread = unset(n).map((_, i) => ((i * 7919) % n) ** 2);
      const together = unset(n).map((_, i) => 1 + ((i * 7919) % n) / 2 ** 21);
      const tied = unset(n).map((_, i) => i % 3);
      for (const values of [spread, together, tied]) {
        const delta = floats(values);
        const sorted = values.slice().sort();
        for (const rank of [0, 1, 1000, 70_001, n - 2, n - 1]) {
          expect(kernels.orderStatistic(delta, rank)).toBe(sorted[rank]);
        }
      }
    });
  });

  it('disregards the sign of a zero and puts a NaN above +∞', () => {
    inArena(() => {
      expect(kernels.orderStatistic(floats([-0, 1]), 0)).toBe(0);
      expect(kernels.orderStatistic(floats([NaN, Infinity]), 0)).toBe(Infinity);
      expect(kernels.orderStatistic(floats([NaN, Infinity]), 1)).toBeNaN();
    });
  });

  it('refuses a rank that does not exist', () => {
    inArena(() => {
      const call = (values: number[], rank: number) => () => kernels.orderStatistic(floats(values), rank);
      expect(call([], 0)).toThrow('kernel.orderStatistic: expected a rank in [0, 0), got 0');
      expect(call([1], -1)).toThrow('got -1');
      expect(call([1], 0.5)).toThrow('got 0.5');
      expect(call([1], NaN)).toThrow('got NaN');
    });
  });
});
