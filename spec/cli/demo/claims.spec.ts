import { describe, expect, it } from 'vitest';
import { checkClaims } from '../../../cli/demo/claims.ts';
import type { Rate } from '../../../cli/demo/rates.ts';
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
  return Object.fromEntries(checkClaims({ rows, count, rates }).map(({ anchor, holds }) => [anchor, holds]));
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
    const [, random] = checkClaims({ rows: ROWS, count: 2000, rates: RATES });
    expect(random.evidence).toBe('60.0 % against 50.0 %: 10.0 points ± 3.1 points');
  });
});
