/**
 * AdaFactor, literally, in pieces that can be replaced one by one; see `pieces.ts`.
 *
 * @module
 */
import type { Dialect, OptimizerChoice, OptimizerName } from '../implementation.ts';
import type { Round } from './pieces.ts';
import { findAxes, lastTwo, ROWS, splitMatrices } from './programs.ts';
import type { Axes, Defaults, MomentumStage } from './programs.ts';

/** Every decision of the optimizers that an implementer may get wrong. */
export interface OptimizerPieces {
  /** β₂ at the step t, counted from 1. */
  decay(step: number, rate: number): number;
  /** β₂ under its cap, if there is one. */
  cap(decay: number, cap: number | null): number;
  square(gradient: number, epsilon1: number): number;
  average(previous: number, next: number, decay: number): number;
  /** g / √v */
  precondition(gradient: number, v: number): number;
  isFactored(shape: readonly number[], minimum: number, dialect: Dialect): boolean;
  /** The two dimensions that are factored, the earlier first, of a tensor that is. */
  axes(shape: readonly number[], minimum: number, dialect: Dialect): Axes;
  /** v from its row's and column's means. */
  combine(row: number, column: number, rowMean: number): number;
  clip(rms: number, threshold: number): number;
  /** What an update is divided by if there is no threshold. */
  noClip(rms: number): number;
  scale(rms: number, epsilon2: number): number;
  /** ρ at the step t, counted from 1. */
  rate(learningRate: number, step: number, dialect: Dialect): number;
  /** What is taken in the learning rate's place if the step is relative. */
  relativeRate(learningRate: number, step: number): number;
  /** What ε₁ adds to a square, and the least that √v̂ is. */
  regularise(epsilon1: number, dialect: Dialect): { readonly added: number; readonly floor: number };
  /** Whether weight decay is a part of the update that momentum averages. */
  averagesDecayed: boolean;
  /** Whether the parameter scale is on if nothing is said. */
  isScaled(dialect: Dialect): boolean;
  /** Whether the parameter scale is taken if it is on. */
  scales(isRelative: boolean, dialect: Dialect): boolean;
  /** What other options are if nothing is said. */
  defaults(dialect: Dialect): Defaults;
  /** Whether RMS(θ) is taken of θ less its decay. */
  decaysFirst(dialect: Dialect): boolean;
  /** Whether momentum is of the updates before the rate, and what it is kept in. */
  momentumOf(dialect: Dialect): MomentumStage;
  /** ε₁ if nothing is said, of the format's epsilon. */
  epsilon1(formatEpsilon: number, dialect: Dialect): number;
  /** ε₂ if nothing is said. */
  epsilon2(dialect: Dialect): number;
  /** What θ is multiplied with and taken from the update. */
  weightDecay(w: number, learningRate: number, step: number, dialect: Dialect): number;
  /** The root mean square, of a sum of squares and a count. */
  rms(sum: number, count: number): number;
  momentum(previous: number, update: number, beta: number): number;
  /** Σ over a tensor, a row or a column. */
  sum(values: readonly number[], round: Round): number;
  /** What the update is stored as, before it is added to θ; a fused product and sum keeps it whole. */
  store(update: number, round: Round): number;
  sign: number;
  minDimSizeToFactor: number;
}

export const LITERAL_OPTIMIZER: OptimizerPieces = {
  decay: (step, rate) => 1 - step ** -rate,
  square: (gradient, epsilon1) => gradient * gradient + epsilon1,
  average: (previous, next, decay) => decay * previous + (1 - decay) * next,
  precondition: (gradient, v) => gradient / Math.sqrt(v),
  cap: (decay, cap) => (cap === null ? decay : Math.min(cap, decay)),
  isFactored: (shape, minimum, dialect) => findAxes(shape, minimum, ROWS[dialect]) !== undefined,
  axes: (shape, minimum, dialect) => findAxes(shape, minimum, ROWS[dialect]) ?? lastTwo(shape)[0],
  combine: (row, column, rowMean) => (row / rowMean) * column,
  clip: (rms, threshold) => Math.max(1, rms / threshold),
  noClip: () => 1,
  scale: (rms, epsilon2) => Math.max(epsilon2, rms),
  rate: (learningRate, step, dialect) => ROWS[dialect].rate(learningRate, step),
  relativeRate: (_learningRate, step) => Math.min(0.01, step ** -0.5),
  regularise: (epsilon1, dialect) => ROWS[dialect].regularise(epsilon1),
  averagesDecayed: false,
  epsilon2: () => 1e-3,
  isScaled: (dialect) => ROWS[dialect].isScaled,
  scales: (isRelative, dialect) => ROWS[dialect].scales(isRelative),
  defaults: (dialect) => ROWS[dialect].defaults,
  decaysFirst: (dialect) => ROWS[dialect].decaysFirst,
  momentumOf: (dialect) => ROWS[dialect].momentum,
  epsilon1: (formatEpsilon, dialect) => ROWS[dialect].epsilon1(formatEpsilon),
  weightDecay: (w, learningRate, step, dialect) => ROWS[dialect].weightDecay(w, learningRate, step),
  rms: (sum, count) => Math.sqrt(sum / count),
  momentum: (previous, update, beta) => beta * previous + (1 - beta) * update,
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  store: (update, round) => round(update),
  sign: -1,
  minDimSizeToFactor: 128,
};

/** One tensor's optimizer: `update` is the step, `observe` what reaches the momentum of it. */
export interface TensorOptimizer {
  update(gradient: readonly number[], theta: readonly number[]): number[];
  /** What the state takes the last update for, if it is not the full one. */
  observe(update: readonly number[]): undefined;
}

/** How the numbers of an optimizer are kept. */
export interface Keeping {
  readonly round: Round;
  /** The format's epsilon. */
  readonly epsilon: number;
  readonly name: OptimizerName;
  readonly dialect: Dialect;
}

/** A column of a matrix by rows: what a filter would find, without a look at the other columns. */
function everyNth(values: readonly number[], n: number, from: number): number[] {
  return Array.from({ length: Math.ceil((values.length - from) / n) }, (_, i) => values[from + i * n]);
}

export function createOptimizer(
  choice: OptimizerChoice,
  shape: readonly number[],
  { round, epsilon, name, dialect }: Keeping,
  pieces: OptimizerPieces,
): TensorOptimizer {
  switch (name) {
    case 'sgd':
      return {
        update: (gradient) => gradient.map((g) => pieces.store(pieces.sign * choice.learningRate * g, round)),
        observe: () => undefined,
      };
    case 'adafactor':
      return createAdafactor(choice, shape, { round, epsilon, dialect }, pieces);
  }
}

function createAdafactor(
  choice: OptimizerChoice,
  shape: readonly number[],
  { round, epsilon, dialect }: Omit<Keeping, 'name'>,
  pieces: OptimizerPieces,
): TensorOptimizer {
  const options = { minDimSizeToFactor: pieces.minDimSizeToFactor, ...pieces.defaults(dialect), ...choice };
  const {
    decayRate = 0.8,
    epsilon2 = pieces.epsilon2(dialect),
    learningRate,
    clippingThreshold,
    minDimSizeToFactor,
  } = options;
  const { epsilon1 = pieces.epsilon1(epsilon, dialect), weightDecay = null } = choice;
  const { multiplyByParameterScale = pieces.isScaled(dialect) } = choice;
  const { added, floor } = pieces.regularise(epsilon1, dialect);
  const beta = options.momentum ?? 0;
  const { isBeforeTheRate, store: keep } = pieces.momentumOf(dialect);
  const isFactored = pieces.isFactored(shape, minDimSizeToFactor, dialect);
  const axes = pieces.axes(shape, minDimSizeToFactor, dialect);
  const [rows, columns] = axes.map((axis) => shape[axis]);
  let step = 0;
  const slots = new Map<string, number>();
  let momentum: readonly number[] = [];
  let last: readonly number[] = [];

  const averageOf = (slot: string, next: number, decay: number): number => {
    const value = round(pieces.average(slots.get(slot) ?? 0, next, decay));
    slots.set(slot, value);
    return value;
  };
  const mean = (values: readonly number[]): number => pieces.sum(values, round) / values.length;
  const rmsOf = (values: readonly number[]): number => {
    const squares = values.map((x) => x * x);
    return round(pieces.rms(pieces.sum(squares, round), values.length));
  };
  const matrixMoment = (squares: readonly number[], matrix: number, decay: number): number[] => {
    const vRow = Array.from({ length: rows }, (_, i) =>
      averageOf(`r${matrix} ${i}`, mean(squares.slice(i * columns, (i + 1) * columns)), decay),
    );
    const vCol = Array.from({ length: columns }, (_, j) =>
      averageOf(`c${matrix} ${j}`, mean(everyNth(squares, columns, j)), decay),
    );
    const rowMean = Math.max(mean(vRow), floor);
    return squares.map((_, i) => pieces.combine(vRow[Math.floor(i / columns)], vCol[i % columns], rowMean));
  };
  const secondMoment = (squares: readonly number[], decay: number): number[] => {
    if (!isFactored) return squares.map((square, i) => averageOf(`v${i}`, square, decay));
    const v = squares.map(() => 0);
    for (const [matrix, places] of splitMatrices(shape, axes).entries()) {
      const part = places.map((place) => squares[place]);
      for (const [i, value] of matrixMoment(part, matrix, decay).entries()) v[places[i]] = value;
    }
    return v;
  };

  const averaged = (values: readonly number[]): readonly number[] => {
    if (beta === 0) return values;
    momentum = values.map((u, i) => keep(round(pieces.momentum(momentum[i] ?? 0, keep(u), beta))));
    return momentum;
  };

  return {
    update(gradient, theta) {
      const decay = pieces.cap(pieces.decay(++step, decayRate), options.beta2Cap);
      const squares = gradient.map((g) => round(pieces.square(g, added)));
      const v = secondMoment(squares, decay).map((value) => Math.max(value, floor * floor));
      const y = gradient.map((g, i) => round(pieces.precondition(g, v[i])));
      const left = pieces.decaysFirst(dialect) ? Math.abs(1 - (weightDecay ?? 0) * learningRate) : 1;
      const isScaled = multiplyByParameterScale && pieces.scales(options.relativeStep, dialect);
      const scale = isScaled ? pieces.scale(left * rmsOf(theta), epsilon2) : 1;
      const rate = options.relativeStep
        ? pieces.relativeRate(learningRate, step)
        : pieces.rate(learningRate, step, dialect);
      const clip = clippingThreshold === null ? pieces.noClip(rmsOf(y)) : pieces.clip(rmsOf(y), clippingThreshold);
      const moved = (values: readonly number[], factor: number): number[] =>
        values.map((value) => pieces.store(pieces.sign * factor * value, round));
      const decayed = (values: readonly number[]): readonly number[] => {
        if (weightDecay === null) return values;
        const shrink = pieces.weightDecay(weightDecay, learningRate, rate * scale, dialect);
        return values.map((u, i) => round(u - shrink * theta[i]));
      };
      if (isBeforeTheRate) {
        last = decayed(moved(averaged(y.map((value) => round(value / clip))), rate * scale));
      } else {
        const update = moved(y, (rate * scale) / clip);
        last = pieces.averagesDecayed ? averaged(decayed(update)) : decayed(averaged(update));
      }
      return [...last];
    },
    observe(update) {
      momentum = momentum.map((mean, i) => (update[i] === last[i] ? mean : update[i]));
      return undefined;
    },
  };
}
