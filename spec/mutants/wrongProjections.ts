/**
 * Wrong candidates, silos and projections (Eq. 2, 3, 4, 7).
 *
 * @module
 */
import type { Mutant } from './mutant.ts';

export const WRONG_PROJECTIONS: readonly Mutant[] = [
  {
    name: 'Eq. 2: one budget for all silos',
    pieces: { silos: (lengths) => [lengths.reduce((sum, length) => sum + length, 0)] },
    caughtBy: ['eq2/each-silo-has-its-own-budget', 'eq2/silos-do-not-see-each-other', 'alg1/silos-train-as-if-alone'],
  },
  {
    name: 'Eq. 3: the update is subtracted',
    pieces: { candidate: (theta, update, round) => round(theta - update) },
    caughtBy: ['eq3/candidate-is-parameters-plus-update', 'eq3/updates-add-up-on-what-is-kept'],
  },
  {
    name: 'Eq. 4: the smallest distances are kept',
    pieces: { isKept: (distance, tau) => distance < tau },
    caughtBy: ['eq4/no-other-subset-lies-nearer', 'eq7/kept-are-those-above-the-threshold'],
  },
  {
    name: 'Eq. 7: ≥ for >',
    pieces: { isKept: (distance, tau) => distance >= tau },
    caughtBy: [
      'eq7/ties-are-decided-exactly',
      'eq7/a-zero-distance-is-never-kept',
      'eq2/a-silo-of-one-never-trains',
      'eq7/kept-are-those-above-the-threshold',
    ],
  },
  {
    name: 'Eq. 7: what is not kept returns to 0',
    pieces: { reset: () => 0 },
    caughtBy: ['eq7/what-is-not-kept-returns-to-the-seed', 'eq7/kept-values-are-the-candidates'],
  },
  {
    name: 'Eq. 7: what is not kept stays where it was',
    pieces: { reset: (_seed, before) => before },
    caughtBy: ['alg1/what-is-overtaken-returns-to-the-seed', 'alg1/every-step-of-sgd'],
  },
  {
    name: 'Eq. 7: half of the difference is kept',
    pieces: { keep: (candidate, seed) => seed + (candidate - seed) / 2 },
    caughtBy: ['eq7/kept-values-are-the-candidates', 'alg1/without-a-gradient-nothing-changes'],
  },
  {
    name: 'the seed drifts',
    pieces: { reset: (seed) => seed + 2 ** -7 },
    caughtBy: ['eq1/what-did-not-move-does-not-change', 'eq7/what-is-not-kept-returns-to-the-seed'],
  },
  {
    name: 'ties by the highest index',
    ties: 'lowest-index',
    pieces: { compareTied: (a, b) => b - a },
    caughtBy: ['eq7/ties-are-decided-exactly'],
  },
];
