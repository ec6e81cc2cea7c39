import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileCount } from '../../../src/dst/budget.ts';
import { listKept } from '../../../src/dst/project.ts';
import { computeQuantile, selectThreshold, sortThreshold } from '../../../src/dst/threshold.ts';
import { runs } from '../../run/runs.ts';
import { f32, kernels } from './toys.ts';

const MAX = 2 ** 128 - 2 ** 104;
const DENORMAL = 2 ** -149;

describe('sort, the literal Eq. 6', () => {
  test.each([
    ['interpolates', f32(3, 1, 2), 0.25, 2.5],
    ['hits a value where the position is whole', f32(5, 4, 3, 2, 1), 0.5, 3],
    ['a quarter of the way', f32(1, 2), 0.75, 1.25],
    ['a silo of one is its own quantile', f32(7), 0.5, 7],
    ['all tied', f32(2, 2, 2), 0.5, 2],
    ['sorts numbers, not words', f32(9, 10, 100), 0.5, 10],
    ['ε = 1, read literally: the smallest', f32(3, 1, 2), 1, 1],
    ['zeros', f32(0, 0, 0, 8), 0.5, 0],
    [
      'denormals: the interpolated value rounds up to the one above, and steps back below it',
      f32(0, DENORMAL),
      0.25,
      0,
    ],
    ['denormals, rounding down', f32(0, DENORMAL * 2), 0.75, 0],
    ['neighbours', f32(1, 1 + 2 ** -23), 0.25, 1],
    ['a value below the higher one is not moved', f32(1, 1 + 2 ** -22), 0.5, 1 + 2 ** -23],
    ['one infinity stays above the largest number', f32(1, Infinity), 0.5, MAX],
    ['tied infinities', f32(1, Infinity, Infinity, Infinity), 0.5, Infinity],
    ['a whole position below an infinity', f32(1, 2, Infinity), 0.5, 2],
    ['a whole position at an infinity', f32(1, Infinity, Infinity), 0.5, Infinity],
  ])('%s', (_, distances, epsilon, expected) => {
    expect(computeQuantile(distances, epsilon)).toBe(expected);
  });

  test('leaves its argument as it is', () => {
    const distances = f32(3, 1, 2);
    computeQuantile(distances, 0.5);
    expect(distances).toEqual(f32(3, 1, 2));
  });

  test('is a float32 value', () => {
    const tau = computeQuantile(f32(0.1, 0.7, 0.2), 0.3);
    expect(tau).toBe(Math.fround(tau));
    expect(tau).toBe(Math.fround(Math.fround(0.2) + (Math.fround(0.7) - Math.fround(0.2)) * 0.4));
  });

  test('a rank of −1 drops nothing but zeros', () => {
    expect(sortThreshold(f32(3, 1), { rank: -1, weight: 0 })).toBe(0);
    expect(sortThreshold(f32(3, 1), { rank: 0, weight: 0 })).toBe(1);
  });
});

describe('select, the exact order statistic', () => {
  test.each([
    ['distinct distances', f32(5, 1, 4, 2, 3), 2, 3, 0],
    ['none', f32(5, 1, 4), 0, 5, 0],
    ['all', f32(5, 1, 4), 3, 0, 0],
    ['all of a silo of one', f32(5), 1, 0, 0],
    ['none of a silo of one', f32(5), 0, 5, 0],
    ['a tie at the threshold leaves room for one', f32(2, 3, 2, 2), 2, 2, 1],
    ['all tied', f32(2, 2, 2, 2), 3, 2, 3],
    ['tied below the threshold', f32(1, 1, 3, 4), 2, 1, 0],
    ['zeros are never kept', f32(0, 0, 3, 0), 2, 0, 0],
    ['all zero', f32(0, 0), 1, 0, 0],
    ['tied infinities', f32(Infinity, 1, Infinity), 1, Infinity, 1],
    ['denormals', f32(DENORMAL, 0, DENORMAL), 1, DENORMAL, 1],
  ])('%s', (_, distances, keep, threshold, ties) => {
    expect(selectThreshold(distances, keep, kernels)).toEqual({ threshold, ties });
  });

  test('the largest distance that is dropped', () => {
    expect(selectThreshold(f32(5, 1, 4, 2), 1, kernels).threshold).toBe(4);
    expect(selectThreshold(f32(5, 1, 4, 2), 3, kernels).threshold).toBe(1);
    expect(selectThreshold(f32(5, 1, 4, 2), 4, kernels).threshold).toBe(0);
    expect(selectThreshold(f32(5, 1, 4, 2), 9, kernels).threshold).toBe(0);
  });
});

test('sort and select keep the same set where distances are distinct, and ⌈ε (m − 1)⌉ of them', () => {
  const float = fc.float({ min: 0, noNaN: true, minExcluded: true });
  const distinct = fc.uniqueArray(float, { minLength: 1, maxLength: 40 });
  const close = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 }).map((steps) => steps.map((ulps) => 1 + ulps * 2 ** -23)); // prettier-ignore
  const epsilons = fc.oneof(fc.integer({ min: 1, max: 999 }).map((p) => p / 1000), fc.double({ min: 1e-9, max: 0.999, noNaN: true })); // prettier-ignore
  fc.assert(
    fc.property(fc.oneof(distinct, close), epsilons, (values, epsilon) => {
      const distances = Float32Array.from(values);
      const keep = quantileCount(distances.length, epsilon);
      const sorted = listKept(distances, { threshold: computeQuantile(distances, epsilon), ties: 0 });
      expect(sorted).toHaveLength(keep);
      expect(listKept(distances, selectThreshold(distances, keep, kernels))).toEqual(sorted);
    }),
    { numRuns: runs(500) },
  );
});

test('select is the same whatever bound of the distances above 0 it is told', () => {
  const few = fc.array(fc.constantFrom(0, 0, 2 ** -149, 1, 2, Infinity), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(few, fc.nat(13), fc.nat(3), (values, keep, excess) => {
      const distances = Float32Array.from(values);
      const moved = distances.filter((x) => x > 0).length + excess;
      expect(selectThreshold(distances, keep, kernels, 0, moved)).toEqual(selectThreshold(distances, keep, kernels));
    }),
    { numRuns: runs(500) },
  );
});

test('select keeps exactly min(k, number above 0), of tied ones the first', () => {
  const few = fc.array(fc.constantFrom(0, 2 ** -149, 1, 2, Infinity), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(few, fc.nat(12), (values, k) => {
      const distances = Float32Array.from(values);
      const keep = Math.min(k, distances.length);
      const best = [...distances.keys()].filter((i) => distances[i] > 0);
      best.sort((a, b) => (distances[a] === distances[b] ? a - b : distances[a] > distances[b] ? -1 : 1));
      const wanted = best.slice(0, keep).sort((a, b) => a - b);
      expect(listKept(distances, selectThreshold(distances, keep, kernels))).toEqual(Uint32Array.from(wanted));
    }),
    { numRuns: runs(500) },
  );
});
