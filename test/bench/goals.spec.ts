import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { GOALS, describeGoals, gapTable, goalTable } from '../../bench/goals/goals.ts';
import { isReached, judge, medianOf, worstOf, type Figure, type Results } from '../../bench/goals/goal.ts';
import { caseOfPart, computeLeast, PARTS, type Model } from '../../bench/limits/leastTable.ts';
import { caseOfStep } from '../../bench/limits/table.ts';
import { NATIVE_PRODUCT, NATIVE_STEPS } from '../../bench/peakNames.ts';
import type { Row, SubjectResult } from '../../bench/result.ts';
import { toCase, WAYS } from '../../bench/selection/table.ts';
import { STEP } from '../../bench/step/table.ts';
import { row } from './row.ts';

const resultsOf = (...all: readonly (readonly [string, readonly Row[]])[]): Results => {
  const known = new Map(
    all.map(([subject, rows]): [string, SubjectResult] => [subject, { subject, rows, absent: [], facts: {} }]),
  );
  return (subject) => known.get(subject);
};
/** The cells of a goal's line, if it is one of those that are not reached. */
const lineOf = (results: Results, claim: string): readonly string[] | undefined =>
  gapTable(results).rows.find(([name]) => name.startsWith(claim));

const figures = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 9 });
const asFigures = (values: readonly number[]): Figure[] =>
  values.map((value, i) => ({ low: value, median: value, high: value, of: String(i) }));

describe('goals', () => {
  it('say something different each', () => {
    expect(new Set(GOALS.map(({ claim }) => claim)).size).toBe(GOALS.length);
  });

  it('measure nothing where there are no results, and then none is missed', () => {
    for (const goal of GOALS) {
      expect(
        goal.measure(() => undefined),
        goal.claim,
      ).toBeUndefined();
      expect(
        goal.limit?.(() => undefined),
        goal.claim,
      ).toBeUndefined();
    }
    expect(describeGoals(() => undefined)).toContain(
      `0 of 0 goals are reached, 0 are missed, 0 are not decided; ${GOALS.length} could not be measured`,
    );
    expect(gapTable(() => undefined).rows).toEqual([]);
  });

  it('are reached by what was asked for to the dot, and missed on one side of it', () => {
    const reached = (is: 'at least' | 'at most'): boolean[] =>
      [1, 2, 3].map((value) => isReached({ is, asked: 2 }, value));
    expect(reached('at least')).toEqual([false, true, true]);
    expect(reached('at most')).toEqual([true, true, false]);
  });

  it('are not decided where what was asked lies within the rounds', () => {
    const verdicts = (is: 'at least' | 'at most', asked: number): string =>
      judge({ is, asked }, { low: 1, median: 2, high: 3 });
    expect([0.9, 1, 1.1, 2.9, 3.1].map((asked) => verdicts('at least', asked))).toEqual([
      ...['reached', 'reached', 'not decided', 'not decided', 'missed'],
    ]);
    expect([0.9, 1.1, 2.9, 3, 3.1].map((asked) => verdicts('at most', asked))).toEqual([
      ...['missed', 'not decided', 'not decided', 'reached', 'reached'],
    ]);
  });

  test.prop([figures])('of several cases are judged by the medians of their rounds', (values) => {
    const wide = values.map((value, i) => ({ low: value / 2, median: value, high: 2 * value, of: String(i) }));
    const { low = 0, median = 0, high = 0 } = medianOf(wide) ?? {};
    expect(low).toBeLessThanOrEqual(median);
    expect(high).toBeGreaterThanOrEqual(median);
    expect(judge({ is: 'at least', asked: median }, { low, median, high })).toBe('not decided');
  });

  test.prop([figures])('are judged by the worst case or by the median', (values) => {
    const all = asFigures(values);
    expect(worstOf(all, 'at least')?.median).toBe(Math.min(...values));
    expect(worstOf(all, 'at most')?.median).toBe(Math.max(...values));
    // If the worst of them reaches a goal, all do.
    for (const is of ['at least', 'at most'] as const) {
      for (const asked of values) {
        const worst = worstOf(all, is);
        const isWorst = worst !== undefined && isReached({ is, asked }, worst.median);
        expect(isWorst).toBe(values.every((value) => isReached({ is, asked }, value)));
      }
    }
  });
});

describe('a goal that is not reached', () => {
  /** One product: ours does 40 % of what the peer does, and the same product in C `share` of it. */
  const products = (share: number | undefined): Results =>
    resultsOf([
      'matmul',
      [
        row('64', 'ours', [10, 10], { flops: 100 }),
        row('64', 'torch-avx2', [4, 4], { flops: 100 }),
        ...(share === undefined ? [] : [row('64', NATIVE_PRODUCT, [4 / share, 4 / share], { flops: 100 })]),
      ],
    ]);

  it('is proven out of reach where even its limit misses it', () => {
    expect(lineOf(products(0.42), 'products against torch-avx2')).toEqual([
      'products against torch-avx2: median of every shape',
      '64',
      'missed',
      'the same product in C, 128 bits, not fused',
      'at least 0.450x',
      '0.400x (0.400 … 0.400)',
      '0.420x',
      'proven',
    ]);
  });

  it('is not proven where its limit would reach it, or nothing shows a limit', () => {
    expect(lineOf(products(0.5), 'products against torch-avx2')?.slice(-2)).toEqual(['0.500x', 'not proven']);
    expect(lineOf(products(undefined), 'products against torch-avx2')?.slice(-2)).toEqual(['', 'not proven']);
  });

  it('stands in the table of all goals beside what another machine measured', () => {
    const threefold = row('64', 'ours', [4, 4], { flops: 100 });
    const fast = resultsOf(['matmul', [threefold, row('64', 'torch-avx2', [12, 12], { flops: 100 })]]);
    const { columns, rows } = goalTable(
      new Map([
        ['slow', products(undefined)],
        ['fast', fast],
        ['idle', resultsOf()],
      ]),
    );
    expect(columns.map(({ heading }) => heading)).toEqual(['goal', 'asked', 'slow', 'fast', 'idle']);
    expect(rows.map(([claim]) => claim)).toEqual(GOALS.map(({ claim }) => claim));
    expect(rows.find(([claim]) => claim.startsWith('products against torch-avx2'))?.slice(1)).toEqual([
      'at least 0.450x',
      '0.400x (0.400 … 0.400), missed',
      '3.00x (3.00 … 3.00)',
      'not measured',
    ]);
  });

  it('has for its limit the better of the product in C and ours, shape by shape', () => {
    const at = (name: string, ours: number, native: number): Row[] => [
      row(name, 'ours', [ours]),
      row(name, NATIVE_PRODUCT, [native]),
      row(name, 'torch-avx2', [4]),
    ];
    const results = resultsOf(['matmul', [...at('64', 16, 20), ...at('128', 16, 10)]]);
    expect(lineOf(results, 'products against torch-avx2')?.at(-2)).toBe('0.325x');
  });

  const parts = (model: Model, ms: readonly number[]): Row[] =>
    PARTS.map((part, i) => row(caseOfPart(model, part), NATIVE_PRODUCT, [ms[i]]));

  test.prop([fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: PARTS.length, maxLength: PARTS.length })])(
    'of a step: the sum of its parts, and nothing where one of them is missing',
    (ms) => {
      const rows = [
        ...parts(
          'the T5',
          ms.map((one) => 2 * one),
        ),
        ...parts('the decoder', ms),
      ];
      expect(computeLeast(rows, 'the decoder')?.median).toBe(ms.reduce((sum, one) => sum + one));
      for (const missing of rows.slice(-PARTS.length)) {
        expect(
          computeLeast(
            rows.filter((other) => other !== missing),
            'the decoder',
          ),
        ).toBeUndefined();
      }
    },
  );

  it('of a step: what it cannot do without in C, and half of it on two threads', () => {
    // 8 ms of the peer's 10; two threads 4.
    const results = resultsOf(
      [
        'step',
        [
          row(STEP, 'ours', [20], { flops: 1000 }),
          row(STEP, 'ours', [10], { flops: 1000, threads: 2 }),
          row(STEP, 'torch-avx2', [10], { flops: 1000 }),
        ],
      ],
      ['limits', parts('the decoder', [6, 1.5, 0.5])],
    );
    expect(lineOf(results, 'a step of the decoder on one thread')?.slice(-2)).toEqual(['1.25x', 'not proven']);
    expect(lineOf(results, 'a step of the decoder on two threads')?.slice(-2)).toEqual(['2.50x', 'not proven']);
  });

  it('of selection and of a whole step: what has to be read, at the ε that is worst', () => {
    const [one, half] = [0.01, 0.5].map((epsilon) => toCase(1e6, true, epsilon));
    const results = resultsOf(
      [
        'selection',
        [
          row(one, WAYS.select, [1]),
          row(one, 'torch.kthvalue', [20]),
          row(half, WAYS.select, [1]),
          row(half, 'torch.kthvalue', [9]),
          row(toCase(1e6), WAYS.count, [0.5]),
          row(half, WAYS.step, [2], { x: 1e6 }),
          row(half, 'torch.step', [7]),
        ],
      ],
      ['limits', [row(caseOfStep(1e6), NATIVE_STEPS.step_at_once, [1], { x: 1e6 })]],
    );
    expect(lineOf(results, 'select against torch.kthvalue')).toEqual([
      'select against torch.kthvalue at 10⁶, 90 % tie at 0: the worst ε',
      half,
      'missed',
      'one pass over the distances',
      'at least 12.0x',
      '9.00x (9.00 … 9.00)',
      '18.0x',
      'not proven',
    ]);
    expect(lineOf(results, 'the whole step against torch')?.slice(-2)).toEqual(['7.00x', 'proven']);
  });

  it('of the cost of an element: what plain passes in C cost', () => {
    const step = (n: number, ms: number): Row => row(toCase(n, false, 0.5), WAYS.step, [ms], { x: n });
    const passes = (ms: number): Row[] => [
      row(caseOfStep(1e6), NATIVE_STEPS.step, [1], { x: 1e6 }),
      row(caseOfStep(1e7), NATIVE_STEPS.step, [ms], { x: 1e7 }),
    ];
    const results = (native: number): Results =>
      resultsOf(['selection', [step(1e6, 1), step(1e7, 15)]], ['limits', passes(native)]);
    expect(lineOf(results(18), 'the cost of an element')?.slice(-3)).toEqual([
      '1.50x (1.50 … 1.50)',
      '1.80x',
      'proven',
    ]);
    expect(lineOf(results(12), 'the cost of an element')?.slice(-1)).toEqual(['not proven']);
    expect(lineOf(results(12), 'the cost of an element, from 10⁷')).toBeUndefined();
  });

  it('of the cost of an element: counted from a size of its own each', () => {
    const step = (n: number, ms: number): Row => row(toCase(n, false, 0.5), WAYS.step, [ms], { x: n });
    const pass = (n: number, ms: number): Row => row(caseOfStep(n), NATIVE_STEPS.step, [ms], { x: n });
    const results = resultsOf(
      ['selection', [step(1e6, 1), step(1e7, 30), step(1e8, 600)]],
      ['limits', [pass(1e6, 1), pass(1e7, 20), pass(1e8, 250)]],
    );
    const figures = (claim: string): readonly string[] | undefined => lineOf(results, claim)?.slice(-3);
    expect(figures('the cost of an element, from 10⁶')).toEqual(['6.00x (6.00 … 6.00)', '2.50x', 'proven']);
    expect(figures('the cost of an element, from 10⁷')).toEqual(['2.00x (2.00 … 2.00)', '1.25x', 'not proven']);
  });
});
