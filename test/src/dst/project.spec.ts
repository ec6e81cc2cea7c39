import { describe, expect, test } from 'vitest';
import { createLayout } from '../../../src/dst/memory.ts';
import type { Silo } from '../../../src/dst/notation.ts';
import { createProjection } from '../../../src/dst/problem.ts';
import { keepSelected, listKept } from '../../../src/dst/project.ts';
import { f32, kernels } from './toys.ts';

describe('Eq. 7', () => {
  const silo = (name: string, ...ranges: [number, number][]): Silo => ({
    name,
    module: null,
    layer: null,
    members: [],
    ranges: ranges.map(([offset, length]) => ({ offset, length })),
    size: ranges.reduce((sum, [, length]) => sum + length, 0),
  });

  /** θ after a selection from given distances, in a silo of two ranges around another one. */
  function keep(distances: Float32Array, threshold: number, ties: number): number[] {
    const seed = f32(1, 2, 3, 4, 5, 6);
    const silos = [silo('outer', [0, 2], [4, 2]), silo('inner', [2, 2])];
    const layout = createLayout(createProjection({ seed, epsilon: 0.5, silos }));
    layout.candidate.set([10, 20, 30, 40, 50, 60]);
    layout.theta.fill(-1);
    const [outer] = layout.silos;
    outer.distances.set(distances);
    keepSelected(outer, { threshold, ties }, kernels);
    return [...layout.theta];
  }

  test('keeps what exceeds the threshold, returns the rest to the seed, and leaves other silos alone', () => {
    expect(keep(f32(0, 3, 2, 1), 1, 0)).toEqual([1, 20, -1, -1, 50, 6]);
    expect(keep(f32(0, 3, 2, 1), 3, 0)).toEqual([1, 2, -1, -1, 5, 6]);
    expect(keep(f32(0, 3, 2, 1), -Infinity, 0)).toEqual([10, 20, -1, -1, 50, 60]);
  });

  test('keeps the first ties, across ranges', () => {
    expect(keep(f32(2, 3, 2, 2), 2, 0)).toEqual([1, 20, -1, -1, 5, 6]);
    expect(keep(f32(2, 3, 2, 2), 2, 1)).toEqual([10, 20, -1, -1, 5, 6]);
    expect(keep(f32(2, 3, 2, 2), 2, 2)).toEqual([10, 20, -1, -1, 50, 6]);
    expect(keep(f32(2, 3, 2, 2), 2, 3)).toEqual([10, 20, -1, -1, 50, 60]);
    expect(keep(f32(1, 2, 2, 2), 2, 1)).toEqual([1, 20, -1, -1, 5, 6]);
    expect(keep(f32(2, 2, 1, 1), 2, 2)).toEqual([10, 20, -1, -1, 5, 6]);
    expect(keep(f32(Infinity, 1, 1, Infinity), Infinity, 2)).toEqual([10, 2, -1, -1, 5, 60]);
  });

  test('the positions that are kept', () => {
    expect(listKept(f32(0, 3, 2, 1), { threshold: 1, ties: 0 })).toEqual(Uint32Array.of(1, 2));
    expect(listKept(f32(2, 3, 2, 2), { threshold: 2, ties: 0 })).toEqual(Uint32Array.of(1));
    expect(listKept(f32(2, 3, 2, 2), { threshold: 2, ties: 1 })).toEqual(Uint32Array.of(0, 1));
    expect(listKept(f32(2, 3, 2, 2), { threshold: 2, ties: 2 })).toEqual(Uint32Array.of(0, 1, 2));
    expect(listKept(f32(0, 1), { threshold: -Infinity, ties: 0 })).toEqual(Uint32Array.of(0, 1));
    expect(listKept(f32(), { threshold: 0, ties: 0 })).toEqual(Uint32Array.of());
  });
});
