/**
 * Wrong answers to invalid input.
 *
 * @module
 */
import type { Mutant } from './mutant.ts';

export const WRONG_ANSWERS: readonly Mutant[] = [
  {
    name: 'any ε is accepted',
    breaks: ['protocol'],
    accepts: (what) => what === 'epsilon',
    caughtBy: ['refusals/epsilon-of-a-threshold', 'refusals/epsilon-of-a-projection'],
  },
  {
    name: 'NaN is accepted',
    breaks: ['protocol'],
    accepts: (what) => what === 'nan',
    caughtBy: ['refusals/a-candidate-that-is-not-a-number', 'refusals/a-gradient-that-is-not-a-number'],
  },
  {
    name: 'lengths are not compared',
    breaks: ['protocol'],
    accepts: (what) => what === 'lengths',
    caughtBy: ['refusals/silos-that-do-not-add-up', 'refusals/a-candidate-of-another-length'],
  },
  {
    name: 'unknown names are taken for the first one',
    breaks: ['protocol'],
    accepts: (what) => what === 'names',
    caughtBy: [
      'refusals/an-unknown-distance',
      'refusals/an-unknown-method',
      'refusals/an-unknown-silo-strategy',
      'refusals/an-unknown-optimizer',
    ],
  },
  {
    name: 'any ε of a training is accepted',
    breaks: ['protocol'],
    accepts: (what) => what === 'training-epsilon',
    caughtBy: ['refusals/epsilon-of-a-training'],
  },
  {
    name: 'lengths are compared in projections alone',
    breaks: ['protocol'],
    accepts: (what) => what === 'other-lengths',
    caughtBy: [
      'refusals/a-training-that-does-not-add-up',
      'refusals/a-distance-of-different-lengths',
      'refusals/an-overlap-of-different-lengths',
      'refusals/an-optimization-that-does-not-add-up',
    ],
  },
];
