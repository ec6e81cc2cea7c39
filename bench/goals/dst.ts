/**
 * Goals of DST itself: within a step, and on bare vectors.
 *
 * @module
 */
import type { ThresholdMethod } from '../../src/dst/notation.ts';
import { computeOverhead, FULL, GRADIENT } from '../dst/table.ts';
import { caseOfStep, computeGrowth } from '../limits/table.ts';
import { NATIVE_COUNT, NATIVE_STEPS } from '../peakNames.ts';
import { toCase, WAYS } from '../selection/table.ts';
import { computeMedian, type Spread } from '../spread.ts';
import { findRow } from '../table.ts';
import { overCases, speedupAt, worstOf, type Figure, type Goal, type Limit, type Results } from './goal.ts';

const MILLION = '10^6';
/** The part of a case's name that says whether most distances tie. */
const TIES = [
  { part: ', none, ', words: 'no ties' },
  { part: ', ties, ', words: '90 % tie at 0' },
] as const;

export const DST_GOALS: readonly Goal[] = [
  overhead('select'),
  overhead('iterative'),
  {
    claim: 'one counting pass against the fastest sum of ours and PyTorch’s, from 10⁶ distances on: the worst size',
    is: 'at least',
    asked: 0.7,
    unit: 'x',
    measure: (results) => worstOf(countingOverReading(results, WAYS.count), 'at least'),
    limit: limitOfCounting,
  },
  ...TIES.flatMap(({ part, words }) => [
    atMillion(`select against torch.kthvalue at 10⁶, ${words}: the worst ε`, part, 12, [WAYS.select, 'torch.kthvalue']),
    atMillion(`select against torch.quantile at 10⁶, ${words}`, part, 80, [WAYS.select, 'torch.quantile']),
    atMillion(`select against numpy.partition at 10⁶, ${words}: the worst ε up to 1 %`, part, 1, [
      WAYS.select,
      'numpy.partition',
    ]),
    atMillion(`the whole step against torch at 10⁶, ${words}: the worst ε`, part, 8, [WAYS.step, 'torch.step']),
  ]),
  growth('from 10⁶ (16 MB) to the largest size', 1e6),
  growth('from 10⁷ (160 MB) to the largest size', 1e7),
];

/** (gradient + DST) / (gradient + full fine-tuning), the worst budget and partition. */
function overhead(method: ThresholdMethod): Goal {
  return {
    claim: `a step with DST (${method}) against one without: the worst budget and silos`,
    is: 'at most',
    asked: 1.02,
    unit: 'x',
    measure: (results) => {
      const isMethod = (name: string): boolean => name.endsWith(`: ${method}`);
      const figures = overCases(results('dst'), isMethod, (rows, name) => {
        const [gradient, full, tuned] = [GRADIENT, FULL, name].map((of) => findRow(rows, of, 'ours'));
        const isWhole = gradient !== undefined && full !== undefined && tuned !== undefined;
        return isWhole ? computeOverhead(gradient, full, tuned) : undefined;
      });
      return worstOf(figures, 'at most');
    },
  };
}

/** What an element of a whole step costs, the worst case. */
function growth(words: string, from: number): Goal {
  return {
    claim: `the cost of an element, ${words}: the worst case`,
    is: 'at most',
    asked: 1.3,
    unit: 'x',
    measure: (results) => worstOf(growthsOf(results, from), 'at most'),
    limit: (results) => limitOfGrowth(results, from),
  };
}

/** Ours against a peer on a million distances: the ε at which it does worst. */
function atMillion(claim: string, part: string, asked: number, [own, peer]: readonly [string, string]): Goal {
  const epsilonOf = (name: string): number => Number(name.slice(name.lastIndexOf(' ')));
  const most = peer === 'numpy.partition' ? 0.01 : 1;
  const fits = (name: string): boolean => name.startsWith(`${MILLION}${part}`) && epsilonOf(name) <= most;
  const measure = (results: Results): Figure | undefined =>
    worstOf(
      overCases(results('selection'), fits, (rows, name) => speedupAt(rows, name, [own], [peer])),
      'at least',
    );
  return {
    claim,
    is: 'at least',
    asked,
    unit: 'x',
    measure,
    limit: (results) => {
      const worst = measure(results);
      if (worst === undefined) return undefined;
      return own === WAYS.step ? limitOfStep(results, worst.of) : limitOfSelection(results, worst.of, peer);
    },
  };
}

/** A selection has to look at every distance once. */
function limitOfSelection(results: Results, name: string, peer: string): Limit | undefined {
  const rows = results('selection')?.rows ?? [];
  const [pass, other] = [findRow(rows, toCase(1e6), WAYS.count), findRow(rows, name, peer)];
  if (pass === undefined || other === undefined) return undefined;
  return { value: computeMedian(other.rounds) / computeMedian(pass.rounds), by: 'one pass over the distances' };
}

/** One pass in C: with the threshold of the step before no more is needed, without it more is. */
function limitOfStep(results: Results, name: string): Limit | undefined {
  const [pass, other] = [
    findRow(results('limits')?.rows ?? [], caseOfStep(1e6), NATIVE_STEPS.step_at_once),
    findRow(results('selection')?.rows ?? [], name, 'torch.step'),
  ];
  if (pass === undefined || other === undefined) return undefined;
  return {
    value: computeMedian(other.rounds) / computeMedian(pass.rounds),
    by: 'one pass in C that knows the threshold',
  };
}

/** The same count in C, at the size at which ours does worst. */
function limitOfCounting(results: Results): Limit | undefined {
  const worst = worstOf(countingOverReading(results, WAYS.count), 'at least');
  const native = countingOverReading(results, NATIVE_COUNT).find(({ of }) => of === worst?.of);
  return native === undefined ? undefined : { value: native.median, by: 'the same count in C, 128 bits' };
}

/** Of a size, how fast counting reads beside the fastest that was measured. */
function countingOverReading(results: Results, counting: string): readonly Figure[] {
  const fits = (name: string): boolean => /^10\^[6-9], one pass$/.test(name);
  return overCases(results('selection'), fits, (rows, name) => {
    const figures = ['torch.sum', WAYS.sum, WAYS.finite].map((peer) => speedupAt(rows, name, [counting], [peer]));
    const known = figures.filter((figure): figure is Spread => figure !== undefined);
    return worstOf(
      known.map((figure) => ({ ...figure, of: name })),
      'at least',
    );
  });
}

/** What an element of a step costs at the largest size, over what it costs at the size `from`. */
function growthsOf(results: Results, from: number): readonly Figure[] {
  const result = results('selection');
  const largest = Math.max(...(result?.rows ?? []).map(({ x = 0 }) => x));
  const [first, last] = [from, largest].map((n) => toCase(n).split(',')[0]);
  return overCases(
    largest > from ? result : undefined,
    (name) => name.startsWith(`${last}, `),
    (rows, name) => {
      const [small, large] = [name.replace(last, first), name].map((of) => findRow(rows, of, WAYS.step));
      return small === undefined || large === undefined ? undefined : computeGrowth(small, large);
    },
  );
}

/** Two passes in C, as ours makes at least: a single one, which no operation keeps waiting, grows more. */
function limitOfGrowth(results: Results, from: number): Limit | undefined {
  const passes = (results('limits')?.rows ?? []).filter(({ peer, x = 0 }) => peer === NATIVE_STEPS.step && x >= from);
  const [first, last] = [passes[0], passes[passes.length - 1]];
  if (first === undefined || first === last || first.x !== from) return undefined;
  return { value: computeGrowth(first, last).median, by: `memory: two plain passes in C, ${last.case}` };
}
