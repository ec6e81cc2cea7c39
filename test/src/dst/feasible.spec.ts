import { describe, expect, test } from 'vitest';
import { countChanged, isFeasible, isFeasibleInEverySilo, measure } from '../../../src/dst/feasible.ts';
import { consecutiveSilos, partition } from '../../../src/dst/silos.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { f32, kernels, refusal, tensor } from './toys.ts';

const seed = f32(0, 1, 2, 3, 4, 5);

test('what differs from the seed is counted by bits', () => {
  expect(countChanged(seed, f32(0, 1, 2, 3, 4, 5))).toBe(0);
  expect(countChanged(seed, f32(-0, 1, 2, 3, 4, 6))).toBe(2);
  expect(countChanged(f32(1), f32(1 + 2 ** -25), kernels)).toBe(0);
});

test('vectors that cannot be compared are refused', () => {
  const simd = createKernels('simd');
  const inMemory = simd.memory.copyOf(seed);
  const where = 'expected a view of the memory of the simd kernels, got "a plain array"';
  expect(refusal(() => countChanged(seed, f32(1)))).toBe('theta: expected 6 values, got 1');
  expect(refusal(() => countChanged(seed, inMemory, simd))).toBe(`seed: ${where}`);
  expect(refusal(() => countChanged(inMemory, seed, simd))).toBe(`theta: ${where}`);
  expect(countChanged(inMemory, inMemory, simd)).toBe(0);
  const longer = f32(0, 1, 2, 3, 4, 5, 6);
  expect(refusal(() => measure(consecutiveSilos([6]), seed, longer))).toBe('theta: expected 6 values, got 7');
});

describe('feasible', () => {
  const silos = consecutiveSilos([2, 4]);

  test('in all (Eq. 1): exactly εn', () => {
    const two = f32(9, 9, 2, 3, 4, 5);
    expect(isFeasible(seed, two, 0.5)).toBe(false);
    expect(isFeasible(seed, f32(9, 9, 9, 3, 4, 5), 0.5)).toBe(true);
    expect(isFeasible(seed, f32(9, 9, 9, 9, 4, 5), 0.5, kernels)).toBe(false);
    expect(isFeasible(seed, two, 0.3333333333333333)).toBe(false);
    expect(
      isFeasible(
        new Float32Array(100),
        Float32Array.from({ length: 100 }, (_, i) => (i < 7 ? 1 : 0)),
        0.07,
      ),
    ).toBe(true);
  });

  test('in every silo (Eq. 2)', () => {
    expect(isFeasibleInEverySilo(seed, f32(9, 1, 9, 9, 4, 5), silos, 0.5)).toBe(true);
    expect(isFeasibleInEverySilo(seed, f32(0, 1, 9, 9, 9, 5), silos, 0.5)).toBe(false);
    expect(isFeasibleInEverySilo(seed, f32(9, 1, 9, 3, 4, 5), silos, 0.5, kernels)).toBe(false);
  });
});

test('the realised fraction, in every silo and in all', () => {
  expect(measure(consecutiveSilos([2, 4]), seed, f32(9, 1, 2, 9, 9, 9))).toEqual({
    size: 6,
    changed: 4,
    fraction: 4 / 6,
    silos: [
      { name: 'silo 0', size: 2, changed: 1, fraction: 0.5 },
      { name: 'silo 1', size: 4, changed: 3, fraction: 0.75 },
    ],
  });
  const modules = [tensor('q', 0, [1], 0), tensor('k', 0, [2], 1), tensor('q', 1, [3], 3)];
  expect(measure(partition(modules, 'per-module'), seed, f32(9, 9, 2, 3, 4, 9), kernels).silos).toEqual([
    { name: 'layers/q', size: 4, changed: 2, fraction: 0.5 },
    { name: 'layers/k', size: 2, changed: 1, fraction: 0.5 },
  ]);
});
