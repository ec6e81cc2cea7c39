/**
 * The paper on one page: what it is, its numbers by hand, Eq. 4 by search, and the fast path held to it bit for bit.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeNearest } from '../../src/dst/nearest.ts';
import { DISTANCES } from '../../src/dst/notation.ts';
import { createProblem } from '../../src/dst/problem.ts';
import { consecutiveSilos } from '../../src/dst/silos.ts';
import { createState } from '../../src/dst/state.ts';
import { step } from '../../src/dst/step.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { KERNEL_NAMES } from '../../src/kernel/kernels.ts';
import { Memory } from '../../src/kernel/memory.ts';
import { sgd } from '../../src/optim/sgd.ts';
import * as paper from '../../src/paper.ts';
import type { Vector } from '../../src/paper.ts';
import { createPaper, consecutive, DISTANCES as TABLE_1 } from '../../spec/paper.ts';
import { findImports } from '../architecture/sources.ts';
import { runs } from '../run/runs.ts';

const text = readFileSync(new URL('../../src/paper.ts', import.meta.url), 'utf8');
const f32 = (...values: number[]): Float32Array => Float32Array.from(values);
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const FORMATS = [
  { name: 'float32', of: f32, max: 2 ** 128 - 2 ** 104, denormal: 2 ** -149, epsilon: 2 ** -23, round: Math.fround },
  { name: 'float64', of: f64, max: Number.MAX_VALUE, denormal: 2 ** -1074, epsilon: 2 ** -52, round: (x: number) => x },
] as const;

describe('the page', () => {
  test('has at most 200 lines, and seven for each distance that is not the paper’s, and imports nothing', () => {
    const most = 200 + 7 * (DISTANCES.length - 3);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(most);
    expect(findImports({ path: 'src/paper.ts', text })).toEqual([]);
  });

  test('states Eq. 1 to 9, Algorithm 2 and Algorithm 1 in this order, and Table 1 with Eq. 5', () => {
    const stated = [...text.matchAll(/^(?:\/\*\*| \*) (Eq\. \d|Algorithm \d)(?: and Table 1)?:/gm)].map(
      ([, place]) => place,
    );
    const inOrder = [...new Set(stated)];
    expect(inOrder).toEqual([...Array.from({ length: 9 }, (_, i) => `Eq. ${i + 1}`), 'Algorithm 2', 'Algorithm 1']);
    expect(text).toContain('Eq. 5 and Table 1:');
  });
});

describe.each(FORMATS)('Table 1, $name', ({ of, max, denormal, epsilon, round }) => {
  const at = (distance: paper.Distance, thetaHat: number, theta: number, theta0: number): number => {
    const delta = of(NaN);
    distance(delta, of(thetaHat), of(theta), of(theta0));
    return delta[0];
  };

  test.each([
    [1.5, 1, -4, 0.5, 0.125, 2],
    [-1, 1, 0.5, 2, 4, 1],
    [3, 3, 2, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [2, 0, 0, 2, Infinity, 0],
    [-0, 0, 0, 0, 0, 0],
    [denormal, 0, 0, denormal, Infinity, 0],
  ])('θ̂ = %d, θ = %d, θ⁰ = %d', (thetaHat, theta, theta0, a, r, i) => {
    expect(at(paper.absolute, thetaHat, theta, theta0)).toBe(a);
    expect(at(paper.relative, thetaHat, theta, theta0)).toBe(r);
    expect(at(paper.inverseRelative, thetaHat, theta, theta0)).toBe(i);
  });

  test('the difference is rounded, and so is the product or the quotient', () => {
    expect(at(paper.absolute, 1, -epsilon / 2, 1)).toBe(1);
    expect(at(paper.absolute, 1, -epsilon, 1)).toBe(1 + epsilon);
    expect(at(paper.relative, 1 + epsilon, -epsilon / 2, 3)).toBe(round(round(1 + epsilon + epsilon / 2) / 3));
    expect(at(paper.inverseRelative, 4, 1, round(0.1))).toBe(round(3 * round(0.1)));
    expect(at(paper.inverseRelative, 1, -epsilon / 2, round(0.7))).toBe(round(0.7));
  });

  test('distinct distances collapse to 0 if the product underflows, and tie at ∞ if it overflows', () => {
    expect(at(paper.inverseRelative, denormal, 0, 0.5)).toBe(0);
    expect(at(paper.inverseRelative, denormal * 2, 0, 0.5)).toBe(denormal);
    expect(at(paper.inverseRelative, max, 0, 2)).toBe(Infinity);
    expect(at(paper.absolute, max, -max, 1)).toBe(Infinity);
    expect(at(paper.relative, max, 0, denormal)).toBe(Infinity);
  });

  test('D is the sum of a row, in float64', () => {
    const D = (distance: paper.Distance): number => {
      const delta = of(0, 0, 0);
      distance(delta, of(1, 2, 3), of(1, 0, 5), of(9, -1, 4));
      return paper.total(delta);
    };
    expect([paper.absolute, paper.relative, paper.inverseRelative].map(D)).toEqual([4, 2.5, 10]);
    expect(paper.total(of(2 ** 24, 1))).toBe(2 ** 24 + 1);
    expect(paper.total(of())).toBe(0);
  });
});

describe.each(FORMATS)('Eq. 6, $name', ({ of, max, denormal, epsilon: unit }) => {
  test.each([
    ['between two', of(3, 1, 2), 0.25, 2.5],
    ['a silo of one', of(7), 0.5, 7],
    ['numbers, not words', of(9, 10, 100), 0.5, 10],
    ['denormals: rounded up, and back below', of(0, denormal), 0.25, 0],
    ['neighbours', of(1, 1 + unit), 0.25, 1],
    ['one infinity stays above the largest number', of(1, Infinity), 0.5, max],
    ['tied infinities', of(1, Infinity, Infinity, Infinity), 0.5, Infinity],
  ])('%s', (_, delta, epsilon, expected) => {
    const tau = of(-1, -1, -1);
    paper.quantile(tau, 1, delta, epsilon);
    expect(tau).toEqual(of(-1, expected, -1));
  });

  test('the number below is found across the words of the format', () => {
    const tau = of(1);
    paper.interpolate(tau, 0, 0.5, 1, 1); // a pattern that ends in zeros borrows from the word above
    expect(tau[0]).toBe(1 - unit / 2);
  });
});

test.each([
  [11, 0.25, 7, 0.5],
  [11, 0.1, 9, 0],
  [5, 0.5, 2, 0],
  [4, 0.5, 1, 0.5],
  [2, 0.25, 0, 0.75],
  [1, 0.25, 0, 0],
  [7, 1, 0, 0],
  [3, 5e-324, 1, 1 - 2 ** -53],
])('the quantile of %d at ε = %d lies at %d and %d', (m, epsilon, j, weight) => {
  expect(paper.place(m, paper.ratio(epsilon))).toEqual([j, weight]);
});

/** Values of few digits, so that distances tie, and zeros of both signs. */
const value = fc.oneof(
  fc.integer({ min: -8, max: 8 }).map((x) => x / 4),
  fc.float({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 }),
  fc.constantFrom(0, -0, 2 ** -149, 2 ** -100, 2 ** 100),
);
const list = (length: number): fc.Arbitrary<number[]> => fc.array(value, { minLength: length, maxLength: length });
const fractions = fc.oneof(fc.constantFrom(0.07, 0.1, 0.25, 0.5, 1), fc.double({ min: 0.01, max: 1, noNaN: true }));
const thresholds = fc.constantFrom('sort', 'iterative');
const kernelsByName = KERNEL_NAMES.map((name) => createKernels(name, new Memory()));

describe('Eq. 1 and 2', () => {
  test('of a projection of distinct distances, each silo is feasible if ε |S| is whole, and then all are', () => {
    const [theta0, thetaHat] = [f64(1, 1, 1, 1, 1, 1), f64(2, 3, 4, 5, 9, 7)];
    const [theta, tau, silos] = [theta0.slice(), f64(1, 1), consecutive([4, 2])];
    const tuning = { theta0, silos, epsilon: 0.5, distance: paper.absolute, threshold: paper.quantile };
    paper.projectSilos(theta, tau, thetaHat, { ...tuning, optimizer: () => undefined });
    expect([...theta]).toEqual([1, 1, 4, 5, 9, 1]);
    expect(paper.isFeasibleInEverySilo(theta, theta0, silos, 0.5)).toBe(true);
    expect(paper.isFeasible(theta, theta0, 0.5)).toBe(true);
    expect(paper.isFeasibleInEverySilo(theta, theta0, consecutive([3, 3]), 0.5)).toBe(false);
    expect(paper.isFeasible(theta, theta0, 0.4)).toBe(false);
    expect(paper.isFeasible(theta, theta0, 0.49999999999999)).toBe(false);
  });
});

describe('Eq. 4', () => {
  test.each(FORMATS)('is solved by Eq. 6 and 7, $name: the search over all subsets finds the same bits', ({ of }) => {
    /** ε |S| whole, as the constraint has it, and every distance another one, none of them 0. */
    const cases = fc
      .record({ length: fc.integer({ min: 2, max: 12 }), kind: fc.constantFrom(...DISTANCES) })
      .chain(({ length, kind }) =>
        fc.record({
          kind: fc.constant(kind),
          keep: fc.integer({ min: 1, max: length - 1 }),
          theta0: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: length, maxLength: length }),
          moves: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: length, maxLength: length }),
        }),
      );
    fc.assert(
      fc.property(cases, ({ kind, keep, theta0: seed, moves }) => {
        const epsilon = keep / seed.length;
        const theta0: Vector = of(...seed);
        const thetaHat: Vector = of(...seed.map((x, i) => (i % 2 === 0 ? x + moves[i] : x - moves[i])));
        const [delta, tau] = [theta0.slice(), of(0)];
        TABLE_1[kind](delta, thetaHat, theta0, theta0);
        fc.pre(new Set(delta).size === delta.length && paper.isShare(keep, paper.ratio(epsilon), seed.length));
        paper.quantile(tau, 0, delta, epsilon);
        const [solved, searched] = [theta0.slice(), theta0.slice()];
        paper.project(solved, thetaHat, theta0, delta, tau[0]);
        paper.nearest(searched, thetaHat, theta0, epsilon, TABLE_1[kind]);
        expect(searched).toEqual(solved);
        expect(paper.countChanged(solved, theta0)).toBe(keep);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('the fast path is the page, bit for bit', () => {
  const problems = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }).chain((lengths) => {
    const n = lengths.reduce((sum, length) => sum + length, 0);
    return fc.record({
      lengths: fc.constant(lengths),
      theta0: list(n),
      gradients: fc.array(list(n), { minLength: 1, maxLength: 5 }),
      epsilon: fractions,
      distance: fc.constantFrom(...DISTANCES),
      method: thresholds,
      factor: fc.constantFrom(2, 1.5),
      iterations: fc.constantFrom(10, 3),
      before: fc.constantFrom(1, 1, 2 ** -20, 0, Infinity),
    });
  });

  test.each(kernelsByName)('in every step of Algorithm 1, θ and τ, $name kernels', (kernels) => {
    fc.assert(
      fc.property(problems, ({ lengths, theta0, gradients, epsilon, distance, method, factor, iterations, before }) => {
        const mark = kernels.memory.mark();
        const seed = kernels.memory.copyOf(theta0);
        const problem = createProblem({
          seed,
          epsilon,
          distance,
          silos: consecutiveSilos(lengths),
          optimizer: sgd(),
          kernels,
          threshold: { thresholdMethod: method, factor, iterations },
        });
        const state = createState(problem);
        state.thresholds.fill(before);
        const [theta, tau] = [f32(...theta0), f32(...lengths.map(() => before))];
        const tuning: paper.Tuning = {
          theta0: f32(...theta0),
          silos: consecutive(lengths),
          epsilon,
          distance: TABLE_1[distance],
          optimizer: (u, g) => u.forEach((_, i) => (u[i] = -0.5 * g[i])),
          threshold:
            method === 'sort'
              ? paper.quantile
              : (taus, s, delta, share) => paper.iterative(taus, s, delta, share, factor, iterations),
        };
        for (const gradient of gradients) {
          step(problem, state, kernels.memory.copyOf(gradient), 0.5);
          paper.step(theta, tau, f32(...gradient), tuning);
          expect([...state.theta]).toEqual([...theta]);
          expect([...state.thresholds]).toEqual([...tau]);
        }
        kernels.memory.release(mark);
      }),
      { numRuns: runs(150) },
    );
  });

  test.each(kernelsByName)('in the projection of a candidate (Eq. 4), $name kernels', async (kernels) => {
    const page = createPaper('float32');
    await fc.assert(
      fc.asyncProperty(problems, async ({ lengths, theta0, gradients: [candidate], epsilon, distance, method }) => {
        const mark = kernels.memory.mark();
        const seed = kernels.memory.copyOf(theta0);
        const options = {
          seed,
          epsilon,
          distance,
          silos: consecutiveSilos(lengths),
          kernels,
          threshold: { thresholdMethod: method },
        };
        const { theta, thresholds: taus } = computeNearest(options, kernels.memory.copyOf(candidate));
        const request = { seed: theta0, candidate, silos: lengths, distance, epsilon };
        const answer = await page.project({ ...request, method: method === 'sort' ? 'quantile' : method });
        expect(answer).toEqual({ output: { parameters: [...theta], thresholds: [...taus] } });
        kernels.memory.release(mark);
      }),
      { numRuns: runs(150) },
    );
  });
});
