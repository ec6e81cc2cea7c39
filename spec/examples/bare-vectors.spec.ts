import { expect, test } from 'vitest';
import { seed, subset, tuned } from './bare-vectors.ts';

test('twenty lines tune the two parameters that the data ask for, and no other', () => {
  expect(subset.size).toBe(4);
  expect([...subset.indices]).toEqual([1, 2]);
  expect(subset.values[0]).toBeCloseTo(-1.5, 5);
  expect(subset.values[1]).toBeCloseTo(2.5, 5);
  expect(tuned).toEqual(Float32Array.of(seed[0], subset.values[0], subset.values[1], seed[3]));
});
