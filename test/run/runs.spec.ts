/**
 * What a deep run tries, and what a part of it.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isDeep, runs, runSeed, seeds } from './runs.ts';

beforeEach(() => {
  for (const name of ['DST_RUNS', 'DST_SEED', 'DST_SEEDS']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a usual run', () => {
  it('takes the usual number of inputs, and one seed', () => {
    expect(isDeep()).toBe(false);
    expect(runs(150)).toBe(150);
    expect(seeds(200)).toEqual([runSeed()]);
    expect(runSeed()).toBe(runSeed());
  });
});

describe('a deep run', () => {
  beforeEach(() => {
    vi.stubEnv('DST_RUNS', '10000');
  });

  it('takes more inputs, fewer of what takes long, and never fewer than usual', () => {
    expect(isDeep()).toBe(true);
    expect([runs(150), runs(12, 100), runs(150, 100)]).toEqual([10_000, 100, 150]);
  });

  it('takes seeds one after the other', () => {
    vi.stubEnv('DST_SEED', '7');
    expect(seeds(3)).toEqual([7, 8, 9]);
  });
});

describe('a part of a deep run', () => {
  it.each([
    ['3..5', [3, 4, 5]],
    ['-1..0', [-1, 0]],
    ['8..8', [8]],
  ])('takes the seeds of DST_SEEDS=%s', (text, wanted) => {
    vi.stubEnv('DST_SEEDS', text);
    expect(isDeep()).toBe(true);
    expect(seeds(200)).toEqual(wanted);
  });

  it('and the next one goes on where it ends: together they are the whole', () => {
    const parts = ['1..3', '4..6'].flatMap((text) => {
      vi.stubEnv('DST_SEEDS', text);
      return seeds(200);
    });
    vi.stubEnv('DST_SEEDS', '1..6');
    expect(seeds(200)).toEqual(parts);
  });

  it.each(['5..3', '1', '1..', 'a..b', '1.5..2'])('refuses DST_SEEDS=%s', (text) => {
    vi.stubEnv('DST_SEEDS', text);
    expect(() => seeds(200)).toThrow(`DST_SEEDS: expected seeds from and to, as in 1..200, got "${text}"`);
  });
});
