import { describe, expect, test } from 'vitest';
import type { Silo } from '../../../src/dst/notation.ts';
import { checkPartition, consecutiveSilos, partition } from '../../../src/dst/silos.ts';
import { refusal, tensor, unchecked } from './toys.ts';
import type { Parameter } from '../../../src/tensor/parameter.ts';

/** A small decoder: 4 + 2·(3 + 2) + 1 parameters. */
const decoder: Parameter[] = [
  tensor('embedding', null, [2, 2], 0),
  tensor('query', 0, [3], 4),
  tensor('key', 0, [2], 7),
  tensor('query', 1, [3], 9),
  tensor('key', 1, [2], 12),
  tensor('norm', null, [1], 14),
];
const named = (silos: Silo[]): Record<string, number[][]> =>
  Object.fromEntries(silos.map(({ name, ranges }) => [name, ranges.map(({ offset, length }) => [offset, length])]));

describe('partition', () => {
  test('none: all in one silo, in one range', () => {
    expect(partition(decoder, 'none')).toEqual([
      {
        name: 'all',
        module: null,
        layer: null,
        members: decoder.map(({ name }) => name),
        ranges: [{ offset: 0, length: 15 }],
        size: 15,
      },
    ]);
  });

  test('per module: all layers of a module together, in the order of the list', () => {
    const silos = partition(decoder, 'per-module');
    expect(named(silos)).toEqual({
      embedding: [[0, 4]],
      'layers/query': [
        [4, 3],
        [9, 3],
      ],
      'layers/key': [
        [7, 2],
        [12, 2],
      ],
      norm: [[14, 1]],
    });
    expect(silos.map(({ name }) => name)).toEqual(['embedding', 'layers/query', 'layers/key', 'norm']);
    expect(silos.map(({ size }) => size)).toEqual([4, 6, 4, 1]);
    expect(silos[1]).toMatchObject({
      module: 'layers/query',
      layer: null,
      members: ['layers/0/query', 'layers/1/query'],
    });
  });

  test('per module and layer: one silo for each tensor', () => {
    const silos = partition(decoder, 'per-module-and-layer');
    expect(named(silos)).toEqual({
      embedding: [[0, 4]],
      'layers/query@0': [[4, 3]],
      'layers/key@0': [[7, 2]],
      'layers/query@1': [[9, 3]],
      'layers/key@1': [[12, 2]],
      norm: [[14, 1]],
    });
    expect(silos[3]).toMatchObject({ module: 'layers/query', layer: 1, members: ['layers/1/query'] });
    expect(silos[0]).toMatchObject({ module: 'embedding', layer: null });
  });

  test('a coarser grouping joins modules, and neighbours become one range', () => {
    const group = (module: string): string => (module.startsWith('layers/') ? 'attention' : module);
    expect(named(partition(decoder, 'per-module', { group }))).toEqual({
      embedding: [[0, 4]],
      attention: [[4, 10]],
      norm: [[14, 1]],
    });
    expect(named(partition(decoder, 'per-module-and-layer', { group }))).toEqual({
      embedding: [[0, 4]],
      'attention@0': [[4, 5]],
      'attention@1': [[9, 5]],
      norm: [[14, 1]],
    });
  });

  test('tensors may be listed in any order; inside a silo the order is that of θ', () => {
    const [silo] = partition([...decoder].reverse(), 'none');
    expect(silo.ranges).toEqual([{ offset: 0, length: 15 }]);
    expect(partition([decoder[3], ...decoder.slice(0, 3), ...decoder.slice(4)], 'per-module')[0].ranges).toEqual([
      { offset: 4, length: 3 },
      { offset: 9, length: 3 },
    ]);
  });

  test('tied weights are counted once, under the module that is listed first', () => {
    const tied = [...decoder, tensor('unembedding', null, [2, 2], 0)];
    expect(named(partition(tied, 'per-module'))).toEqual(named(partition(decoder, 'per-module')));
    expect(partition(tied, 'none')[0].size).toBe(15);
  });

  test('a silo of a stacked tensor is a slice of it: along the first axis one range, along another several', () => {
    const stacked = { ...tensor('query', null, [3, 2, 2], 5), stackedAxis: 0 };
    const first = tensor('embedding', null, [5], 0);
    expect(named(partition([first, stacked], 'per-module-and-layer'))).toEqual({
      embedding: [[0, 5]],
      'query@0': [[5, 4]],
      'query@1': [[9, 4]],
      'query@2': [[13, 4]],
    });
    expect(named(partition([first, { ...stacked, stackedAxis: 1 }], 'per-module-and-layer'))).toEqual({
      embedding: [[0, 5]],
      'query@0': [
        [5, 2],
        [9, 2],
        [13, 2],
      ],
      'query@1': [
        [7, 2],
        [11, 2],
        [15, 2],
      ],
    });
    expect(named(partition([first, { ...stacked, stackedAxis: 2 }], 'per-module'))).toEqual({
      embedding: [[0, 5]],
      query: [[5, 12]],
    });
    expect(partition([first, stacked], 'per-module-and-layer')[2].members).toEqual(['query']);
    expect(partition([first, stacked], 'per-module')[1].members).toEqual(['query']);
  });

  test('refuses an unknown strategy and proposes the nearest', () => {
    const strategy = unchecked('per-modul');
    expect(refusal(() => partition(decoder, strategy))).toBe(
      'silos: expected one of none, per-module, per-module-and-layer, got "per-modul" (did you mean "per-module"?)',
    );
  });

  test('refuses tensors that leave a gap', () => {
    const gap = [decoder[0], { ...decoder[1], offset: 5 }];
    expect(refusal(() => partition(gap, 'none'))).toBe('silos: expected parameter 4 in one silo, got "none"');
  });
});

test('consecutive silos follow one another', () => {
  expect(consecutiveSilos([2, 3])).toEqual([
    { name: 'silo 0', module: null, layer: null, members: [], ranges: [{ offset: 0, length: 2 }], size: 2 },
    { name: 'silo 1', module: null, layer: null, members: [], ranges: [{ offset: 2, length: 3 }], size: 3 },
  ]);
});

describe('the laws of a partition', () => {
  const silo = (name: string, size: number, ...ranges: [number, number][]): Silo => ({
    name,
    module: null,
    layer: null,
    members: [],
    ranges: ranges.map(([offset, length]) => ({ offset, length })),
    size,
  });

  test('hold for silos in any order, with ranges that interleave', () => {
    expect(() => checkPartition([silo('b', 2, [1, 2]), silo('a', 3, [0, 1], [3, 2])], 5)).not.toThrow();
  });

  test('hold for ranges of one silo that touch', () => {
    expect(() => checkPartition([silo('a', 3, [0, 1], [1, 2])], 3)).not.toThrow();
  });

  test.each<[string, Silo[], number, string]>([
    ['an empty silo', [silo('a', 1, [0, 1]), silo('b', 0)], 1, 'silo "b": expected ranges of one parameter or more, got "an empty one"'],
    ['an empty range', [silo('a', 1, [0, 1], [1, 0])], 1, 'silo "a": expected ranges of one parameter or more, got "an empty one"'],
    ['half a parameter', [silo('a', 0.5, [0, 0.5])], 1, 'silo "a": expected ranges of one parameter or more, got "an empty one"'],
    ['a negative offset', [silo('a', 3, [-1, 3])], 2, 'silo "a": expected whole numbers from 0 as offsets, got -1'],
    ['half an offset', [silo('a', 2, [0, 1], [1.5, 1])], 2, 'silo "a": expected whole numbers from 0 as offsets, got 1.5'],
    ['a wrong size', [silo('a', 3, [0, 1], [1, 1])], 2, 'silo "a": expected the size 2 of its ranges, got 3'],
    ['a descending order', [silo('a', 2, [1, 1], [0, 1])], 2, 'silo "a": expected ranges in ascending order, apart from one another, got "others"'],
    ['a range twice in one silo', [silo('a', 3, [0, 2], [1, 1])], 2, 'silo "a": expected ranges in ascending order, apart from one another, got "others"'],
    ['silos that overlap', [silo('a', 2, [0, 2]), silo('b', 2, [1, 2])], 3, 'silos: expected parameter 1 in one silo, got ""a" and "b""'],
    ['a gap', [silo('a', 1, [0, 1]), silo('b', 1, [2, 1])], 3, 'silos: expected parameter 1 in one silo, got "none"'],
    ['a gap at the start', [silo('b', 1, [1, 1])], 2, 'silos: expected parameter 0 in one silo, got "none"'],
    ['too few', [silo('a', 1, [0, 1])], 2, 'silos: expected 2 parameters in all, got 1'],
    ['too many', [silo('a', 3, [0, 3])], 2, 'silos: expected 2 parameters in all, got 3'],
  ])('%s is refused', (_, silos, size, message) => {
    expect(refusal(() => checkPartition(silos, size))).toBe(message);
  });
}); // prettier-ignore
