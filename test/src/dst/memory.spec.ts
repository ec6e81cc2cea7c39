import { describe, expect, test } from 'vitest';
import { createKernels } from '../../../src/kernel/create.ts';
import { createLayout, indexInParameters } from '../../../src/dst/memory.ts';
import { createProjection } from '../../../src/dst/problem.ts';
import { f32, tensor } from './toys.ts';

const parameters = [
  tensor('query', 0, [2], 0),
  tensor('key', 0, [1], 2),
  tensor('query', 1, [2], 3),
  tensor('key', 1, [1], 5),
];
const seed = f32(1, 2, 3, 4, 5, 6);
const projection = createProjection({ seed, epsilon: 0.5, parameters, silos: 'per-module' });

describe('the layout', () => {
  test('puts the distances of a silo side by side, whatever its ranges', () => {
    const layout = createLayout(projection);
    layout.distances.set([10, 11, 12, 13, 14, 15]);
    layout.candidate.set([20, 21, 22, 23, 24, 25]);
    layout.theta.set([30, 31, 32, 33, 34, 35]);
    const [query, key] = layout.silos;
    expect([query.index, key.index]).toEqual([0, 1]);
    expect(query.silo).toBe(projection.silos[0]);
    expect(query.budget).toBe(projection.budgets[0]);
    expect(query.distances).toEqual(f32(10, 11, 12, 13));
    expect(key.distances).toEqual(f32(14, 15));
    expect(query.distances.buffer).toBe(layout.distances.buffer);
    expect(query.ranges).toEqual([
      {
        offset: 0,
        length: 2,
        scale: 1,
        distances: f32(10, 11),
        candidate: f32(20, 21),
        seed: f32(1, 2),
        theta: f32(30, 31),
        mask: null,
      },
      {
        offset: 3,
        length: 2,
        scale: 1,
        distances: f32(12, 13),
        candidate: f32(23, 24),
        seed: f32(4, 5),
        theta: f32(33, 34),
        mask: null,
      },
    ]);
    expect(key.ranges.map(({ offset, distances }) => [offset, ...distances])).toEqual([
      [2, 14],
      [5, 15],
    ]);
    expect(layout.mask).toBe(null);
  });

  test('finds the parameter at a position of a silo', () => {
    const [query, key] = createLayout(projection).silos;
    expect([0, 1, 2, 3, 4].map((position) => indexInParameters(query, position))).toEqual([0, 1, 3, 4, -1]);
    expect([0, 1].map((position) => indexInParameters(key, position))).toEqual([2, 5]);
  });

  test('lies in the memory of simd kernels, and in plain arrays for scalar ones', () => {
    const simd = createKernels('simd');
    const inMemory = simd.memory.copyOf(seed);
    const layout = createLayout({ ...projection, kernels: simd, seed: inMemory });
    for (const vector of [layout.theta, layout.candidate, layout.distances]) {
      expect(vector.buffer).toBe(simd.memory.wasm.buffer);
      expect(vector).toHaveLength(6);
    }
    const scalar = createKernels('scalar');
    expect(createLayout({ ...projection, kernels: scalar }).theta.buffer).toBeInstanceOf(ArrayBuffer);
    expect(scalar.memory.bytes).toBe(0);
  });
});
