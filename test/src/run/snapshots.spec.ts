import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap } from '../../../src/dst/overlap.ts';
import { Snapshots } from '../../../src/run/snapshots.ts';
import { runs } from '../../run/runs.ts';

/** A seed and some checkpoints of it; small whole numbers make equal elements frequent. */
const checkpoints = fc.integer({ min: 1, max: 40 }).chain((size) => {
  const vector = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: size, maxLength: size });
  return fc.tuple(vector, fc.array(vector, { minLength: 2, maxLength: 4 }));
});

describe('Snapshots', () => {
  it('tell the overlap that Eq. 9 gives on the parameters themselves, also after a save and a restore', () => {
    fc.assert(
      fc.property(checkpoints, ([seedValues, vectors]) => {
        const seed = Float32Array.from(seedValues);
        const thetas = vectors.map((values) => Float32Array.from(values));
        const taken = new Snapshots(seed.length);
        thetas.forEach((theta, i) => taken.take(i + 1, seed, theta));
        const restored = new Snapshots(seed.length);
        restored.restore(new Map(taken.save()));
        const expected = thetas.map((a) => thetas.map((b) => (a === b ? 1 : overlap(seed, a, b))));
        expect(taken.table()?.share).toEqual(expected);
        expect(restored.table()).toEqual(taken.table());
      }),
      { numRuns: runs(100) },
    );
  });

  it('are spread evenly up to the last step', () => {
    expect([...Snapshots.steps(4, 20)]).toEqual([5, 10, 15, 20]);
    expect([...Snapshots.steps(10, 3)]).toEqual([1, 2, 3]);
  });

  it('have no table where there are fewer than two', () => {
    expect(new Snapshots(3).table()).toBeNull();
  });
});
