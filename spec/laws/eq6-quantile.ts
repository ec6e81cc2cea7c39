/**
 * Equation 6: τ_S = quantile(δ_S, 1 − ε), interpolated linearly between order statistics.
 *
 * @module
 */
import fc from 'fast-check';
import { budgetsBelowOne, distances, distinctIntegers, formatOf } from '../arbitraries.ts';
import { halves, recipes, sizesInTurn, WEIGHT_OF_SIZES } from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import { computeCell, computeCountAbove, computeQuantile, computeThresholdRange } from '../oracle/quantile.ts';
import type { Arithmetic } from '../oracle/distance.ts';
import type { Requests } from '../implementation.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import type { Violation } from './outcome.ts';

const method = 'quantile';

/** Within 2 ulp of the interpolated value, or anywhere from the lower order statistic up to, without, the upper. */
function judge(
  { distances: delta, epsilon }: Requests['threshold'],
  tau: number,
  arithmetic: Arithmetic,
): Violation | undefined {
  const points = delta.map((distance) => ({ low: distance, high: distance }));
  const near = computeThresholdRange(points, epsilon, arithmetic);
  const cell = computeCell(delta, epsilon, arithmetic.format);
  if ((tau >= near.low && tau <= near.high) || (tau >= cell.low && tau < cell.high)) return undefined;
  const wanted = `${computeQuantile(delta, epsilon)} within 2 ulp, or what keeps the same set: ${cell.low} ≤ τ < ${cell.high}`;
  return { got: tau, wanted };
}

/** What is wrong with the number of distances above the threshold, if anything. */
function judgeCount(
  { distances, epsilon }: Requests['threshold'],
  tau: number,
  arithmetic: Arithmetic,
): Violation | undefined {
  const above = distances.filter((distance) => distance > tau).length;
  const { low, high } = computeCountAbove(distances, epsilon, arithmetic);
  if (above >= low && above <= high) return undefined;
  return { got: `${tau}, with ${above} above it`, wanted: `${low} to ${high} above it` };
}

const thresholdIsTheQuantile = defineLaw({
  id: 'eq6/threshold-is-the-quantile',
  equation: 'eq-6',
  claim: 'The threshold is the (1 − ε)-quantile of the distances.',
  kind: 'paper',
  accepts: 'within 2 ulp of the interpolated value, or between the two order statistics',
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    return fc.record({ method: fc.constant(method), distances: distances(format), epsilon: budgetsBelowOne(format) });
  },
  async check({ ask, arithmetic }, request) {
    return judge(request, (await ask(request)).threshold, arithmetic);
  },
});

const thresholdLeavesTheBudget = defineLaw({
  id: 'eq6/threshold-leaves-as-many-above-it-as-the-budget',
  equation: 'eq-6',
  claim: 'Of m distinct distances ⌈ε(m − 1)⌉ exceed the threshold.',
  kind: 'paper',
  accepts: 'exact; if ε(m − 1) is within rounding of a whole number, the counts on either side',
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) =>
    fc.record({
      method: fc.constant(method),
      distances: distinctIntegers(),
      epsilon: budgetsBelowOne(formatOf(capabilities)),
    }),
  async check({ ask, arithmetic }, request) {
    return judgeCount(request, (await ask(request)).threshold, arithmetic);
  },
});

const budgetOfManyDistances = defineLaw({
  id: 'eq6/leaves-the-budget-of-many-distances',
  equation: 'eq-6',
  claim: 'Of hundreds of distinct distances ⌈ε(m − 1)⌉ exceed the threshold, for budgets of a thousandth and more.',
  kind: 'paper',
  accepts: 'exact; if ε(m − 1) is within rounding of a whole number, the counts on either side',
  operation: 'threshold',
  needs: { method },
  weight: 5,
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    const epsilon = fc.integer({ min: 1, max: 999 }).map((k) => format.round(k / 1000));
    return fc
      .tuple(fc.integer({ min: 101, max: 250 }), fc.integer({ min: 1, max: 50 }), epsilon)
      .map(([m, stride, e]) => {
        // 251 is prime: every stride goes through all whole numbers below it, once each.
        const all = Array.from({ length: m }, (_, i) => ((i + 1) * stride) % 251);
        return { method, distances: all, epsilon: Math.min(e, 1 - format.epsilon) };
      });
  },
  async check({ ask, arithmetic }, request) {
    return judgeCount(request, (await ask(request)).threshold, arithmetic);
  },
});

const quantileOfEverySize = defineLaw({
  id: 'eq6/of-every-size',
  equation: 'eq-6',
  claim: 'The threshold is the quantile of all distances, of any number of them, around powers of two and beyond 2¹⁶.',
  kind: 'paper',
  accepts: 'within 2 ulp of the interpolated value, or between the two order statistics',
  operation: 'threshold',
  needs: { method },
  weight: WEIGHT_OF_SIZES,
  inputs: (capabilities) =>
    turns(
      sizesInTurn().map((size) =>
        fc.tuple(recipes(size), budgetsBelowOne(formatOf(capabilities))).map(([recipe, epsilon]) => ({
          method,
          distances: halves(recipe, 0).map(Math.abs),
          epsilon,
        })),
      ),
    ),
  async check({ ask, arithmetic }, request) {
    return judge(request, (await ask(request)).threshold, arithmetic);
  },
});

const orderDoesNotMatter = defineLaw({
  id: 'eq6/order-does-not-matter',
  equation: 'eq-6',
  claim: 'The quantile is a function of the values alone: reversing the distances leaves the threshold as it is.',
  kind: 'paper',
  accepts: 'exact',
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    return fc.record({ method: fc.constant(method), distances: distances(format), epsilon: budgetsBelowOne(format) });
  },
  async check({ ask }, request) {
    const forwards = await ask(request);
    const backwards = await ask({ ...request, distances: [...request.distances].reverse() });
    return forwards.threshold === backwards.threshold
      ? undefined
      : { got: backwards.threshold, wanted: `${forwards.threshold}, as for the distances in their first order` };
  },
});

const infiniteDistances = defineLaw({
  id: 'eq6/infinite-distances-come-last',
  equation: 'eq-6',
  claim: 'An infinite distance is larger than every other, and infinite ones tie: the threshold is never NaN.',
  kind: 'ruling',
  accepts: 'any threshold from the lower order statistic up to the upper; +∞ if the upper one is infinite',
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    const finite = fc.integer({ min: 0, max: 100 });
    const delta = fc.array(fc.oneof(finite, fc.constant(Infinity)), { minLength: 1, maxLength: 12 });
    return fc.record({ method: fc.constant(method), distances: delta, epsilon: budgetsBelowOne(format) });
  },
  async check({ ask, arithmetic }, request) {
    const { threshold } = await ask(request);
    const cell = computeCell(request.distances, request.epsilon, arithmetic.format);
    return threshold >= cell.low && threshold <= cell.high
      ? undefined
      : { got: threshold, wanted: `${cell.low} ≤ τ ≤ ${cell.high}` };
  },
});

const everythingAtOne = defineLaw({
  id: 'eq6/at-one-at-most-the-smallest-distance',
  equation: 'eq-6',
  claim: 'At ε = 1 the threshold is at most the smallest distance, so that all others are kept.',
  kind: 'ruling',
  accepts: 'the smallest distance within 2 ulp (the literal rule), or anything below it (everything is kept)',
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) =>
    fc.record({
      method: fc.constant(method),
      distances: distances(formatOf(capabilities)),
      epsilon: fc.constant(1),
    }),
  async check({ ask, arithmetic }, request) {
    const { threshold } = await ask(request);
    const smallest = Math.min(...request.distances);
    const points = request.distances.map((distance) => ({ low: distance, high: distance }));
    const { high } = computeThresholdRange(points, 1, arithmetic);
    return threshold <= high ? undefined : { got: threshold, wanted: `at most ${smallest}, within 2 ulp` };
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [
  thresholdIsTheQuantile,
  thresholdLeavesTheBudget,
  budgetOfManyDistances,
  quantileOfEverySize,
  orderDoesNotMatter,
  infiniteDistances,
  everythingAtOne,
];
