import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { constant, cosineDecay, inverseSquareRoot, linearDecay, linearWarmUp } from '../../../src/optim/schedules.ts';

const at = (schedule: (step: number) => number, steps: readonly number[]): number[] => steps.map(schedule);

describe('schedules, the first step being 1', () => {
  it('constant', () => expect(at(constant(0.3), [1, 2, 1000])).toEqual([0.3, 0.3, 0.3]));

  it('linear warm-up', () => expect(at(linearWarmUp(8, 4), [1, 2, 4, 5, 99])).toEqual([2, 4, 8, 8, 8]));

  it('warm-up over no step at all', () => expect(at(linearWarmUp(8, 0), [1, 2])).toEqual([8, 8]));

  it('inverse square root: a plateau, then half the rate at four times the step', () =>
    expect(at(inverseSquareRoot(8, 10), [1, 10, 40, 160])).toEqual([8, 8, 4, 2]));

  it('linear decay', () => expect(at(linearDecay(8, 2, 10), [1, 2, 6, 10, 11])).toEqual([4, 8, 4, 0, 0]));

  it('cosine decay', () => {
    const values = at(cosineDecay(8, 2, 10), [1, 2, 6, 10, 11]);
    // One cosine and two products in float64.
    [4, 8, 4, 0, 0].forEach((wanted, i) => expect(Math.abs(values[i] - wanted)).toBeLessThan(1e-14));
  });

  it.each([
    ['a negative rate', () => constant(-1)],
    ['a rate that is no number', () => linearWarmUp(NaN, 3)],
    ['part of a step', () => inverseSquareRoot(1, 0.5)],
    ['a decay that ends within its warm-up', () => linearDecay(1, 10, 10)],
    ['an infinite rate', () => cosineDecay(Infinity, 1, 2)],
  ])('refuse %s', (_, make) => expect(make).toThrow(InvalidInput));
});
