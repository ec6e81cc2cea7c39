import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { Random, type RandomState } from '../../../src/tensor/random.ts';
import { runs, runSeed } from '../../run/runs.ts';

const draw = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.nextUint32());

describe('Random', () => {
  it('is xoshiro128**: its reference code gives these from the words 1, 2, 3, 4', () => {
    const random = Random.fromState({ key: 0, words: [1, 2, 3, 4] });
    expect(draw(random, 8)).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849]);
  });

  it('gives the same numbers from the same seed, and others from another', () => {
    expect(draw(new Random(7), 20)).toEqual(draw(new Random(7), 20));
    expect(draw(new Random(7), 20)).not.toEqual(draw(new Random(8), 20));
    expect(draw(new Random('7'), 20)).not.toEqual(draw(new Random(7), 20));
  });

  it('goes on from a state that went through JSON', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(50), (seed, drawn) => {
        const random = new Random(seed);
        draw(random, drawn);
        const state = JSON.parse(JSON.stringify(random.state)) as RandomState;
        const resumed = Random.fromState(state);
        expect(draw(resumed, 5)).toEqual(draw(random, 5));
        expect(draw(resumed.split('a'), 5)).toEqual(draw(random.split('a'), 5));
      }),
      { numRuns: runs(50), seed: runSeed() },
    );
  });

  it('splits by the label, whatever was drawn before', () => {
    const random = new Random(3);
    const before = draw(random.split('data'), 5);
    draw(random, 11);
    expect(draw(random.split('data'), 5)).toEqual(before);
    expect(draw(random.split('dropout'), 5)).not.toEqual(before);
    expect(draw(random.split('data').split('data'), 5)).not.toEqual(before);
  });

  it('draws whole numbers below n, each about equally often', () => {
    const [n, draws] = [7, 70_000];
    const counts = new Array<number>(n).fill(0);
    const random = new Random(11);
    for (let i = 0; i < draws; i++) counts[random.integer(n)] += 1;
    const expected = draws / n;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Six degrees of freedom: beyond 22.5 with probability 0.001; the seed is fixed.
    expect(chiSquare).toBeLessThan(22.5);
  });

  it('draws uniform numbers in [0, 1) and normal ones with mean 0, variance 1 and the normal fourth moment', () => {
    const random = new Random(5);
    const count = 100_000;
    const uniform = Array.from({ length: count }, () => random.uniform());
    expect(uniform.every((u) => u >= 0 && u < 1)).toBe(true);
    const normal = Array.from({ length: count }, () => random.normal());
    const moment = (power: number): number => normal.reduce((sum, x) => sum + x ** power, 0) / count;
    // Within four standard errors: √(1, 2, 96 / count).
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
  });

  it('shuffles in place into a permutation', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(40), (seed, length) => {
        const sorted = Array.from({ length }, (_, i) => i);
        const shuffled = new Random(seed).shuffle([...sorted]);
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(sorted);
      }),
      { numRuns: runs(50), seed: runSeed() },
    );
  });

  it('reaches all six orders of three about equally often', () => {
    const counts = new Map<string, number>();
    const random = new Random(2);
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle([1, 2, 3]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(6);
    // Five degrees of freedom: beyond 20.5 with probability 0.001; the seed is fixed.
    expect(chiSquare).toBeLessThan(20.5);
  });

  it('refuses states that it cannot have had, and counts that are none', () => {
    expect(() => Random.fromState({ key: 0, words: [0, 0, 0, 0] })).toThrow(InvalidInput);
    expect(() => Random.fromState({ key: 0.5, words: [1, 0, 0, 0] })).toThrow(InvalidInput);
    expect(() => Random.fromState({ key: 0, words: [1, 0, 0, 2 ** 32] })).toThrow(InvalidInput);
    expect(() => new Random(0).integer(0)).toThrow(InvalidInput);
  });
});
