/**
 * AdaFactor, literally, in pieces that can be replaced one by one; see `pieces.ts`.
 *
 * @module
 */
import type { Dialect, OptimizerChoice, OptimizerName } from '../implementation.ts';
import type { Round } from './pieces.ts';

/** Every decision of the optimizers that an implementer may get wrong. */
export interface OptimizerPieces {
  /** β₂ at the step t, counted from 1. */
  decay(step: number, rate: number): number;
  square(gradient: number, epsilon1: number): number;
  average(previous: number, next: number, decay: number): number;
  /** g / √v */
  precondition(gradient: number, v: number): number;
  isFactored(shape: readonly number[], minimum: number, dialect: Dialect): boolean;
  /** v from its row's and column's means. */
  combine(row: number, column: number, rowMean: number): number;
  clip(rms: number, threshold: number): number;
  scale(rms: number, epsilon2: number): number;
  /** ρ at the step t, counted from 1. */
  rate(learningRate: number, step: number, dialect: Dialect): number;
  /** What ε₁ adds to a square, and the least that √v̂ is. */
  regularise(epsilon1: number, dialect: Dialect): { readonly added: number; readonly floor: number };
  /** Whether the parameter scale is on if nothing is said. */
  isScaled(dialect: Dialect): boolean;
  /** ε₁ if nothing is said, of the format's epsilon. */
  epsilon1(formatEpsilon: number, dialect: Dialect): number;
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

/** What differs from program to program, a row each. */
interface Differences {
  readonly factorsEveryMatrix: boolean;
  readonly isScaled: boolean;
  readonly rate: (learningRate: number, step: number) => number;
  readonly regularise: (epsilon1: number) => { readonly added: number; readonly floor: number };
  readonly epsilon1: (formatEpsilon: number) => number;
  readonly weightDecay: (w: number, learningRate: number, step: number) => number;
}

const ADDED: Pick<Differences, 'rate' | 'regularise' | 'epsilon1'> = {
  rate: (learningRate) => learningRate,
  regularise: (epsilon1) => ({ added: epsilon1, floor: 0 }),
  epsilon1: () => 1e-30,
};

const ROWS: Readonly<Record<Dialect, Differences>> = {
  t5x: { ...ADDED, factorsEveryMatrix: false, isScaled: true, weightDecay: (w) => w },
  optax: { ...ADDED, factorsEveryMatrix: false, isScaled: true, weightDecay: (w) => w },
  praxis: { ...ADDED, factorsEveryMatrix: true, isScaled: false, weightDecay: (w, learningRate) => w * learningRate },
  huggingface: {
    ...ADDED,
    factorsEveryMatrix: true,
    isScaled: true,
    weightDecay: (w, _learningRate, step) => w * step,
  },
  torch: {
    factorsEveryMatrix: true,
    isScaled: true,
    rate: (learningRate, step) => Math.min(learningRate, step ** -0.5),
    regularise: (epsilon1) => ({ added: 0, floor: epsilon1 }),
    epsilon1: (formatEpsilon) => formatEpsilon,
    weightDecay: (w, learningRate) => w * learningRate,
  },
};

export const LITERAL_OPTIMIZER: OptimizerPieces = {
  decay: (step, rate) => 1 - step ** -rate,
  square: (gradient, epsilon1) => gradient * gradient + epsilon1,
  average: (previous, next, decay) => decay * previous + (1 - decay) * next,
  precondition: (gradient, v) => gradient / Math.sqrt(v),
  isFactored(shape, minimum, dialect) {
    if (ROWS[dialect].factorsEveryMatrix) return shape.length >= 2;
    return shape.filter((dimension) => dimension >= minimum).length >= 2;
  },
  combine: (row, column, rowMean) => (row / rowMean) * column,
  clip: (rms, threshold) => Math.max(1, rms / threshold),
  scale: (rms, epsilon2) => Math.max(epsilon2, rms),
  rate: (learningRate, step, dialect) => ROWS[dialect].rate(learningRate, step),
  regularise: (epsilon1, dialect) => ROWS[dialect].regularise(epsilon1),
  isScaled: (dialect) => ROWS[dialect].isScaled,
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
  const { decayRate = 0.8, epsilon2 = 1e-3, clippingThreshold = 1, learningRate } = choice;
  const { epsilon1 = pieces.epsilon1(epsilon, dialect), minDimSizeToFactor = pieces.minDimSizeToFactor } = choice;
  const { multiplyByParameterScale = pieces.isScaled(dialect) } = choice;
  const { added, floor } = pieces.regularise(epsilon1, dialect);
  const beta = choice.momentum ?? 0;
  const isFactored = pieces.isFactored(shape, minDimSizeToFactor, dialect);
  const [rows, columns] = shape.slice(-2);
  let step = 0;
  const slots = new Map<string, number>();
  let momentum: number[] = [];

  const decayed = (slot: string, next: number, decay: number): number => {
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
      decayed(`r${matrix} ${i}`, mean(squares.slice(i * columns, (i + 1) * columns)), decay),
    );
    const vCol = Array.from({ length: columns }, (_, j) =>
      decayed(`c${matrix} ${j}`, mean(everyNth(squares, columns, j)), decay),
    );
    const rowMean = Math.max(mean(vRow), floor);
    return squares.map((_, i) => pieces.combine(vRow[Math.floor(i / columns)], vCol[i % columns], rowMean));
  };
  const secondMoment = (squares: readonly number[], decay: number): number[] => {
    if (!isFactored) return squares.map((square, i) => decayed(`v${i}`, square, decay));
    const size = rows * columns;
    return Array.from({ length: squares.length / size }, (_, matrix) =>
      matrixMoment(squares.slice(matrix * size, (matrix + 1) * size), matrix, decay),
    ).flat();
  };

  return {
    update(gradient, theta) {
      const decay = pieces.decay(++step, decayRate);
      const squares = gradient.map((g) => round(pieces.square(g, added)));
      const v = secondMoment(squares, decay).map((value) => Math.max(value, floor * floor));
      const y = gradient.map((g, i) => round(pieces.precondition(g, v[i])));
      const scale = multiplyByParameterScale ? pieces.scale(rmsOf(theta), epsilon2) : 1;
      const rate = pieces.rate(learningRate, step, dialect);
      const factor = (rate * scale) / pieces.clip(rmsOf(y), clippingThreshold);
      let update = y.map((value) => pieces.store(pieces.sign * factor * value, round));
      if (beta !== 0) {
        momentum = update.map((u, i) => round(pieces.momentum(momentum[i] ?? 0, u, beta)));
        update = momentum;
      }
      if (choice.weightDecay === undefined || choice.weightDecay === null) return update;
      const shrink = pieces.weightDecay(choice.weightDecay, learningRate, rate * scale, dialect);
      return update.map((u, i) => round(u - shrink * theta[i]));
    },
    observe(update) {
      if (beta !== 0) momentum = [...update];
      return undefined;
    },
  };
}
