import { describe, expect, it } from 'vitest';
import { checkClaims } from '../../../cli/demo/claims.ts';
import type { Rate } from '../../../cli/rates.ts';
import type { ResultRow } from '../../../cli/report/input.ts';

function row(method: string, epsilon: number | null, metric: number, changed = 0): ResultRow {
  return { method, epsilon, metric, low: metric, high: metric, changed, realisedFraction: 0, bytes: 0, seconds: 0 };
}

function rate(epsilon: number | null, learningRate: number): Rate {
  return { method: epsilon === null ? 'full' : 'dst', epsilon, learningRate, trials: [] };
}

/** Rows on which every claim holds. */
const ROWS = [
  row('full fine-tuning', null, 0.7),
  row('DST', 0.1, 0.69, 100_000),
  row('DST', 0.01, 0.6, 10_000),
  row('DST', 0.001, 0.4, 1000),
  row('random mask', 0.01, 0.5),
];
const RATES = [rate(null, 0.01), rate(0.1, 0.03), rate(0.01, 0.2), rate(0.001, 0.2)];

/** Whether each claim holds, by its anchor. */
function verdicts(rows: readonly ResultRow[], rates: readonly Rate[] = RATES, count = 2000): Record<string, boolean> {
  return Object.fromEntries(
    checkClaims({ rows, count, rates, metricScale: 'share' }).map(({ anchor, holds }) => [anchor, holds]),
  );
}

/** ROWS with another metric for one method. */
function withMetric(method: string, epsilon: number | null, metric: number): ResultRow[] {
  return ROWS.map((old) => (old.method === method && old.epsilon === epsilon ? { ...old, metric } : old));
}

describe('checkClaims', () => {
  it('says of each claim that it holds where it does', () => {
    expect(verdicts(ROWS)).toEqual({ 'Fig. 1': true, 'Table 2': true, 'Fig. 6': true, 'Fig. 9': true, 'Fig. 3': true });
  });

  it.each([
    ['Fig. 1', withMetric('DST', 0.01, 0.695)],
    ['Table 2', withMetric('random mask', 0.01, 0.59)], // one point of 2,000 rows is within the noise
    ['Table 2', withMetric('random mask', 0.01, 0.65)],
    ['Fig. 6', withMetric('DST', 0.1, 0.65)],
    ['Fig. 3', withMetric('DST', 0.001, 0.69)],
  ])('says that %s does not hold where it does not', (anchor, rows) => {
    expect(verdicts(rows)[anchor]).toBe(false);
  });

  it('judges by the number of rows: what is noise on 2,000 is a difference on 200,000', () => {
    const rows = withMetric('random mask', 0.01, 0.59);
    expect(verdicts(rows, RATES, 200_000)['Table 2']).toBe(true);
  });

  it('does not take equal qualities for growth', () => {
    const rows = ROWS.map((old) => ({ ...old, metric: 0.3 }));
    expect(verdicts(rows)['Fig. 1']).toBe(false);
  });

  it('says that the rates do not grow where they fall', () => {
    expect(verdicts(ROWS, [rate(null, 0.01), rate(0.1, 0.2), rate(0.01, 0.1)])['Fig. 9']).toBe(false);
  });

  it('says nothing of what was not measured', () => {
    expect(verdicts([row('seed as it is', null, 0)], [])).toEqual({});
  });

  it('gives the numbers that decide', () => {
    const [, random] = checkClaims({ rows: ROWS, count: 2000, rates: RATES, metricScale: 'share' });
    expect(random.evidence).toBe('60.0 % against 50.0 %: 10.0 points ± 3.1 points');
  });
});

/** The same rows as BLEU with intervals of ± 1 point. */
function inPoints(rows: readonly ResultRow[]): ResultRow[] {
  return rows.map((old) => {
    const metric = 30 * old.metric;
    return { ...old, metric, low: metric - 1, high: metric + 1 };
  });
}

describe('checkClaims on points', () => {
  const claims = (rows: readonly ResultRow[], count = 1000): ReturnType<typeof checkClaims> =>
    checkClaims({ rows: inPoints(rows), count, rates: RATES, metricScale: 'points' });
  const holds = (rows: readonly ResultRow[], count?: number): boolean[] =>
    claims(rows, count).map((claim) => claim.holds);

  it('says of each claim that it holds where it does', () => {
    expect(holds(ROWS)).toEqual([true, true, true, true, true]);
  });

  it('takes rows for alike where their intervals overlap, however many rows there are', () => {
    const rows = withMetric('random mask', 0.01, 0.55);
    for (const count of [10, 1_000_000]) expect(holds(rows, count)[1]).toBe(false);
    expect(holds(withMetric('DST', 0.1, 0.65))[2]).toBe(true);
    expect(holds(withMetric('DST', 0.1, 0.6))[2]).toBe(false);
    expect(holds(withMetric('DST', 0.001, 0.65))[4]).toBe(false);
  });

  it('gives the numbers that decide, without per cent', () => {
    expect(claims(ROWS).map(({ evidence }) => evidence)).toEqual([
      '0.1 %: 12.0, 1 %: 18.0, 10 %: 20.7',
      '18.0 against 15.0: 3.0 points; 95 % intervals 17.0 to 19.0 and 14.0 to 16.0 do not overlap',
      '20.7 against 21.0: -0.3 points; 95 % intervals 19.7 to 21.7 and 20.0 to 22.0 overlap',
      'full: 0.01, 10 %: 0.03, 1 %: 0.2, 0.1 %: 0.2',
      'DST ε = 0.1 % is 1,000 parameters here: -9.0 points against full fine-tuning; 95 % intervals 11.0 to 13.0 and 20.0 to 22.0 do not overlap',
    ]);
  });
});
