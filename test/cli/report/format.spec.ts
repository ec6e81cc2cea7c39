import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  formatMetric,
  inUnits,
  percent,
  seconds,
  shortPercent,
  significant,
} from '../../../cli/report/format.ts';
import { heatStep } from '../../../cli/report/heat.ts';
import { spread, thinByMean } from '../../../cli/report/thin.ts';
import { groupOf } from '../../../cli/report/thresholds.ts';
import { runs } from '../../run/runs.ts';

/** Narrow no-break spaces as plain ones, to be read here. */
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('numbers as text', () => {
  it.each([
    [percent(0.6234), '62.3 %'],
    [percent(1, 0), '100 %'],
    [percent(NaN), 'NaN'],
    [formatMetric(0.6414, 'share'), '64.1 %'],
    [formatMetric(15.94, 'points'), '15.9'],
    [formatMetric(NaN, 'points'), 'NaN'],
    [shortPercent(0.001), '0.1 %'],
    [shortPercent(1e-7), '1e-5 %'],
    [shortPercent(Infinity), 'Infinity'],
    [significant(0), '0'],
    [significant(1234.5), '1230'],
    [significant(1.2345e-7), '1.23e-7'],
    [significant(-2e6), '-2e6'],
    [count(1048576), '1,048,576'],
    [count(999), '999'],
    [bytes(512), '512 B'],
    [bytes(5325), '5.3 kB'],
    [bytes(4 * 1024 * 1024), '4.19 MB'],
    [seconds(42.07), '42.1 s'],
    [seconds(125), '2 min 05 s'],
  ])('%s', (got, expected) => {
    expect(plain(got)).toBe(expected);
  });
});

describe('the metric', () => {
  it('is the same number on an axis as in words', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('share' as const, 'points' as const),
        (x, scale) => {
          const value = scale === 'share' ? x : 100 * x;
          expect(inUnits(value, scale)).toBe(100 * x);
          expect(Number.parseFloat(formatMetric(value, scale))).toBe(Number((100 * x).toFixed(1)));
        },
      ),
      { numRuns: runs(100) },
    );
  });

  it('parts number and unit as the place wants it', () => {
    expect(formatMetric(0.5, 'share')).toBe('50.0\u202f%');
    expect(formatMetric(0.5, 'share', ' ')).toBe('50.0 %');
  });
});

describe('thinning', () => {
  const curve = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 400 });

  it('keeps the last step, at most the limit, and stays within the values', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 2, max: 50 }), (values, limit) => {
        const points = values.map((value, step) => ({ step, value }));
        const thin = thinByMean(points, limit);
        expect(thin.length).toBeLessThanOrEqual(Math.max(limit, 1));
        expect(thin[thin.length - 1].step).toBe(values.length - 1);
        // A mean of at most 400 numbers below 1e3 rounds by less than 400 · 1e3 · 2^-52.
        const slack = 1e-9;
        for (const { value } of thin) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) - slack);
          expect(value).toBeLessThanOrEqual(Math.max(...values) + slack);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it('spreads evenly with both ends', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
    expect(spread([1, 2], 3)).toEqual([1, 2]);
  });
});

describe('heat and groups', () => {
  it('gives the lowest step to nothing alone', () => {
    expect([0, NaN, 1e-9, 0.5, 1].map(heatStep)).toEqual([0, 0, 1, 3, 6]);
  });

  it('names the kind of module a silo belongs to', () => {
    expect(
      ['layers/2/attention/query', 'layers/attention/key@3', 'decoder', 'layers/attention/key', 'layers'].map(groupOf),
    ).toEqual(['attention', 'attention', 'decoder', 'attention', 'layers']);
  });
});
