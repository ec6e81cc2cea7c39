import { describe, expect, test } from 'vitest';
import { describeElement, wholeVector, withoutAliases } from '../../../src/dst/parameters.ts';
import { refusal, tensor } from './toys.ts';

test('a bare vector is one tensor', () => {
  expect(wholeVector(7)).toEqual({ name: 'parameters', module: 'parameters', layer: null, shape: [7], offset: 0 });
});

describe('tied weights', () => {
  const embedding = tensor('embedding', null, [3, 2], 0);
  const norm = tensor('norm', null, [2], 6);

  test('are one parameter, the first that is listed, whatever their shapes', () => {
    const unembedding = tensor('unembedding', null, [2, 3], 0);
    expect(withoutAliases([embedding, norm, unembedding])).toEqual([embedding, norm]);
    expect(withoutAliases([unembedding, norm, embedding])).toEqual([unembedding, norm]);
  });

  test('neighbours are not tied', () => {
    expect(withoutAliases([norm, embedding])).toEqual([norm, embedding]);
  });

  test.each([
    ['a part at the start', tensor('part', null, [2], 0)],
    ['a part at the end', tensor('part', null, [1], 5)],
    ['more than it', tensor('part', null, [7], 0)],
    ['as many elsewhere', tensor('part', null, [6], 1)],
  ])('%s of another tensor is refused', (_, part) => {
    expect(refusal(() => withoutAliases([embedding, part]))).toBe(
      'parameter "part": expected elements of its own, or all of "embedding", got "a part of them"',
    );
  });
});

describe('refused', () => {
  test('a name twice', () => {
    const twice = [tensor('a', null, [1], 0), tensor('a', null, [1], 1)];
    expect(refusal(() => withoutAliases(twice))).toBe('parameters: expected each name once, got ""a" twice"');
  });

  test.each([
    [[0], '[0]'],
    [[2, -1], '[2, -1]'],
    [[1.5], '[1.5]'],
    [[2, NaN], '[2, NaN]'],
  ])('a shape %j', (shape, shown) => {
    expect(refusal(() => withoutAliases([tensor('a', null, shape, 0)]))).toBe(
      `parameter "a": expected a shape of positive whole numbers, got "${shown}"`,
    );
  });

  test.each([-1, 0.5])('an offset of %d', (offset) => {
    expect(refusal(() => withoutAliases([tensor('a', null, [1], offset)]))).toBe(
      `parameter "a": expected a whole number from 0 as offset, got ${offset}`,
    );
  });

  test('a stacked axis that the shape does not have', () => {
    const stacked = { ...tensor('a', null, [2, 3], 0), stackedAxis: 2 };
    expect(refusal(() => withoutAliases([stacked]))).toBe('parameter "a": expected a stacked axis below 2, got 2');
    expect(withoutAliases([{ ...stacked, stackedAxis: 1 }])).toHaveLength(1);
  });
});

test('an element is named by its tensor and its place in it', () => {
  const parameters = [tensor('query', 0, [2, 2], 0), tensor('query', 1, [3], 4)];
  expect(describeElement(parameters, 0)).toBe('"layers/0/query"[0]');
  expect(describeElement(parameters, 3)).toBe('"layers/0/query"[3]');
  expect(describeElement(parameters, 4)).toBe('"layers/1/query"[0]');
  expect(describeElement(parameters, 6)).toBe('"layers/1/query"[2]');
  expect(describeElement(parameters, 7)).toBe('[7]');
  expect(describeElement([...parameters].reverse(), 3)).toBe('"layers/0/query"[3]');
});
