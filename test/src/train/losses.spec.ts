import { describe, expect, it } from 'vitest';
import { findLossWarnings } from '../../../src/train/losses.ts';

/** So many losses: the first ones, the last ones, and 5 between them. */
function losses(count: number, first: readonly number[], last: readonly number[]): readonly number[] {
  return [...first, ...Array<number>(count - first.length - last.length).fill(5), ...last];
}

describe('a warning of the loss', () => {
  it('compares the means of the first and the last twentieth of the steps', () => {
    expect(findLossWarnings(losses(40, [3, 3.2], [8.42, 6]), 0.8)).toEqual([
      'the loss ended at 7.21, above 3.10 where it began: a learning rate of 0.8 may be too high',
    ]);
    // The third loss from either end is of no twentieth of 59 steps, and of one of 60.
    expect(findLossWarnings(losses(59, [4, 4, 9], [4, 4, 9]), 1)).toHaveLength(1);
    expect(findLossWarnings(losses(60, [4, 4, 9], [4, 4, 9]), 1)).toEqual([]);
  });

  it('is none where the loss fell or stayed, whatever lay between', () => {
    expect(findLossWarnings(losses(20, [4], [3.9]), 1)).toEqual([]);
    expect(findLossWarnings(losses(20, [4], [4]), 1)).toEqual([]);
  });

  it('is none of fewer than 20 steps, which are too few to tell', () => {
    expect(findLossWarnings(losses(19, [1], [9]), 1)).toEqual([]);
    expect(findLossWarnings(losses(20, [1], [9]), 1)).toHaveLength(1);
    expect(findLossWarnings([], 1)).toEqual([]);
  });
});
