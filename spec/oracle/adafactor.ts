/**
 * The optimizers' published formulas in float64, with a bound on what rounding may do to each update.
 * AdaFactor: Shazeer & Stern 2018 as published programs have it, stage by stage (`programs.ts`).
 *
 * Every bound is relative, first-order, and doubled once at the end for the terms of second order. `unit` is the
 * format's epsilon, twice the error of one rounding, so that each operation below counts double already.
 *
 * @module
 */
import { DIALECTS, OPTIMIZERS } from '../implementation.ts';
import type { OptimizerChoice } from '../implementation.ts';
import type { Format } from './formats.ts';
import { FORMATS, isExact, isExactProduct } from './formats.ts';
import { defaultsOf, matricesOf, PROGRAMS } from './programs.ts';

/** An update and how far, element by element, a conforming one may lie from it. */
export interface BoundedUpdate {
  readonly update: number[];
  readonly error: number[];
}

/**
 * An optimizer over one tensor; each call is the next step. θ is what the implementation shows that it holds then, and
 * `doubts` by how much what it does hold may differ.
 */
export type OptimizerOracle = (
  theta: readonly number[],
  gradient: readonly number[],
  doubts: readonly number[],
) => BoundedUpdate;

function unknown(where: string, names: readonly string[], name: string): TypeError {
  return new TypeError(`${where}: expected one of ${names.join(', ')}, got "${name}"`);
}

/** @param rounding - by how much rounding may move an update relatively, if that is known better than from the number of elements. */
export function createOptimizerOracle(
  choice: OptimizerChoice,
  shape: readonly number[],
  format: Format,
  rounding?: number,
): OptimizerOracle {
  const name = OPTIMIZERS.find((known) => known === choice.name);
  switch (name) {
    case 'sgd':
      return sgd(choice.learningRate, format);
    case 'adafactor':
      return adafactor(choice, shape, format, rounding);
    case undefined:
      throw unknown('optimizer', OPTIMIZERS, choice.name);
  }
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

function adafactor(
  choice: OptimizerChoice,
  shape: readonly number[],
  format: Format,
  rounding: number | undefined,
): OptimizerOracle {
  const dialect = DIALECTS.find((name) => name === (choice.dialect ?? 't5x'));
  if (dialect === undefined) throw unknown('dialect', DIALECTS, String(choice.dialect));
  const program = PROGRAMS[dialect];
  const options = { ...defaultsOf(program, format), ...choice };
  const { learningRate, epsilon2, clippingThreshold, relativeStep, weightDecay } = options;
  const isScaled = options.multiplyByParameterScale && (relativeStep || !program.scalesRelativeStepsAlone);
  const unit = format.epsilon;
  const [added, floor] = program.epsilon1IsAFloor ? [0, options.epsilon1] : [options.epsilon1, 0];
  const axes = program.axes(shape, options.minDimSizeToFactor);
  const updateSecondMoment =
    axes === undefined ? fullMoment(added, floor, unit) : factoredMoment(shape, axes, added, floor, unit);
  const decayMeans = momentumOf(options.momentum ?? 0, program.momentumIsInBfloat16, unit);
  let step = 0;

  return (theta, gradient, doubts) => {
    step++;
    const n = gradient.length;
    // β₂ₜ = 1 − t^−0.8 with t from 1: no history in the first step.
    const v = updateSecondMoment(gradient, Math.min(1 - step ** -options.decayRate, options.beta2Cap ?? 1));
    const y = gradient.map((g, i) => g / Math.sqrt(v.values[i]));
    // A square root halves the relative error; then one root, one division (or a power and a product).
    const yError = v.relativeError / 2 + 3 * unit;
    const clip = clippingThreshold === null ? 1 : Math.max(1, computeRms(y) / clippingThreshold);
    // A mean of n squares in any order: n + 3 operations, halved by the root.
    const rmsError = (n + 3) * unit;
    const decayedFirst = program.decaysBeforeTheScale ? Math.abs(1 - (weightDecay ?? 0) * learningRate) : 1;
    const scale = isScaled ? Math.max(epsilon2, decayedFirst * computeRms(theta)) : 1;
    const rate = relativeStep ? Math.min(1e-2, step ** -0.5) : program.rate(learningRate, step);
    // By how much, relatively, the scale of what is held may differ: much, where updates cancel the parameters.
    const scaleDoubt = isScaled ? computeRms(doubts) / scale : 0;
    const relative = (rounding ?? 2 * (2 * yError + 2 * rmsError + 4 * unit)) + scaleDoubt;
    const moved = (values: readonly number[], errors: readonly number[]): BoundedUpdate => ({
      update: values.map((value) => -rate * scale * value),
      error: errors.map((error) => rate * scale * error + format.smallest),
    });
    const clipped = y.map((value) => value / clip);
    const errors = clipped.map((value) => Math.abs(value) * relative);
    const averaged = (): BoundedUpdate => {
      if (!program.momentumIsBeforeTheRate) {
        const { update, error } = moved(clipped, errors);
        return decayMeans(update, error);
      }
      const { update, error } = decayMeans(clipped, errors);
      // It is exact in bfloat16: what is left are the rate and the product.
      return moved(
        update,
        error.map((e, i) => e + 2 * unit * Math.abs(update[i])),
      );
    };
    const decayed = averaged();
    if (weightDecay === null) return decayed;
    const factor = weightDecay * program.weightDecayFactor(learningRate, rate * scale);
    return {
      update: decayed.update.map((u, i) => u - factor * theta[i]),
      // θ(1 − w) − u has three roundings of θ's size; the factor may have the error of a root mean square.
      error: decayed.error.map((e, i) => {
        const ofTheta = 2 * unit + factor * ((rounding ?? 2 * (rmsError + 4 * unit)) + scaleDoubt);
        return e + Math.abs(theta[i]) * ofTheta + factor * doubts[i];
      }),
    };
  };
}

/** m = β₁ m + (1 − β₁) u, if it is on; in bfloat16 both u and m are rounded to it. */
function momentumOf(beta: number, isInBfloat16: boolean, unit: number) {
  let mean: number[] = [];
  let meanError: number[] = [];
  const kept = isInBfloat16 ? bracket : (bounded: BoundedUpdate): BoundedUpdate => bounded;
  return (update: number[], error: number[]): BoundedUpdate => {
    if (beta === 0) return { update, error };
    const taken = kept({ update, error });
    const decay = (previous: number, next: number): number => beta * previous + (1 - beta) * next;
    const means = taken.update.map((u, i) => decay(mean[i] ?? 0, u));
    const errors = taken.error.map((e, i) => {
      const sizes = decay(Math.abs(mean[i] ?? 0), Math.abs(taken.update[i]));
      return decay(meanError[i] ?? 0, e) + 4 * unit * sizes;
    });
    const now = kept({ update: means, error: errors });
    mean = now.update;
    meanError = now.error;
    return now;
  };
}

/** What may come of the values once they are rounded to bfloat16: mostly one number, and then without an error. */
function bracket({ update, error }: BoundedUpdate): BoundedUpdate {
  const { round } = FORMATS.bfloat16;
  const ends = update.map((u, i) => [round(u - error[i]), round(u + error[i])] as const);
  return {
    update: ends.map(([low, high]) => (low + high) / 2),
    error: ends.map(([low, high]) => (high - low) / 2),
  };
}

type Moments = (gradient: readonly number[], decay: number) => SecondMoment;

/** v = β₂ v + (1 − β₂)(g² + added), no smaller than floor² */
function fullMoment(added: number, floor: number, unit: number): Moments {
  let v: number[] = [];
  let steps = 0;
  return (gradient, decay) => {
    v = gradient.map((g, i) => decay * (v[i] ?? 0) + (1 - decay) * (g * g + added));
    // A step: a square, a sum, β₂ (a power and a difference), two products, a sum; weights add up to 1.
    return { values: v.map((value) => Math.max(value, floor * floor)), relativeError: ++steps * 8 * unit };
  };
}

/**
 * v_row and v_col are the same average of the means over columns and rows; v ≈ v_row v_colᵀ / mean(v_row), each matrix of
 * a stack by itself. torch: the mean is no smaller than the floor, v no smaller than its square.
 */
function factoredMoment(
  shape: readonly number[],
  axes: readonly [number, number],
  added: number,
  floor: number,
  unit: number,
): Moments {
  const [rows, columns] = axes.map((axis) => shape[axis]);
  const matrices = matricesOf(shape, axes);
  const vRow: number[] = [];
  const vCol: number[] = [];
  let steps = 0;
  return (gradient, decay) => {
    const squares = gradient.map((g) => g * g + added);
    const values = squares.map(() => 0);
    for (const [matrix, places] of matrices.entries()) {
      const part = places.map((place) => squares[place]);
      for (let i = 0; i < rows; i++) {
        const mean = computeMean(part.slice(i * columns, (i + 1) * columns));
        vRow[matrix * rows + i] = decay * (vRow[matrix * rows + i] ?? 0) + (1 - decay) * mean;
      }
      for (let j = 0; j < columns; j++) {
        const mean = computeMean(Array.from({ length: rows }, (_, i) => part[i * columns + j]));
        vCol[matrix * columns + j] = decay * (vCol[matrix * columns + j] ?? 0) + (1 - decay) * mean;
      }
      const rowMean = Math.max(computeMean(vRow.slice(matrix * rows, (matrix + 1) * rows)), floor);
      for (const [k, place] of places.entries()) {
        const [row, column] = [matrix * rows + Math.floor(k / columns), matrix * columns + (k % columns)];
        values[place] = Math.max((vRow[row] / rowMean) * vCol[column], floor * floor);
      }
    }
    // As above, plus the means (torch: of a norm that is squared again); two factors and the mean of one of them.
    const each = ++steps * 8 * unit + (rows + columns + 4) * unit;
    return { values, relativeError: 3 * each + (rows + 6) * unit };
  };
}

function computeMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function computeRms(values: readonly number[]): number {
  return Math.sqrt(computeMean(values.map((value) => value * value)));
}
