import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPONENT_DISTANCES, computeDistance, computeDistances } from '../../src/dst/distance.ts';
import { DISTANCES } from '../../src/dst/notation.ts';
import { runs } from '../runs.ts';
import { f32, kernels } from './toys.ts';

const MAX = 2 ** 128 - 2 ** 104;
const DENORMAL = 2 ** -149;

describe('Table 1', () => {
  const { absolute, relative, 'inverse-relative': inverseRelative } = COMPONENT_DISTANCES;

  test.each([
    [1.5, 1, -4, 0.5, 0.125, 2],
    [-1, 1, 0.5, 2, 4, 1],
    [3, 3, 2, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [2, 0, 0, 2, Infinity, 0],
    [-0, 0, 0, 0, 0, 0],
    [DENORMAL, 0, 0, DENORMAL, Infinity, 0],
  ])('θ̂ = %d, θ = %d, θ⁰ = %d', (thetaHat, theta, theta0, a, r, i) => {
    expect(absolute(thetaHat, theta, theta0)).toBe(a);
    expect(relative(thetaHat, theta, theta0)).toBe(r);
    expect(inverseRelative(thetaHat, theta, theta0)).toBe(i);
  });

  test('is float32 arithmetic: the difference is rounded, and so is the product or quotient', () => {
    expect(absolute(1, -(2 ** -24), 1)).toBe(1);
    expect(absolute(1, -(2 ** -23), 1)).toBe(1 + 2 ** -23);
    expect(relative(1 + 2 ** -23, -(2 ** -24), 3)).toBe(Math.fround(Math.fround(1 + 2 ** -23 + 2 ** -24) / 3));
    expect(inverseRelative(4, 1, Math.fround(0.1))).toBe(Math.fround(3 * Math.fround(0.1)));
    expect(inverseRelative(1, -(2 ** -24), 0.7)).toBe(Math.fround(0.7));
  });

  test('distinct distances collapse to 0 where the product underflows, and tie at +∞ where it overflows', () => {
    expect(inverseRelative(DENORMAL, 0, 0.5)).toBe(0);
    expect(inverseRelative(DENORMAL * 2, 0, 0.5)).toBe(DENORMAL);
    expect(inverseRelative(MAX, 0, 2)).toBe(Infinity);
    expect(absolute(MAX, -MAX, 1)).toBe(Infinity);
    expect(relative(MAX, 0, DENORMAL)).toBe(Infinity);
  });
});

test('the kernel computes Table 1 bit for bit', () => {
  const float = fc.float({ noNaN: true, noDefaultInfinity: true });
  const pairs = fc.array(fc.tuple(float, float), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(pairs, fc.constantFrom(...DISTANCES), (values, kind) => {
      const candidate = Float32Array.from(values, ([thetaHat]) => thetaHat);
      const seed = Float32Array.from(values, ([, theta0]) => theta0);
      const distances = new Float32Array(values.length);
      computeDistances(distances, candidate, seed, kind, kernels);
      const d = COMPONENT_DISTANCES[kind];
      expect(distances).toEqual(Float32Array.from(values, ([thetaHat, theta0]) => d(thetaHat, theta0, theta0)));
    }),
    { numRuns: runs(200) },
  );
});

test('D is the sum of its components, in float64', () => {
  const [candidate, parameters, seed] = [f32(1, 2, 3), f32(1, 0, 5), f32(9, -1, 4)];
  expect(computeDistance(candidate, parameters, seed, 'absolute')).toBe(4);
  expect(computeDistance(candidate, parameters, seed, 'relative')).toBe(2.5);
  expect(computeDistance(candidate, parameters, seed, 'inverse-relative')).toBe(10);
  expect(computeDistance(f32(2 ** 24, 1), f32(0, 0), f32(1, 1), 'absolute')).toBe(2 ** 24 + 1);
  expect(computeDistance(f32(), f32(), f32(), 'absolute')).toBe(0);
});
