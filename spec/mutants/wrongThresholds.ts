/**
 * Wrong quantiles (Eq. 6).
 *
 * @module
 */
import type { Mutant } from './mutant.ts';
import { LITERAL } from './pieces.ts';

export const WRONG_THRESHOLDS: readonly Mutant[] = [
  {
    name: 'Eq. 6: the ε-quantile',
    pieces: { position: (epsilon, size, round) => round(epsilon * (size - 1)) },
    caughtBy: [
      'eq6/threshold-is-the-quantile',
      'eq6/threshold-leaves-as-many-above-it-as-the-budget',
      'eq1/as-many-change-as-the-budget-allows',
    ],
  },
  {
    name: 'Eq. 6: the quantile of m, not of m − 1',
    pieces: { position: (epsilon, size, round) => round((1 - epsilon) * size) },
    caughtBy: [
      'eq6/threshold-is-the-quantile',
      'eq1/as-many-change-as-the-budget-allows',
      'eq2/each-silo-has-its-own-budget',
    ],
  },
  {
    name: 'Eq. 6: one place too low',
    pieces: { position: (epsilon, size, round) => LITERAL.position(epsilon, size, round) - 1 },
    caughtBy: ['eq1/as-many-change-as-the-budget-allows', 'eq7/kept-are-those-above-the-threshold'],
  },
  {
    name: 'Eq. 6: the order statistic above',
    pieces: { interpolate: (_low, high) => high },
    caughtBy: ['eq6/threshold-leaves-as-many-above-it-as-the-budget', 'eq2/each-silo-has-its-own-budget'],
  },
  {
    name: 'Eq. 6: the distances as they come',
    pieces: { sort: (delta) => [...delta] },
    caughtBy: ['eq6/order-does-not-matter', 'eq6/threshold-is-the-quantile'],
  },
  {
    name: 'Eq. 6: infinities make NaN',
    pieces: { interpolate: (low, high, weight) => low + weight * (high - low) },
    caughtBy: ['eq6/infinite-distances-come-last'],
  },
  {
    name: 'Eq. 6: ε = 1 is taken for 0',
    pieces: { position: (epsilon, size, round) => LITERAL.position(epsilon === 1 ? 0 : epsilon, size, round) },
    caughtBy: ['eq6/at-one-at-most-the-smallest-distance', 'eq7/at-one-everything-is-kept'],
  },
  {
    name: 'Eq. 6: the nearest order statistic',
    pieces: { interpolate: (low, high, weight) => (weight < 0.5 ? low : high) },
    caughtBy: ['eq6/threshold-leaves-as-many-above-it-as-the-budget'],
  },
  {
    name: 'Eq. 6: the ⌊εm⌋ largest',
    pieces: { position: (epsilon, size) => size - 1 - Math.floor(epsilon * size) },
    caughtBy: ['eq1/as-many-change-as-the-budget-allows', 'eq6/threshold-leaves-as-many-above-it-as-the-budget'],
  },
  {
    name: 'Eq. 6: the ⌈εm⌉ largest',
    pieces: { position: (epsilon, size) => size - 1 - Math.ceil(epsilon * size) },
    caughtBy: ['eq1/as-many-change-as-the-budget-allows'],
  },
  {
    name: 'Eq. 6: εm to the nearest, at least one',
    pieces: { position: (epsilon, size) => size - 1 - Math.max(1, Math.round(epsilon * size)) },
    caughtBy: ['eq1/as-many-change-as-the-budget-allows'],
  },
  {
    name: 'Eq. 6: whole percentiles',
    pieces: { position: (epsilon, size) => (Math.floor((1 - epsilon) * 100) / 100) * (size - 1) },
    caughtBy: ['eq6/leaves-the-budget-of-many-distances'],
  },
  {
    name: 'Eq. 6: the quantile of the distances above 0',
    pieces: { sort: (delta) => positive(LITERAL.sort(delta)) },
    caughtBy: ['eq6/threshold-is-the-quantile'],
  },
  {
    name: 'Eq. 6: the quantile of the distinct distances',
    pieces: { sort: (delta) => [...new Set(LITERAL.sort(delta))] },
    caughtBy: ['eq6/threshold-is-the-quantile', 'eq7/ties-are-decided-exactly'],
  },
  {
    name: 'Eq. 6: sorted as text',
    pieces: { sort: (delta) => delta.map(String).sort().map(Number) },
    caughtBy: ['eq6/threshold-is-the-quantile'],
  },
  {
    name: 'Eq. 6: the threshold of the step before',
    breaks: ['eq-7'],
    pieces: { applied: (previous) => previous },
    caughtBy: ['eq7/kept-are-those-above-the-threshold', 'alg1/every-step-of-sgd'],
  },
];

/** A quantile needs at least one. */
function positive(sorted: readonly number[]): number[] {
  const above = sorted.filter((distance) => distance > 0);
  return above.length === 0 ? [0] : above;
}
