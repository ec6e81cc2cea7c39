import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Contestant } from '../../bench/contestant.ts';
import type { Row } from '../../bench/result.ts';
import { interleave, interleaveAcross } from '../../bench/rounds.ts';
import { computeSpeedup, computeSpread } from '../../bench/spread.ts';
import { Internal, Unavailable } from '../../src/errors.ts';

const times = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 9 });
const row = (peer: string, rounds: readonly number[]): Row => ({ case: 'c', peer, threads: 1, rounds });
const effort = { rounds: 3, round: { milliseconds: 1, least: 1 } };

describe('interleaved rounds', () => {
  it('lets one work at a time, warms up first, and turns the order round', async () => {
    const log: string[] = [];
    const named = (peer: string): Contestant => ({ peer, threads: 1, round: () => Promise.resolve(log.push(peer)) });
    const { rows, absent } = await interleave([named('a'), named('b')], effort, { case: 'c' });
    expect(log.join('')).toBe('ab' + 'ab' + 'ba' + 'ab');
    expect(rows.map(({ peer, rounds }) => ({ peer, rounds }))).toEqual([
      { peer: 'a', rounds: [3, 6, 7] },
      { peer: 'b', rounds: [4, 5, 8] },
    ]);
    expect(absent).toEqual([]);
  });

  it('goes on without a peer that fails, and says why', async () => {
    const well: Contestant = { peer: 'a', threads: 1, round: () => Promise.resolve(1) };
    let left = 2;
    const ill: Contestant = {
      peer: 'b',
      threads: 2,
      round: () => (left-- > 0 ? Promise.resolve(1) : Promise.reject(new Unavailable('gone'))),
    };
    const { rows, absent } = await interleave([well, ill], effort, { case: 'c' });
    expect(rows).toEqual([row('a', [1, 1, 1])]);
    expect(absent).toEqual([{ peer: 'b', threads: 2, case: 'c', why: 'gone' }]);
  });

  it('goes across cases too, and each row says its own', async () => {
    const log: string[] = [];
    const placed = [1, 2].map((x) => ({
      about: { case: `size ${x}`, x },
      contestant: { peer: 'ours', threads: 1, round: () => Promise.resolve(log.push(String(x))) },
    }));
    const { rows } = await interleaveAcross(placed, { ...effort, rounds: 2 });
    expect(log.join('')).toBe('12' + '12' + '21');
    expect(rows).toEqual([
      { case: 'size 1', x: 1, peer: 'ours', threads: 1, rounds: [3, 6] },
      { case: 'size 2', x: 2, peer: 'ours', threads: 1, rounds: [4, 5] },
    ]);
  });

  it('does not take a defect for an absence', async () => {
    const broken: Contestant = { peer: 'a', threads: 1, round: () => Promise.reject(new Internal('oh')) };
    await expect(interleave([broken], effort, { case: 'c' })).rejects.toThrow('oh');
  });
});

describe('spreads and ratios', () => {
  test.prop([times])('have the median between the least and the greatest, whatever the order', (values) => {
    const { low, median, high } = computeSpread(values);
    expect(low).toBe(Math.min(...values));
    expect(high).toBe(Math.max(...values));
    const below = values.filter((value) => value <= median).length;
    const above = values.filter((value) => value >= median).length;
    expect(Math.min(below, above)).toBeGreaterThanOrEqual(values.length / 2);
    expect(computeSpread([...values].reverse())).toEqual({ low, median, high });
  });

  it('pairs rounds: what slows both slows no ratio', () => {
    const disturbance = [1, 7, 1, 3];
    const ours = row(
      'ours',
      disturbance.map((d) => 2 * d),
    );
    const peer = row(
      'peer',
      disturbance.map((d) => 3 * d),
    );
    expect(computeSpeedup(ours, peer)).toEqual({ low: 1.5, median: 1.5, high: 1.5 });
  });

  it('refuses rounds without partners', () => {
    expect(() => computeSpeedup(row('ours', [1, 2]), row('peer', [1]))).toThrow('peer: rounds: expected 2');
  });
});
