import { expect, test } from 'vitest';
import { tune } from './bare-vectors.ts';

test('the 20 lines of README find the two parameters that the data ask for', () => {
  const { size, indices, values } = tune(60);
  expect(size).toBe(8);
  expect([...indices]).toEqual([2, 6]);
  expect(values[0]).toBeCloseTo(2.5, 5);
  expect(values[1]).toBeCloseTo(-1.5, 5);
});
