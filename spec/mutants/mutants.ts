/**
 * Wrong implementations: the literal one with one symbol changed. Each names the laws that must catch it.
 *
 * @module
 */
import type { Variant } from './literal.ts';
import { LITERAL } from './pieces.ts';

/** A mutant and the laws that a default run must see broken. */
export interface Mutant extends Variant {
  readonly caughtBy: readonly string[];
}

const distances: readonly Mutant[] = [
  {
    name: 'Eq. 5: the weight is the seed with its sign',
    pieces: { distance: (kind, c, s, round) => weighed(kind, c, s, (difference) => round(difference * s)) },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed'],
  },
  {
    name: 'Eq. 5: the weight is the candidate',
    pieces: { distance: (kind, c, s, round) => weighed(kind, c, s, (difference) => round(difference * Math.abs(c))) },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed', 'eq5/a-zero-seed-weighs-nothing'],
  },
  {
    name: 'Eq. 5: the weight has a floor',
    pieces: {
      distance: (kind, c, s, round) =>
        weighed(kind, c, s, (difference) => round(difference * Math.max(Math.abs(s), 1e-6))),
    },
    caughtBy: ['eq5/a-zero-seed-weighs-nothing', 'eq5/small-products-underflow-as-the-format-says'],
  },
  {
    name: 'Eq. 5: an overflow is taken for 0',
    pieces: {
      distance(kind, c, s, round) {
        const distance = LITERAL.distance(kind, c, s, round);
        return distance === Infinity ? 0 : distance;
      },
    },
    caughtBy: ['eq5/large-products-overflow-to-infinity', 'tab1/relative-to-a-zero-seed-is-infinite'],
  },
  {
    name: 'Tab. 1: the difference keeps its sign',
    pieces: { distance: (kind, c, s, round) => LITERAL.distance(kind, c, s, round) * (c < s ? -1 : 1) },
    caughtBy: [
      'tab1/absolute-is-the-difference',
      'tab1/relative-is-difference-over-seed',
      'eq5/inverse-relative-is-difference-times-seed',
    ],
  },
  {
    name: 'Tab. 1: absolute and relative are exchanged',
    pieces: {
      distance(kind, c, s, round) {
        const other = kind === 'absolute' ? 'relative' : kind === 'relative' ? 'absolute' : kind;
        return LITERAL.distance(other, c, s, round);
      },
    },
    caughtBy: ['tab1/absolute-is-the-difference', 'tab1/relative-is-difference-over-seed'],
  },
];

function weighed(kind: string, candidate: number, seed: number, weigh: (difference: number) => number): number {
  const difference = Math.abs(candidate - seed);
  return kind === 'inverse-relative' ? weigh(difference) : LITERAL.distance('absolute', candidate, seed, Math.fround);
}

const thresholds: readonly Mutant[] = [
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

const projections: readonly Mutant[] = [
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

const fractions: readonly Mutant[] = [
  {
    name: 'Eq. 8: ≥ for > in the count',
    pieces: { count: (delta, tau) => delta.filter((distance) => distance >= tau).length },
    caughtBy: ['eq8/counts-what-is-strictly-above', 'alg2/bisects-exactly'],
  },
  {
    name: 'Eq. 8: a share of |S| − 1',
    pieces: { fraction: (count, size) => count / Math.max(1, size - 1) },
    caughtBy: ['eq8/is-a-share-of-the-silo'],
  },
  {
    name: 'Alg. 2: ≥ ε for > ε',
    pieces: { isOver: (fraction, epsilon) => fraction >= epsilon },
    caughtBy: ['eq8/is-a-share-of-the-silo'],
  },
  {
    name: 'Alg. 2: the halves are exchanged',
    pieces: { halve: ({ lo, hi }, mid, over) => (over ? { lo, hi: mid } : { lo: mid, hi }) },
    caughtBy: [
      'alg2/bisects-exactly',
      'alg2/projection-keeps-what-is-above-its-threshold',
      'alg2/realises-the-budget-within-one-percent',
      'alg2/threshold-is-carried-from-step-to-step',
    ],
  },
  {
    name: 'Alg. 2: the root of c',
    pieces: { bracket: (previous, factor, round) => LITERAL.bracket(previous, Math.sqrt(factor), round) },
    caughtBy: [
      'alg2/ramps-up-in-as-many-steps-as-binary-orders',
      'alg2/tracks-distances-that-drift',
      'alg2/regains-a-lost-bracket',
    ],
  },
  {
    name: 'Alg. 2: the square of c above',
    pieces: { bracket: (previous, factor) => ({ lo: previous / factor, hi: previous * factor * factor }) },
    caughtBy: ['alg2/stays-within-its-bracket', 'alg2/bisects-exactly'],
  },
  {
    name: 'Alg. 2: the geometric middle',
    pieces: { middle: ({ lo, hi }, round) => round(Math.sqrt(lo * hi)) },
    caughtBy: ['alg2/bisects-exactly'],
  },
  {
    name: 'Alg. 2: one iteration too few',
    pieces: { iterations: (given) => given - 1 },
    caughtBy: ['alg2/bisects-exactly', 'eq8/counts-what-is-strictly-above'],
  },
  {
    name: 'Alg. 2: the lower end is the threshold',
    pieces: { threshold: ({ lo }) => lo },
    caughtBy: ['alg2/bisects-exactly', 'alg2/tracks-distances-that-drift'],
  },
  {
    name: 'Alg. 2: every step starts where the first did',
    pieces: { carry: (previous) => previous },
    caughtBy: ['alg2/threshold-is-carried-from-step-to-step'],
  },
  {
    name: 'Alg. 2: training starts from τ = ¼',
    pieces: { start: () => 0.25 },
    caughtBy: ['alg2/starts-at-one'],
  },
  {
    name: 'Alg. 2: 0 and ∞ are kept for good',
    pieces: { reseed: (previous) => previous },
    caughtBy: ['alg2/zero-and-infinity-are-seeded-anew'],
  },
];

const subsets: readonly Mutant[] = [
  {
    name: 'Eq. 9: intersection over union',
    pieces: { overlap: (common, a, b) => (a + b === 0 ? 1 : common / (a + b - common)) },
    caughtBy: ['eq9/share-in-common', 'eq9/unequal-sizes'],
  },
  {
    name: 'Eq. 9: the share of the first subset alone',
    pieces: { overlap: (common, a) => (a === 0 ? 1 : common / a) },
    caughtBy: ['eq9/unequal-sizes', 'eq9/is-symmetric'],
  },
  {
    name: 'Eq. 9: the share of all that differs',
    pieces: { overlap: (common, a, b) => (a + b === 0 ? 1 : common / (a + b)) },
    caughtBy: ['eq9/share-in-common'],
  },
  {
    name: 'Eq. 9: differs in value, not in bits',
    pieces: { isChanged: (value, seed) => value !== seed },
    caughtBy: ['eq9/differs-means-other-bits'],
  },
  {
    name: 'silos: modules of all layers apart',
    pieces: { siloKey: (_strategy, { name }) => name },
    caughtBy: ['silos/none', 'silos/per-module'],
  },
  {
    name: 'silos: layers together',
    pieces: { siloKey: (strategy, { module }) => (strategy === 'none' ? 'all' : module) },
    caughtBy: ['silos/per-module-and-layer'],
  },
  {
    name: 'silos: what stands outside the layers is left out',
    pieces: { siloKey: (strategy, p) => (p.layer === null ? undefined : LITERAL.siloKey(strategy, p)) },
    caughtBy: ['silos/are-a-partition', 'silos/per-module'],
  },
];

const steps: readonly Mutant[] = [
  {
    name: 'Alg. 1: the gradient of what was put back is masked',
    pieces: { gradient: (gradient, kept) => (kept ? gradient : 0) },
    caughtBy: ['alg1/state-comes-from-the-full-update', 'alg1/every-step-of-adafactor'],
  },
  {
    name: 'Alg. 1: the momentum of what was put back is lost',
    pieces: { stateUpdate: (update, kept) => (kept ? update : 0) },
    caughtBy: ['alg1/momentum-comes-from-the-full-update'],
  },
  {
    name: 'Alg. 1: the scale is that of the last candidate',
    pieces: { optimizerTheta: (_projected, candidate) => candidate },
    caughtBy: ['alg1/parameter-scale-is-that-of-the-projected-parameters'],
  },
];

const optimizers: readonly Mutant[] = [
  {
    name: 'AdaFactor: β₂ is a step ahead',
    optimizer: { decay: (step, rate) => 1 - (step + 1) ** -rate },
    caughtBy: ['adafactor/vectors-step-by-step', 'adafactor/matrices-step-by-step'],
  },
  {
    name: 'AdaFactor: β₂ is constant',
    optimizer: { decay: () => 0.999 },
    caughtBy: ['adafactor/vectors-step-by-step', 'adafactor/matrices-step-by-step'],
  },
  {
    name: 'AdaFactor: divided by v, not by its root',
    optimizer: { precondition: (gradient, v) => gradient / v },
    caughtBy: ['adafactor/first-step-is-plus-or-minus-one', 'adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: an ε in the numerator',
    optimizer: { precondition: (gradient, v) => (gradient + 1e-10) / Math.sqrt(v) },
    caughtBy: ['adafactor/no-gradient-no-update'],
  },
  {
    name: 'AdaFactor: not clipped',
    optimizer: { clip: () => 1 },
    caughtBy: ['adafactor/updates-are-clipped-by-their-rms', 'adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: no least scale',
    optimizer: { scale: (rms) => rms },
    caughtBy: ['adafactor/vectors-step-by-step'],
  },
  {
    name: 'AdaFactor: the mean of the rows is forgotten',
    optimizer: { combine: (row, column) => row * column },
    caughtBy: ['adafactor/matrices-step-by-step', 'adafactor/factors-where-the-smaller-dimension-is-large-enough'],
  },
  {
    name: 'AdaFactor: factored where the larger dimension is large enough',
    optimizer: { isFactored: (shape, minimum) => shape.length === 2 && Math.max(...shape) >= minimum },
    caughtBy: ['adafactor/factors-where-the-smaller-dimension-is-large-enough'],
  },
  {
    name: 'AdaFactor: factored from 127 on',
    optimizer: { minDimSizeToFactor: 127 },
    caughtBy: ['adafactor/factors-from-128-by-default'],
  },
  {
    name: 'AdaFactor: momentum corrected for its start',
    optimizer: { momentum: (previous, update, beta) => beta * previous + update },
    caughtBy: ['adafactor/momentum-averages-the-updates'],
  },
  {
    name: 'the update goes up the gradient',
    optimizer: { sign: 1 },
    caughtBy: ['sgd/update-is-minus-rate-times-gradient', 'adafactor/first-step-is-plus-or-minus-one'],
  },
];

const refusals: readonly Mutant[] = [
  {
    name: 'any ε is accepted',
    accepts: (what) => what === 'epsilon',
    caughtBy: ['refusals/epsilon-of-a-threshold', 'refusals/epsilon-of-a-projection'],
  },
  {
    name: 'NaN is accepted',
    accepts: (what) => what === 'nan',
    caughtBy: ['refusals/a-candidate-that-is-not-a-number', 'refusals/a-gradient-that-is-not-a-number'],
  },
  {
    name: 'lengths are not compared',
    accepts: (what) => what === 'lengths',
    caughtBy: ['refusals/silos-that-do-not-add-up', 'refusals/a-candidate-of-another-length'],
  },
  {
    name: 'unknown names are taken for the first one',
    accepts: (what) => what === 'names',
    caughtBy: [
      'refusals/an-unknown-distance',
      'refusals/an-unknown-method',
      'refusals/an-unknown-silo-strategy',
      'refusals/an-unknown-optimizer',
    ],
  },
];

/** All of them, in the paper's order. */
export const MUTANTS: readonly Mutant[] = [
  ...distances,
  ...thresholds,
  ...projections,
  ...fractions,
  ...subsets,
  ...steps,
  ...optimizers,
  ...refusals,
];
