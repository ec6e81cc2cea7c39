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
];
