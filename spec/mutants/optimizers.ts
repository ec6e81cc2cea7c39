/**
 * AdaFactor, literally, in pieces that can be replaced one by one; see `pieces.ts`.
 *
 * @module
 */
import type { OptimizerChoice } from '../implementation.ts';
import type { Round } from './pieces.ts';

/** Every decision of the optimizers that an implementer may get wrong. */
export interface OptimizerPieces {
  /** β₂ at the step t, counted from 1. */
  decay(step: number, rate: number): number;
  square(gradient: number, epsilon1: number): number;
  average(previous: number, next: number, decay: number): number;
  /** g / √v */
  precondition(gradient: number, v: number): number;
  isFactored(shape: readonly number[], minimum: number): boolean;
  /** v from its row's and column's means. */
  combine(row: number, column: number, rowMean: number): number;
  clip(rms: number, threshold: number): number;
  scale(rms: number, epsilon2: number): number;
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
  isFactored: (shape, minimum) => shape.length === 2 && shape[0] >= minimum && shape[1] >= minimum,
  combine: (row, column, rowMean) => (row / rowMean) * column,
  clip: (rms, threshold) => Math.max(1, rms / threshold),
  scale: (rms, epsilon2) => Math.max(epsilon2, rms),
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
  /** What the state takes the last update for, where it is not the full one. */
  observe(update: readonly number[]): undefined;
}

export function createOptimizer(
  choice: OptimizerChoice,
  shape: readonly number[],
  round: Round,
  pieces: OptimizerPieces,
): TensorOptimizer {
  if (choice.name === 'sgd') {
    return {
      update: (gradient) => gradient.map((g) => pieces.store(pieces.sign * choice.learningRate * g, round)),
      observe: () => undefined,
    };
  }
  const { decayRate = 0.8, epsilon1 = 1e-30, epsilon2 = 1e-3, clippingThreshold = 1 } = choice;
  const { minDimSizeToFactor = pieces.minDimSizeToFactor, multiplyByParameterScale = true, learningRate } = choice;
  const beta = choice.momentum ?? 0;
  const isFactored = pieces.isFactored(shape, minDimSizeToFactor);
  const columns = shape[1] ?? 1;
  let step = 0;
  const slots = new Map<string, number>();
  let momentum: number[] = [];

  const decayed = (slot: string, next: number, decay: number): number => {
    const value = round(pieces.average(slots.get(slot) ?? 0, next, decay));
    slots.set(slot, value);
    return value;
  };
  const mean = (values: readonly number[]): number => pieces.sum(values, round) / values.length;
  const rmsOf = (values: readonly number[]): number =>
    round(
      pieces.rms(
        pieces.sum(
          values.map((x) => x * x),
          round,
        ),
        values.length,
      ),
    );
  const secondMoment = (squares: readonly number[], decay: number): number[] => {
    if (!isFactored) return squares.map((square, i) => decayed(`v${i}`, square, decay));
    const row = shape.slice(0, 1).flatMap((count) => Array.from({ length: count }, (_, i) => i));
    const rows = row.map((i) => decayed(`r${i}`, mean(squares.slice(i * columns, (i + 1) * columns)), decay));
    const cols = Array.from({ length: columns }, (_, j) =>
      decayed(`c${j}`, mean(squares.filter((_square, i) => i % columns === j)), decay),
    );
    const rowMean = mean(rows);
    return squares.map((_, i) => pieces.combine(rows[Math.floor(i / columns)], cols[i % columns], rowMean));
  };

  return {
    update(gradient, theta) {
      const decay = pieces.decay(++step, decayRate);
      const squares = gradient.map((g) => round(pieces.square(g, epsilon1)));
      const v = secondMoment(squares, decay);
      const y = gradient.map((g, i) => round(pieces.precondition(g, v[i])));
      const scale = multiplyByParameterScale ? pieces.scale(rmsOf(theta), epsilon2) : 1;
      const factor = (learningRate * scale) / pieces.clip(rmsOf(y), clippingThreshold);
      const update = y.map((value) => pieces.store(pieces.sign * factor * value, round));
      if (beta === 0) return update;
      momentum = update.map((u, i) => round(pieces.momentum(momentum[i] ?? 0, u, beta)));
      return momentum;
    },
    observe(update) {
      if (beta !== 0) momentum = [...update];
      return undefined;
    },
  };
}

