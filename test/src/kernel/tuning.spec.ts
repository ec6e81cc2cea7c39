import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderStatistic } from '../../../src/kernel/kernels.ts';
import { Random } from '../../../src/tensor/random.ts';
import { runs } from '../../run/runs.ts';
import { anyFloat, BOTH, bits, floats, inArena, simd, unset, vectors } from './both.ts';

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

  it.each(Object.keys(kinds) as (keyof typeof kinds)[])(
    '%s is Table 1 in float32, to the bit, and tells how many exceed 0',
    (kind) => {
      fc.assert(
        fc.property(vectors(2, anyFloat), ([candidate, seed]) =>
          inArena(() => {
            const delta = unset(seed.length);
            const moved = kernels.distance(delta, floats(candidate), floats(seed), kind);
            expect(moved).toBe(delta.filter((x) => x > 0).length);
            const wanted = candidate.map((x, i) => kinds[kind](abs(fround(x - seed[i])), abs(seed[i])));
            expect(bits(delta)).toEqual(bits(Float32Array.from(wanted)));
          }),
        ),
        { numRuns: runs(150) },
      );
    },
  );

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

  it('candidate is θ + u in float32 (Eq. 3), to the bit, and tells whether it is finite', () => {
    fc.assert(
      fc.property(vectors(2, anyFloat), ([theta, update]) =>
        inArena(() => {
          const out = unset(theta.length);
          const wanted = Float32Array.from(theta, (x, i) => fround(x + update[i]));
          expect(kernels.candidate(out, floats(theta), floats(update))).toBe(wanted.every(Number.isFinite));
          expect(bits(out)).toEqual(bits(wanted));
        }),
      ),
      { numRuns: runs(300) },
    );
  });

  it('finds one infinity or NaN anywhere', () => {
    inArena(() => {
      for (const value of [NaN, Infinity, -Infinity]) {
        for (let i = 0; i < 37; i++) {
          const x = floats(new Array<number>(37).fill(3.4028234663852886e38));
          expect(kernels.firstNotFinite(x)).toBe(-1);
          x[i] = value;
          expect(kernels.firstNotFinite(x)).toBe(i);
          expect(kernels.candidate(unset(37), x, floats(new Array<number>(37).fill(0)))).toBe(false);
        }
      }
    });
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

/** The value at that rank of the sorted distances, and how many exceed it. */
function sortedAt(delta: Float32Array, rank: number): OrderStatistic {
  const value = delta.slice().sort()[rank];
  return { value, above: delta.filter((x) => x > value).length };
}

/** Guesses: good ones, bad ones, and none. */
const guess = fc.oneof(distance, fc.constantFrom(0, NaN, -1, 1e300, 1e-300));

describe.each(BOTH)('orderStatistic, $name of $threads', (kernels) => {
  it('is the value at that rank of the sorted distances, whatever was guessed', () => {
    fc.assert(
      fc.property(fc.array(distance, { minLength: 1, maxLength: 60 }), fc.nat(), guess, (delta, n, near) =>
        inArena(() => {
          const rank = n % delta.length;
          expect(kernels.orderStatistic(floats(delta), rank, near)).toEqual(sortedAt(Float32Array.from(delta), rank));
        }),
      ),
      { numRuns: runs(300) },
    );
  });

  it('disregards the sign of a zero and puts a NaN above +∞', () => {
    inArena(() => {
      const at = (values: number[], rank: number): number => kernels.orderStatistic(floats(values), rank).value;
      expect(at([-0, 1], 0)).toBe(0);
      expect(at([NaN, Infinity], 0)).toBe(Infinity);
      expect(at([NaN, Infinity], 1)).toBeNaN();
      const many = [NaN, Infinity, ...new Array<number>(5000).fill(1)];
      expect(at(many, 5000)).toBe(Infinity);
      expect(at(many, 5001)).toBeNaN();
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

describe('orderStatistic over many values', () => {
  /** The places that the sample of the wasm module takes of n values: as in wasm-simd/assembly/select.ts. */
  const places = new Map<number, Set<number>>();
  function sampled(n: number): Set<number> {
    const known = places.get(n);
    if (known !== undefined) return known;
    const size = Math.min(n >> 5, 4096);
    const stride = Math.floor(n / size);
    let random = 1;
    const taken = Array.from({ length: size }, (_, stretch) => {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      return stretch * stride + Math.floor((random * stride) / 2 ** 32);
    });
    const set = new Set(taken);
    places.set(n, set);
    return set;
  }

  /** Long vectors, of which the wasm module looks at a sample first, and the ways in which a sample misleads. */
  const LONG: Readonly<Record<string, (i: number, n: number, pick: (count: number) => number) => number>> = {
    'all different': (i, n) => ((i * 7919) % n) ** 2,
    'in one digit': (i, n) => 1 + ((i * 7919) % n) / 2 ** 21,
    ascending: (i) => i,
    descending: (i, n) => n - i,
    'three values': (_, __, pick) => pick(3),
    'all equal': () => 0.75,
    'all zero': (i) => (i % 2 === 0 ? 0 : -0),
    'nine of ten zero': (_, __, pick) => (pick(10) > 0 ? 0 : pick(1000)),
    'half tied in the middle': (_, __, pick) => (pick(2) > 0 ? 500 : pick(1000)),
    infinities: (_, __, pick) => (pick(4) > 0 ? Infinity : pick(9)),
    denormals: (_, __, pick) => pick(5000) * 2 ** -149,
    'columns of one size': (i) => 2 ** ((i % 128) - 64),
    'one large value': (i) => (i === 4321 ? 1e30 : 1),
    'others where the sample looks': (i, n) => (sampled(n).has(i) ? 1.1 : 1) + (i % 97) / 2 ** 12,
    'large values at the end': (i, n) => (i > n - 20 ? i : 1 / (1 + i)),
  };

  it.each(Object.keys(LONG))('is exact, whichever kernels count: %s', (name) => {
    fc.assert(
      fc.property(
        // Beyond 2^17 values in the band or in one digit there is no room to copy them together.
        fc.constantFrom(4_097, 20_011, 140_003, 300_017),
        fc.oneof(fc.constantFrom(0, 1e-5, 1e-3, 0.01, 0.1, 0.5, 0.9, 1), fc.double({ min: 0, max: 1, noNaN: true })),
        fc.oneof(fc.constantFrom('none', 'right', 'close', 'below', 'above'), guess),
        fc.nat(),
        (n, share, kind, seed) =>
          inArena(() => {
            let state = seed;
            const pick = (count: number): number => {
              state = (Math.imul(state, 1664525) + 1013904223) | 0;
              return Math.floor(((state >>> 0) / 2 ** 32) * count);
            };
            const delta = unset(n).map((_, i) => LONG[name](i, n, pick));
            const rank = Math.round((1 - share) * (n - 1));
            const wanted = sortedAt(delta.map(abs), rank);
            const factors = { none: 0, right: 1, close: 1.1, below: 0.7, above: 1.4 } as const;
            const near = typeof kind === 'number' ? kind : wanted.value * factors[kind];
            for (const kernels of BOTH) {
              const got = kernels.orderStatistic(floats(delta), rank, near);
              expect(got, `${kernels.name} of ${kernels.threads}`).toEqual(wanted);
            }
          }),
      ),
      { numRuns: runs(12, 100) },
    );
  });

  it('is exact at the end of a tie that is all that the sample shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5_000, max: 30_000 }), fc.nat(), (n, seed) =>
        inArena(() => {
          const random = new Random(seed);
          const delta = unset(n).map((_, i) => (sampled(n).has(i) || random.integer(2) > 0 ? 2 : 1));
          const above = delta.filter((x) => x === 2).length;
          const values = floats(delta);
          for (const kernels of BOTH) {
            expect(kernels.orderStatistic(values, n - above)).toEqual({ value: 2, above: 0 });
            expect(kernels.orderStatistic(values, n - above - 1)).toEqual({ value: 1, above });
          }
        }),
      ),
      { numRuns: runs(12, 100) },
    );
  });

  it('is exact where the sample is too large for a room of its own, and a guess is looked at before it is believed', () => {
    inArena(() => {
      const n = 3_000_017;
      const delta = unset(n).map((_, i) => ((i * 7919) % n) / n);
      const values = floats(delta);
      const sorted = delta.slice().sort();
      for (const rank of [0, n >> 1, n - (n >> 4), n - 3]) {
        for (const kernels of BOTH) {
          const above = n - 1 - rank; // no two are equal
          for (const near of [0, 0.97 * sorted[rank], 0.5 * sorted[rank]])
            expect(kernels.orderStatistic(values, rank, near)).toEqual({ value: sorted[rank], above });
        }
      }
    });
  });

  it('is exact where a band of many values has more room', () => {
    inArena(() => {
      const n = 2 ** 25 + 3;
      const values = unset(n);
      for (let i = 0, state = 1; i < n; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) | 0;
        values[i] = (state >>> 8) / 2 ** 24; // each about twice
      }
      const below = (value: number): number => (value * 2 ** 24 - 1) / 2 ** 24;
      for (const rank of [0, n >> 1, n - (n >> 4), n - 3]) {
        const { value, above } = simd.orderStatistic(values, rank);
        const place = n - 1 - rank;
        expect(simd.countAbove(values, value)).toBe(above);
        expect(above).toBeLessThanOrEqual(place);
        expect(simd.countAbove(values, below(value))).toBeGreaterThan(place);
      }
    });
  });
});
