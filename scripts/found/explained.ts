/**
 * Which mutants survive, and why none of them is wrong: a test holds that each of them survives, and that no other does.
 *
 * @module
 */
import type { FoundMutant } from './mutants.ts';

export const KINDS = [
  { kind: 'equal', means: 'it answers the same to whatever may be asked.' },
  { kind: 'ruling', means: 'it answers otherwise where the paper leaves it open, and is right as well.' },
  { kind: 'rounding', means: 'it answers otherwise, within the bound of rounding.' },
  { kind: 'unasked', means: 'nothing that is asked comes to that place.' },
] as const;

/** Mutants that survive for the same reason. */
export interface Explanation {
  readonly file: FoundMutant['file'];
  readonly kind: (typeof KINDS)[number]['kind'];
  readonly why: string;
  readonly mutants: readonly FoundMutant['id'][];
}

/** @returns why a mutant survives, if it should. */
export function explanationOf({ file, id }: Pick<FoundMutant, 'file' | 'id'>): Explanation | undefined {
  return EXPLANATIONS.find((explanation) => explanation.file === file && explanation.mutants.includes(id));
}

const PAGE = 'src/paper.ts';
const OPTIMIZERS = 'spec/mutants/optimizers.ts';
const PROGRAMS = 'spec/mutants/programs.ts';

export const EXPLANATIONS: readonly Explanation[] = [
  {
    file: PAGE,
    kind: 'equal',
    why: 'A vector adds up its own elements in float64 as well.',
    mutants: ['total: Array.from(delta) → (delta)'],
  },
  {
    file: PAGE,
    kind: 'ruling',
    why: 'Of two subsets that lie equally near, either is the nearest.',
    mutants: ['nearest: total(delta) > least → total(delta) >= least'],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'Among all subsets each is found with its complement, and the remainder by −2 is that by 2.',
    mutants: ['nearest: (subset >> i) % 2 === 1 → (subset >> i) % 2 !== 1', 'nearest: 1 → (0)', 'nearest: 2 → (-2) #2'],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'A vector has nothing before its first and after its last element: what is read there is undefined, equals itself and exceeds nothing, and what is written is lost.',
    mutants: [
      'countChanged: 0 → (-1) #2',
      'countChanged: i < theta.length → i <= theta.length',
      'candidate: 0 → (-1)',
      'candidate: i < thetaHat.length → i <= thetaHat.length',
      'absolute: 0 → (-1)',
      'absolute: i < delta.length → i <= delta.length',
      'relative: 0 → (-1)',
      'relative: i < delta.length → i <= delta.length',
      'inverseRelative: 0 → (-1)',
      'inverseRelative: i < delta.length → i <= delta.length',
      'project: 0 → (-1)',
      'project: i < theta.length → i <= theta.length',
      'countAbove: 0 → (-1) #2',
      'countAbove: i < delta.length → i <= delta.length',
      'overlap: 0 → (-1) #2',
      'overlap: i < theta0.length → i <= theta0.length',
      'nearest: 0 → (-1) #2',
      'nearest: i < theta.length → i <= theta.length',
    ],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'Subset −1 is subset 0 once more, and so is subset 2ⁿ of n parameters.',
    mutants: ['nearest: 0 → (-1)', 'nearest: subset < 2 ** theta.length → subset <= 2 ** theta.length'],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'The two may change places: |a − b|, a + b, whether a is b, and how many of a are not b.',
    mutants: [
      'isFeasible: countChanged(theta, theta0) → countChanged(theta0, theta)',
      'isFeasibleInEverySilo: isFeasible(of(silo, theta), of(silo, theta0), epsilon) → isFeasible(of(silo, theta0), of(silo, theta), epsilon)',
      'countChanged: Object.is(theta[i], theta0[i]) → Object.is(theta0[i], theta[i])',
      'nearest: isFeasible(tried, theta0, epsilon) → isFeasible(theta0, tried, epsilon)',
      'nearest: distance(delta, thetaHat, tried, theta0) → distance(delta, tried, thetaHat, theta0)',
      'relative: absolute(delta, thetaHat, theta) → absolute(delta, theta, thetaHat)',
      'inverseRelative: absolute(delta, thetaHat, theta) → absolute(delta, theta, thetaHat)',
      'overlap: Object.is(thetaA[i], theta0[i]) → Object.is(theta0[i], thetaA[i])',
      'overlap: Object.is(thetaB[i], theta0[i]) → Object.is(theta0[i], thetaB[i])',
      'overlap: share(countChanged(thetaA, theta0), countChanged(thetaB, theta0), inBoth) → share(countChanged(thetaB, theta0), countChanged(thetaA, theta0), inBoth)',
      'overlap: countChanged(thetaA, theta0) → countChanged(theta0, thetaA)',
      'overlap: countChanged(thetaB, theta0) → countChanged(theta0, thetaB)',
      'step: candidate(thetaHat, theta, u) → candidate(thetaHat, u, theta)',
      'projectSilos: distance(delta, of(silo, thetaHat), of(silo, theta0), of(silo, theta0)) → distance(delta, of(silo, theta0), of(silo, thetaHat), of(silo, theta0))',
    ],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'A difference makes a number of its right side.',
    mutants: ['ratio: Number(exponent) → (exponent)'],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'A number has one word or two: 4/3 and 8/3 of a word are cut to 1 and 2, and the word after the first is word 1.',
    mutants: ['interpolate: 4 → (3)', 'interpolate: word += 1 → word = 1'],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'Element by element the candidate is read before θ is written in its place.',
    mutants: ['step: theta.slice() → theta #2'],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'Algorithm 2 is called with T everywhere: its default is that of the caller.',
    mutants: [
      'bisect: 10 → (0)',
      'bisect: 10 → (1)',
      'bisect: 10 → (9)',
      'bisect: 10 → (11)',
      'bisect: 10 → (20)',
      'bisect: 10 → (-10)',
    ],
  },
  {
    file: PAGE,
    kind: 'equal',
    why: 'No distance is less than 0: −1 lies below them all as −∞ does.',
    mutants: ['projectSilos: Infinity → 1'],
  },
  {
    file: PAGE,
    kind: 'ruling',
    why: 'Any τ from the lower of the two distances up to the upper keeps the same set: Eq. 6 accepts them all.',
    mutants: [
      'quantile: j + 1 → j * 1',
      'quantile: j + 1 → (j)',
      'quantile: 1 → (0)',
      'place: (position % denominator) << 53n → (position % denominator) >> 53n',
      'place: (position % denominator) << 53n → ((position % denominator))',
      'place: 53n → 0n',
      'place: 53n → 1n',
      'place: 53n → 52n',
      'place: 2 → (3)',
      'place: 2 → (4)',
      'place: 53 → (54)',
      'place: 53 → (106)',
      'interpolate: weight === 0 || lower === upper → true',
      'interpolate: lower + (upper - lower) * weight → (lower)',
    ],
  },
  {
    file: PAGE,
    kind: 'ruling',
    why: 'At ε = 1 a program may keep everything, or everything but the smallest distance (amb-8).',
    mutants: [
      'projectSilos: epsilon === 1 → false',
      'projectSilos: 1 → (0)',
      'projectSilos: 1 → (2)',
      'projectSilos: 1 → (-1)',
      'projectSilos: Infinity → 0',
    ],
  },
  {
    file: OPTIMIZERS,
    kind: 'equal',
    why: 'The larger and the smaller of two do not depend on their order.',
    mutants: [
      'LITERAL_OPTIMIZER.cap: Math.min(cap, decay) → Math.min(decay, cap)',
      'LITERAL_OPTIMIZER.clip: Math.max(1, rms / threshold) → Math.max(rms / threshold, 1)',
      'LITERAL_OPTIMIZER.scale: Math.max(epsilon2, rms) → Math.max(rms, epsilon2)',
      'LITERAL_OPTIMIZER.relativeRate: Math.min(0.01, step ** -0.5) → Math.min(step ** -0.5, 0.01)',
      'createAdafactor.matrixMoment: Math.max(mean(vRow), floor) → Math.max(floor, mean(vRow))',
      'createAdafactor.update: Math.max(value, floor * floor) → Math.max(floor * floor, value)',
      'createAdafactor.update: pieces.scale(left * rmsOf(theta), epsilon2) → pieces.scale(epsilon2, left * rmsOf(theta))',
    ],
  },
  {
    file: OPTIMIZERS,
    kind: 'equal',
    why: 'β₂ is 0 at the first step: what was before it does not count.',
    mutants: ['createAdafactor.averageOf: 0 → (1)', 'createAdafactor.averageOf: 0 → (-1)'],
  },
  {
    file: OPTIMIZERS,
    kind: 'equal',
    why: 'A last column that is begun is counted whole.',
    mutants: ['everyNth: values.length - from → (values.length)'],
  },
  {
    file: OPTIMIZERS,
    kind: 'equal',
    why: 'Every element is written before it is read.',
    mutants: [
      'createAdafactor.secondMoment: squares.map(() => 0) → squares',
      'createAdafactor.secondMoment: 0 → (1)',
      'createAdafactor.secondMoment: 0 → (-1)',
    ],
  },
  {
    file: OPTIMIZERS,
    kind: 'equal',
    why: 'null counts as 0 in a product; 0 · θ is taken from the update.',
    mutants: [
      'createAdafactor.update: weightDecay ?? 0 → (weightDecay)',
      'createAdafactor.update.decayed: weightDecay === null → false',
      'createAdafactor.update.decayed: null → 1',
    ],
  },
  {
    file: OPTIMIZERS,
    kind: 'equal',
    why: 'What is left out is undefined, and counts as false.',
    mutants: ['LITERAL_OPTIMIZER: averagesDecayed: false → ...{}'],
  },
  {
    file: OPTIMIZERS,
    kind: 'equal',
    why: 'Without a threshold the literal one does not look at the root mean square.',
    mutants: ['createAdafactor.update: rmsOf(y) → (y)'],
  },
  {
    file: OPTIMIZERS,
    kind: 'unasked',
    why: 'Only named mutants replace it, or call it.',
    mutants: [
      'createOptimizer: observe: () => undefined → ...{}',
      'createAdafactor.update: pieces.averagesDecayed → false',
      'createAdafactor.update: averaged(decayed(update)) → (decayed(update))',
      'createAdafactor.update: decayed(update) → (update)',
      'createAdafactor.observe: momentum = momentum.map((mean, i) => (update[i] === last[i] ? mean : update[i])); → nothing',
      'createAdafactor.observe: momentum.map((mean, i) => (update[i] === last[i] ? mean : update[i])) → momentum',
      'createAdafactor.observe: momentum.map((mean, i) => (update[i] === last[i] ? mean : update[i])) → ((mean, i) => (update[i] === last[i] ? mean : update[i]))',
      'createAdafactor.observe: update[i] === last[i] → update[i] !== last[i]',
      'createAdafactor.observe: update[i] === last[i] → true',
      'createAdafactor.observe: update[i] === last[i] → false',
    ],
  },
  {
    file: OPTIMIZERS,
    kind: 'unasked',
    why: 'The one program that takes momentum before the rate has no parameter scale: its scale is 1.',
    mutants: ['createAdafactor.update: rate * scale → rate / scale', 'createAdafactor.update: rate * scale → (rate)'],
  },
  {
    file: OPTIMIZERS,
    kind: 'rounding',
    why: 'One rounding less, in float32, is within the bound of an update; in float64 it is none.',
    mutants: [
      'LITERAL_OPTIMIZER.store: round(update) → (update)',
      'createOptimizer.update: pieces.store(pieces.sign * choice.learningRate * g, round) → (pieces.sign * choice.learningRate * g)',
      'createAdafactor.averageOf: round(pieces.average(slots.get(slot) ?? 0, next, decay)) → (pieces.average(slots.get(slot) ?? 0, next, decay))',
      'createAdafactor.rmsOf: round(pieces.rms(pieces.sum(squares, round), values.length)) → (pieces.rms(pieces.sum(squares, round), values.length))',
      'createAdafactor.averaged: round(pieces.momentum(momentum[i] ?? 0, keep(u), beta)) → (pieces.momentum(momentum[i] ?? 0, keep(u), beta))',
      'createAdafactor.update: round(pieces.square(g, added)) → (pieces.square(g, added))',
      'createAdafactor.update: round(pieces.precondition(g, v[i])) → (pieces.precondition(g, v[i]))',
      'createAdafactor.update.moved: pieces.store(pieces.sign * factor * value, round) → (pieces.sign * factor * value)',
      'createAdafactor.update.decayed: round(u - shrink * theta[i]) → (u - shrink * theta[i])',
      'createAdafactor.update: round(value / clip) → (value / clip)',
    ],
  },
  {
    file: OPTIMIZERS,
    kind: 'rounding',
    why: 'v_row · v_col / mean(v_row) in another order.',
    mutants: [
      'createAdafactor.matrixMoment: pieces.combine(vRow[Math.floor(i / columns)], vCol[i % columns], rowMean) → pieces.combine(vCol[i % columns], vRow[Math.floor(i / columns)], rowMean)',
    ],
  },
  {
    file: PROGRAMS,
    kind: 'equal',
    why: 'The larger and the smaller of two do not depend on their order.',
    mutants: [
      'largestTwo: Math.min(first, second) → Math.min(second, first)',
      'largestTwo: Math.max(first, second) → Math.max(second, first)',
      'ROWS.torch.rate: Math.min(learningRate, step ** -0.5) → Math.min(step ** -0.5, learningRate)',
      'ROWS.keras.rate: Math.min(learningRate, step ** -0.5) → Math.min(step ** -0.5, learningRate)',
    ],
  },
  {
    file: PROGRAMS,
    kind: 'equal',
    why: 'The two largest are the same, whichever dimension the first search leaves out.',
    mutants: [
      'largestTwo.largest: 1 → (2)',
      'largestTwo: -1 → (1)',
      'largestTwo: 1 → (0)',
      'largestTwo: 1 → (2)',
      'largestTwo: 1 → (-1)',
    ],
  },
  {
    file: PROGRAMS,
    kind: 'equal',
    why: 'What is left out is undefined, and counts as false, as 0, or as no cap; β₂ is less than a cap of 1 and more.',
    mutants: [
      'T5X.defaults: momentum: null → ...{}',
      'T5X.defaults: null → 1 #2',
      'T5X.defaults: relativeStep: false → ...{}',
      'T5X: decaysFirst: false → ...{}',
      'T5X.momentum: isBeforeTheRate: false → ...{}',
      'ROWS.momentum: isBeforeTheRate: false → ...{}',
      'ROWS.defaults: relativeStep: false → ...{}',
    ],
  },
  {
    file: PROGRAMS,
    kind: 'equal',
    why: 'Of a matrix the first two dimensions are the last two, and no vector comes so far.',
    mutants: [
      'ROWS.timm.axes: shape.length > 2 → shape.length >= 2',
      'ROWS.timm.axes: shape.length > 2 → true',
      'ROWS.timm.axes: 2 → (0)',
      'ROWS.timm.axes: 2 → (1)',
      'ROWS.timm.axes: 2 → (-2)',
    ],
  },
  {
    file: PROGRAMS,
    kind: 'equal',
    why: 'A place beyond the tensor is a part of no matrix in it, and where a matrix begins is a name and no more.',
    mutants: [
      'splitMatrices: 1 → (2)',
      'splitMatrices: place < size → place <= size',
      'splitMatrices: 0 → (1) #2',
      'splitMatrices: 0 → (-1) #2',
    ],
  },
];
