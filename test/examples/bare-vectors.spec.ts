import { expect, test } from 'vitest';
import { seed, subset, target, tuned } from '../../examples/bare-vectors.ts';

test('README’s program tunes the two parameters that the loss asks for, and no other', () => {
  expect(subset.size).toBe(seed.length);
  expect([...subset.indices]).toEqual([1, 2]);
  expect([...subset.values]).toEqual([-1.5, 2.5]);
  expect(tuned).toEqual(target);
});
