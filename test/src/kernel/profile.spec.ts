import { describe, expect, it } from 'vitest';
import { Profile, PROFILE_GROUPS } from '../../../src/kernel/profile.ts';
import { floats, inArena, simd } from './both.ts';

/** A clock that goes on by one unit each time that it is read. */
function ticking(): () => number {
  let time = 0;
  return () => (time += 1);
}

describe('a profile', () => {
  it('charges every moment of a step to exactly one group', () => {
    let time = 0;
    const profile = new Profile(() => time);
    const wait = (ms: number) => (): void => void (time += ms);
    profile.step(() => {
      wait(1)();
      profile.within('DST', () => {
        wait(10)();
        profile.within('optimizer', wait(100));
        wait(1000)();
      });
    });
    profile.step(wait(2));
    const { steps, milliseconds, rows } = profile.table();
    expect([steps, milliseconds]).toEqual([2, 1113 / 2]);
    const ms = Object.fromEntries(rows.map((row) => [row.group, row.milliseconds]));
    expect(ms).toEqual({ matmul: 0, attention: 0, elementwise: 0, optimizer: 50, DST: 505, other: 1.5 });
    expect(rows.map(({ group }) => group)).toEqual(PROFILE_GROUPS);
    expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('charges kernels to their group, products in batches to attention, and within a group all of them to it', () => {
    inArena(() => {
      const profile = new Profile(ticking());
      const timed = profile.kernels(simd);
      const [out, a] = [floats([0]), floats([3])];
      const once = { count: 1, strideOut: 1, strideA: 1, strideB: 1 };
      const of = (body: () => void): string[] => {
        const fresh = profile.table().rows.map(({ milliseconds }) => milliseconds * profile.table().steps);
        profile.step(body);
        const after = profile.table().rows.map(({ milliseconds }) => milliseconds * profile.table().steps);
        return PROFILE_GROUPS.filter((group, i) => group !== 'other' && after[i] > fresh[i] + 0.5);
      };
      expect(of(() => timed.matmul(out, a, a, { m: 1, n: 1, k: 1 }))).toEqual(['matmul']);
      expect(out[0]).toBe(9);
      expect(of(() => timed.matmul(out, a, a, { m: 1, n: 1, k: 1, batches: [once] }))).toEqual(['attention']);
      expect(of(() => timed.add(out, a, a))).toEqual(['elementwise']);
      expect(of(() => profile.within('optimizer', () => timed.add(out, a, a)))).toEqual(['optimizer']);
    });
  });

  it('times nothing outside a step, and goes on after a step that failed', () => {
    inArena(() => {
      const profile = new Profile(ticking());
      const timed = profile.kernels(simd);
      const x = floats([1, 2]);
      timed.add(x, x, x);
      profile.within('DST', () => timed.add(x, x, x));
      expect(profile.table()).toMatchObject({ steps: 0, milliseconds: 0 });
      const fail = (): void => {
        throw new Error('a step that fails');
      };
      expect(() => {
        profile.step(() => {
          profile.within('DST', fail);
        });
      }).toThrow('a step that fails');
      timed.add(x, x, x);
      expect(profile.table()).toMatchObject({ steps: 1, milliseconds: 3 });
    });
  });
});
