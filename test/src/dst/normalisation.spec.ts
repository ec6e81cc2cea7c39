import { describe, expect, test } from 'vitest';
import { computeNearest } from '../../../src/dst/nearest.ts';
import { computeScales, normaliseDistances } from '../../../src/dst/normalisation.ts';
import type { Normalisation } from '../../../src/dst/notation.ts';
import { createProjection } from '../../../src/dst/problem.ts';
import { f32, kernels, tensor } from './toys.ts';

const seed = f32(1, -3, 8, 8, -8, 0, 0, 2);
const parameters = [
  tensor('query', 0, [2], 0),
  tensor('key', 0, [3], 2),
  tensor('query', 1, [2], 5),
  tensor('key', 1, [1], 7),
];
const scalesOf = (normalisation: Normalisation | null, silos: 'none' | 'per-module' = 'none'): number[][][] =>
  computeScales(createProjection({ seed, epsilon: 0.5, parameters, silos, normalisation })).map((ranges) =>
    ranges.map(({ offset, length, scale }) => [offset, length, scale]),
  );

describe('the factors of Appendix B', () => {
  test('are 1 without normalisation', () => {
    expect(scalesOf(null)).toEqual([[[0, 8, 1]]]);
  });

  test('by size: 1 / |module|', () => {
    expect(scalesOf({ by: 'size', over: 'per-module' })).toEqual([
      [
        [0, 2, 0.25],
        [2, 3, 0.25],
        [5, 2, 0.25],
        [7, 1, 0.25],
      ],
    ]);
    expect(scalesOf({ by: 'size', over: 'per-module-and-layer' })).toEqual([
      [
        [0, 2, 0.5],
        [2, 3, Math.fround(1 / 3)],
        [5, 2, 0.5],
        [7, 1, 1],
      ],
    ]);
  });

  test('by mean: 1 / mean|θ⁰|', () => {
    expect(scalesOf({ by: 'mean', over: 'per-module' })).toEqual([
      [
        [0, 2, 1],
        [2, 3, Math.fround(1 / 6.5)],
        [5, 2, 1],
        [7, 1, Math.fround(1 / 6.5)],
      ],
    ]);
    expect(scalesOf({ by: 'mean', over: 'per-module-and-layer' })).toEqual([
      [
        [0, 2, 0.5],
        [2, 3, 0.125],
        [5, 2, Infinity],
        [7, 1, 0.5],
      ],
    ]);
  });

  test('with silos, each range has the factor of its group', () => {
    expect(scalesOf({ by: 'size', over: 'per-module-and-layer' }, 'per-module')).toEqual([
      [
        [0, 2, 0.5],
        [5, 2, 0.5],
      ],
      [
        [2, 3, Math.fround(1 / 3)],
        [7, 1, 1],
      ],
    ]);
  });
});

test('distances are multiplied by the factor in float32; by +∞, 0 stays 0 and the rest becomes +∞', () => {
  const normalised = (distances: Float32Array, scale: number): Float32Array => {
    normaliseDistances(distances, scale, kernels);
    return distances;
  };
  expect(normalised(f32(0, 1, 3, Infinity), 0.5)).toEqual(f32(0, 0.5, 1.5, Infinity));
  expect(normalised(f32(0.7), Math.fround(0.1))).toEqual(f32(Math.fround(0.7) * Math.fround(0.1)));
  expect(normalised(f32(0.7, 0), 1)).toEqual(f32(0.7, 0));
  expect(normalised(f32(0, 2 ** -149, 3), Infinity)).toEqual(f32(0, Infinity, Infinity));
});

test('one threshold over all modules then treats them alike', () => {
  const candidate = seed.map((value) => value + 1);
  const options = { seed, epsilon: 0.3, parameters, silos: 'none', distance: 'absolute' } as const;
  const kept = (normalisation: Normalisation | null): number[] => {
    const tuned = computeNearest({ ...options, normalisation }, candidate).theta;
    return [...tuned.keys()].filter((i) => tuned[i] !== seed[i]);
  };
  expect(kept(null)).toEqual([0, 1, 2]);
  expect(kept({ by: 'size', over: 'per-module-and-layer' })).toEqual([0, 1, 7]);
  expect(kept({ by: 'mean', over: 'per-module' })).toEqual([0, 1, 5]);
  expect(kept({ by: 'mean', over: 'per-module-and-layer' })).toEqual([0, 5, 6]);
});
