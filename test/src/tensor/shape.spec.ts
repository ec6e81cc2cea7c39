import { describe, expect, it } from 'vitest';
import { asMatrix, elementCount, requireSameShape } from '../../../src/tensor/shape.ts';

describe('shapes', () => {
  it('count their elements, a scalar one', () => {
    expect([[], [4], [2, 3, 4], [2, 0]].map(elementCount)).toEqual([1, 4, 24, 0]);
  });

  it('are rows of their last dimension', () => {
    expect(asMatrix([2, 3, 4])).toEqual({ rows: 6, columns: 4 });
    expect(asMatrix([])).toEqual({ rows: 1, columns: 1 });
    expect(asMatrix([3, 0])).toEqual({ rows: 0, columns: 0 });
  });

  it('that differ are refused by name', () => {
    expect(() => requireSameShape('add: b', [2, 3], [3, 2])).toThrow('add: b: expected shape [2, 3], got "[3, 2]"');
    expect(() => requireSameShape('add: b', [2], [2, 1])).toThrow();
    expect(() => requireSameShape('add: b', [2, 3], [2, 3])).not.toThrow();
  });
});
