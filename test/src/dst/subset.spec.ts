import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply, applyInPlace, checkSubset, extract, revert, type Subset } from '../../../src/dst/subset.ts';
import { bitsOf } from '../../../src/kernel/scalar/bits.ts';
import { runs } from '../../run/runs.ts';
import { f32, refusal } from './toys.ts';

const subset = (indices: number[], values: number[], size = 6): Subset => ({
  size,
  indices: Uint32Array.from(indices),
  values: Float32Array.from(values),
  seedFingerprint: null,
});
const seed = f32(0, 1, -0, 2 ** -149, 5, 6);
const tuned = f32(-0, 1, 0, 2 ** -148, 5, -6);

test('extracts what differs, by bits: signs of zero and denormals too', () => {
  const extracted = extract(seed, tuned);
  expect(extracted).toEqual(subset([0, 2, 3, 5], [-0, 0, 2 ** -148, -6]));
  expect(Object.is(extracted.values[0], -0)).toBe(true);
  expect(Object.is(extracted.values[1], 0)).toBe(true);
  expect(extract(seed, seed.slice())).toEqual(subset([], []));
});

test('works on views inside a longer buffer', () => {
  const buffer = f32(7, 7, ...seed, 7).subarray(2, 8);
  expect([...bitsOf(buffer)]).toEqual([...bitsOf(seed)]);
  const extracted = extract(buffer, tuned);
  expect(extracted).toEqual(extract(seed, tuned));
  applyInPlace(buffer, extracted);
  expect([...bitsOf(buffer)]).toEqual([...bitsOf(tuned)]);
  expect(new Float32Array(buffer.buffer)[1]).toBe(7);
  expect(new Float32Array(buffer.buffer)[8]).toBe(7);
});

test('apply and revert are exact to the bit, apply is idempotent, nothing given is changed', () => {
  const float = fc.float({ noNaN: true, noDefaultInfinity: true });
  const vectors = fc.array(fc.tuple(float, fc.option(float, { nil: null })), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(vectors, (pairs) => {
      const theta0 = Float32Array.from(pairs, ([value]) => value);
      const theta = Float32Array.from(pairs, ([value, other]) => other ?? value);
      const [before, after] = [[...bitsOf(theta0)], [...bitsOf(theta)]];
      const extracted = extract(theta0, theta);
      const applied = apply(theta0, extracted);
      expect([...bitsOf(applied)]).toEqual(after);
      expect([...bitsOf(apply(applied, extracted))]).toEqual(after);
      expect([...bitsOf(revert(theta, extracted, theta0))]).toEqual(before);
      expect([...bitsOf(theta0)]).toEqual(before);
      expect([...bitsOf(theta)]).toEqual(after);
      const undo = applyInPlace(applied, { ...extracted, values: extracted.values.map(() => 42) });
      applyInPlace(applied, undo);
      expect([...bitsOf(applied)]).toEqual(after);
    }),
    { numRuns: runs(200) },
  );
});

test('reverting changes what the subset changed, and nothing else', () => {
  expect(revert(f32(9, 8, 7), subset([1], [8], 3), f32(1, 2, 3))).toEqual(f32(9, 2, 7));
});

test('applying in place returns the undo', () => {
  const vector = f32(1, 2, 3);
  const undo = applyInPlace(vector, { ...subset([0, 2], [7, 8], 3), seedFingerprint: 'abc' });
  expect(vector).toEqual(f32(7, 2, 8));
  expect(undo).toEqual({ ...subset([0, 2], [1, 3], 3), seedFingerprint: 'abc' });
});

describe('the fingerprint of the seed', () => {
  const digest = (vector: Float32Array): string => `sum ${vector.reduce((sum, value) => sum + value, 0)}`;

  test('is taken when asked for, and compared when asked for', () => {
    const extracted = extract(f32(1, 2), f32(1, 5), digest);
    expect(extracted).toEqual({ ...subset([1], [5], 2), seedFingerprint: 'sum 3' });
    expect(apply(f32(1, 2), extracted, digest)).toEqual(f32(1, 5));
    expect(apply(f32(8, 8), extracted)).toEqual(f32(8, 5));
    expect(apply(f32(8, 8), { ...extracted, seedFingerprint: null }, digest)).toEqual(f32(8, 5));
    expect(refusal(() => apply(f32(8, 8), extracted, digest))).toBe(
      'seed: expected the one that the subset was made for (sum 3), got "sum 16"',
    );
  });
});

describe('refused, before anything is written', () => {
  test.each<[string, Subset, string]>([
    ['another size', subset([1], [1], 5), 'subset: expected one for 6 parameters, got 5'],
    ['values missing', subset([1, 2], [1]), 'subset.values: expected 2 values, got 1'],
    ['out of range', subset([1, 6], [1, 2]), 'subset.indices[1]: expected an index below 6, got 6'],
    ['an index twice', subset([0, 3, 3], [1, 2, 3]), 'subset.indices[2]: expected an index above 3, got 3'],
    ['descending', subset([3, 1], [1, 2]), 'subset.indices[1]: expected an index above 3, got 1'],
    ['NaN', subset([0, 3], [1, NaN]), 'subset.values[1]: expected a finite number, got NaN'],
    ['infinity', subset([0], [-Infinity]), 'subset.values[0]: expected a finite number, got -Infinity'],
  ])('%s', (_, damaged, message) => {
    const vector = tuned.slice();
    expect(refusal(() => applyInPlace(vector, damaged))).toBe(message);
    expect([...bitsOf(vector)]).toEqual([...bitsOf(tuned)]);
    expect(refusal(() => apply(seed, damaged))).toBe(message);
    expect(refusal(() => revert(tuned, damaged, seed))).toBe(message);
    expect(refusal(() => checkSubset(damaged, 6))).toBe(message);
  });

  test('an empty subset and a whole one are not', () => {
    expect(() => checkSubset(subset([], []), 6)).not.toThrow();
    expect(() => checkSubset(subset([0, 1, 2, 3, 4, 5], [0, 0, 0, 0, 0, 0]), 6)).not.toThrow();
  });

  test('vectors of different lengths, and parameters that are not finite', () => {
    expect(refusal(() => extract(seed, f32(1)))).toBe('extract: theta: expected 6 values, got 1');
    expect(refusal(() => revert(f32(1), subset([], []), seed))).toBe('revert: theta: expected 6 values, got 1');
    expect(refusal(() => extract(f32(1, 2), f32(1, NaN)))).toBe('subset.values[0]: expected a finite number, got NaN');
  });
});
