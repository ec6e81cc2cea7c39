/**
 * The optimizers' published formulas in float64, with a bound on what rounding may do to each update.
 * AdaFactor: Shazeer & Stern 2018 as t5x/adafactor.py has it, stage by stage.
 *
 * Every bound is relative, first-order, and doubled once at the end for the terms of second order. `unit` is the
 * format's epsilon, twice the error of one rounding, so that each operation below counts double already.
 *
 * @module
 */
import type { OptimizerChoice } from '../implementation.ts';
import type { Format } from './formats.ts';
import { isExact, isExactProduct } from './formats.ts';

/** An update and how far, element by element, a conforming one may lie from it. */
export interface BoundedUpdate {
  readonly update: number[];
  readonly error: number[];
}

/** An optimizer over one tensor; each call is the next step. θ is what the implementation itself holds then. */
export type OptimizerOracle = (theta: readonly number[], gradient: readonly number[]) => BoundedUpdate;

/** The protocol's defaults, which are t5x's. */
const DEFAULTS = {
  decayRate: 0.8,
  epsilon1: 1e-30,
  epsilon2: 1e-3,
  clippingThreshold: 1,
  minDimSizeToFactor: 128,
  multiplyByParameterScale: true,
} as const;

export function createOptimizerOracle(
  choice: OptimizerChoice,
  shape: readonly number[],
  format: Format,
): OptimizerOracle {
  return choice.name === 'sgd' ? sgd(choice.learningRate, format) : adafactor(choice, shape, format);
}

/** u = −lr · g: one rounding. */
function sgd(learningRate: number, format: Format): OptimizerOracle {
  return (_theta, gradient) => ({
    update: gradient.map((g) => -learningRate * g),
    error: gradient.map((g) =>
      isExactProduct(format, learningRate, g) && isExact(format, learningRate)
        ? 0
        : Math.abs(learningRate * g) * format.epsilon + format.smallest,
    ),
  });
}

interface SecondMoment {
  /** v, or the product of its factors. */
  readonly values: number[];
  readonly relativeError: number;
}

function adafactor(choice: OptimizerChoice, shape: readonly number[], format: Format): OptimizerOracle {
  const options = { ...DEFAULTS, ...choice };
  const unit = format.epsilon;
  const updateSecondMoment = isFactored(shape, options.minDimSizeToFactor)
    ? factoredMoment(shape[0], shape[1], options.epsilon1, unit)
    : fullMoment(options.epsilon1, unit);
  const momentum = choice.momentum ?? 0;
  let mean: number[] = [];
  let meanError: number[] = [];
  let step = 0;

  return (theta, gradient) => {
    step++;
    const n = gradient.length;
    // β₂ₜ = 1 − t^−0.8 with t from 1: no history in the first step.
    const v = updateSecondMoment(gradient, 1 - step ** -options.decayRate);
    const y = gradient.map((g, i) => g / Math.sqrt(v.values[i]));
    // A square root halves the relative error; then one root, one division (or a power and a product).
    const yError = v.relativeError / 2 + 3 * unit;
    const clip = Math.max(1, computeRms(y) / options.clippingThreshold);
    // A mean of n squares in any order: n + 3 operations, halved by the root.
    const rmsError = (n + 3) * unit;
    const rms = options.multiplyByParameterScale ? Math.max(options.epsilon2, computeRms(theta)) : 1;
    const relative = 2 * (2 * yError + 2 * rmsError + 4 * unit);
    const update = y.map((value) => (-options.learningRate * rms * value) / clip);
    const error = update.map((value) => Math.abs(value) * relative + format.smallest);
    return decayMeans(update, error);
  };

  /** m = β₁ m + (1 − β₁) u, where it is on; then weight decay, which t5x does not scale by the learning rate. */
  function decayMeans(update: number[], error: number[]): BoundedUpdate {
    if (momentum === 0) return { update, error };
    const decay = (previous: number, next: number): number => momentum * previous + (1 - momentum) * next;
    const means = update.map((u, i) => decay(mean[i] ?? 0, u));
    meanError = error.map((e, i) => {
      const sizes = decay(Math.abs(mean[i] ?? 0), Math.abs(update[i]));
      return decay(meanError[i] ?? 0, e) + 4 * unit * sizes;
    });
    mean = means;
    return { update: means, error: meanError };
  }
}

/** Factored where the smaller of two dimensions is large enough; the rules for more dimensions differ by dialect. */
export function isFactored(shape: readonly number[], minDimSizeToFactor: number): boolean {
  return shape.length === 2 && Math.min(...shape) >= minDimSizeToFactor;
}

/** v = β₂ v + (1 − β₂)(g² + ε₁) */
function fullMoment(epsilon1: number, unit: number): (gradient: readonly number[], decay: number) => SecondMoment {
  let v: number[] = [];
  let steps = 0;
  return (gradient, decay) => {
    v = gradient.map((g, i) => decay * (v[i] ?? 0) + (1 - decay) * (g * g + epsilon1));
    // A step: a square, a sum, β₂ (a power and a difference), two products, a sum; weights add up to 1.
    return { values: v, relativeError: ++steps * 8 * unit };
  };
}

/** v_row and v_col are the same average of the means over columns and rows; v ≈ v_row v_colᵀ / mean(v_row). */
function factoredMoment(
  rows: number,
  columns: number,
  epsilon1: number,
  unit: number,
): (gradient: readonly number[], decay: number) => SecondMoment {
  const vRow = new Array<number>(rows).fill(0);
  const vCol = new Array<number>(columns).fill(0);
  let steps = 0;
  return (gradient, decay) => {
    const squares = gradient.map((g) => g * g + epsilon1);
    for (let i = 0; i < rows; i++) {
      const mean = computeMean(squares.slice(i * columns, (i + 1) * columns));
      vRow[i] = decay * vRow[i] + (1 - decay) * mean;
    }
    for (let j = 0; j < columns; j++) {
      const mean = computeMean(squares.filter((_, index) => index % columns === j));
      vCol[j] = decay * vCol[j] + (1 - decay) * mean;
    }
    const rowMean = computeMean(vRow);
    const values = squares.map((_, i) => (vRow[Math.floor(i / columns)] / rowMean) * vCol[i % columns]);
    // As above, plus the means; two factors and the mean of one of them.
    const each = ++steps * 8 * unit + (rows + columns + 2) * unit;
    return { values, relativeError: 3 * each + (rows + 6) * unit };
  };
}

function computeMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function computeRms(values: readonly number[]): number {
  return Math.sqrt(computeMean(values.map((value) => value * value)));
}
