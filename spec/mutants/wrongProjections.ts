/**
 * Wrong candidates, silos and projections (Eq. 2, 3, 4, 7).
 *
 * @module
 */
import { FORMATS } from '../oracle/formats.ts';
import type { Mutant } from './mutant.ts';
import { LITERAL } from './pieces.ts';

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
    breaks: ['eq-4', 'eq-7'],
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
    breaks: ['alg-1', 'eq-7'],
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
    breaks: ['eq-7'],
    pieces: { reset: (seed) => seed + 2 ** -7 },
    caughtBy: ['eq1/what-did-not-move-does-not-change', 'eq7/what-is-not-kept-returns-to-the-seed'],
  },
  {
    name: 'ties by the highest index',
    breaks: ['eq-7'],
    ties: 'lowest-index',
    pieces: { compareTied: (a, b) => b - a },
    caughtBy: ['eq7/ties-are-decided-exactly'],
  },
  {
    name: 'Eq. 2: the last two silos are one',
    pieces: {
      silos: (lengths) =>
        lengths.length < 2
          ? lengths
          : [...lengths.slice(0, -2), lengths[lengths.length - 2] + lengths[lengths.length - 1]],
    },
    caughtBy: ['eq2/each-silo-has-its-own-budget', 'eq2/silos-do-not-see-each-other'],
  },
  {
    name: 'Eq. 2: each silo begins an element too late',
    pieces: {
      silos: (lengths) =>
        lengths.length < 2 || lengths[lengths.length - 1] < 2
          ? lengths
          : lengths.map((length, s) => length + (s === 0 ? 1 : s === lengths.length - 1 ? -1 : 0)),
    },
    caughtBy: ['eq2/each-silo-has-its-own-budget', 'eq7/kept-are-those-above-the-threshold'],
  },
  {
    name: 'Eq. 2: silos of equal lengths',
    pieces: {
      silos: toEqualLengths,
    },
    caughtBy: ['eq2/silos-do-not-see-each-other'],
  },
  {
    name: 'Eq. 3: the update is added to the last candidate',
    breaks: ['alg-1', 'eq-3'],
    pieces: { origin: (_projected, candidate) => candidate },
    caughtBy: ['eq3/candidate-is-parameters-plus-update', 'alg1/every-step-of-sgd'],
  },
  {
    name: 'Eq. 7: a mask is multiplied, and −0 is lost',
    pieces: { keep: (candidate) => candidate + 0, reset: (seed) => seed + 0 },
    caughtBy: ['eq7/kept-values-are-the-candidates'],
  },
  {
    name: 'Eq. 7: the difference is kept and added to the seed',
    pieces: { keep: (candidate, seed) => Math.fround(seed + Math.fround(candidate - seed)) },
    caughtBy: ['eq7/kept-values-are-the-candidates'],
  },
  {
    name: 'Eq. 7: some of the tied are kept, and not said so',
    ties: 'lowest-index',
    keepsTiesSecret: true,
    caughtBy: ['eq7/ties-are-decided-exactly'],
  },
  {
    name: 'zero distances fill the budget',
    breaks: ['eq-7'],
    ties: 'lowest-index',
    pieces: { mayKeep: () => true },
    caughtBy: ['eq7/a-zero-distance-is-never-kept'],
  },
  {
    name: 'ties by the lowest index, one too many',
    breaks: ['eq-6', 'eq-7'],
    ties: 'lowest-index',
    pieces: { position: (epsilon, size, round) => LITERAL.position(epsilon, size, round) - 1 },
    caughtBy: ['eq7/kept-are-those-above-the-threshold', 'eq7/ties-are-decided-exactly'],
  },
  {
    name: 'bfloat16 by truncation',
    breaks: ['eq-3', 'eq-5', 'tab-1'],
    dtype: 'bfloat16',
    round: truncateToBfloat16,
    store: truncateToBfloat16,
    caughtBy: ['eq3/sums-are-rounded-to-the-nearest'],
  },
  {
    name: 'float32 parameters behind bfloat16 sums',
    breaks: ['eq-3'],
    pieces: { candidate: (theta, update) => FORMATS.bfloat16.round(theta + update) },
    caughtBy: ['eq3/candidate-is-parameters-plus-update', 'eq3/sums-are-rounded-to-the-nearest'],
  },
];

/** The upper half of a float32, as a cast that forgets to round. */
function truncateToBfloat16(x: number): number {
  const word = new Float32Array([x]);
  new Uint32Array(word.buffer)[0] &= 0xffff_0000;
  return word[0];
}

function toEqualLengths(lengths: readonly number[]): readonly number[] {
  const size = lengths.reduce((sum, length) => sum + length, 0);
  return size % lengths.length === 0 ? lengths.map(() => size / lengths.length) : lengths;
}
