/**
 * The optimizers' published formulas in float64, with a bound on what rounding may do to each update.
 * AdaFactor: Shazeer & Stern 2018 as five programs have it, stage by stage:
 *
 * - t5x: google-research/t5x, t5x/adafactor.py, `apply_param_gradient`
 * - optax: google-deepmind/optax, optax/_src/factorized.py, and optax/_src/alias.py, `adafactor`
 * - praxis: google/praxis, praxis/optimizers.py, `compute_var_and_slot_update`, decay_method "pow"
 * - huggingface: huggingface/transformers, src/transformers/optimization.py, `Adafactor.step`, relative_step off; the
 *   same in facebookresearch/fairseq, fairseq/optim/adafactor.py
 * - torch: pytorch/pytorch, torch/optim/_adafactor.py, `_single_tensor_adafactor`
 *
 * Every bound is relative, first-order, and doubled once at the end for the terms of second order. `unit` is the
 * format's epsilon, twice the error of one rounding, so that each operation below counts double already.
 *
 * @module
 */
import { DIALECTS, OPTIMIZERS } from '../implementation.ts';
import type { Dialect, OptimizerChoice } from '../implementation.ts';
import type { Format } from './formats.ts';
import { isExact, isExactProduct } from './formats.ts';

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

/** How one program differs from the others. */
interface Program {
  /** The default of ε₁; torch: `eps1 = torch.finfo(param.dtype).eps`. */
  readonly epsilon1: (format: Format) => number;
  /** The default of the parameter scale; praxis: `multiply_by_parameter_scale: bool = False`. */
  readonly multiplyByParameterScale: boolean;
  /** Whether small matrices keep v in full; the others factor every tensor of rank 2 and more. */
  readonly factorsFromASize: boolean;
  /** Whether ε₁ is the least that √v̂ can be; in the others it is added to g². */
  readonly epsilon1IsAFloor: boolean;
  /** The step size at the step t; torch: `rho_t = min(lr, 1 / (step_float**0.5))`. */
  readonly rate: (learningRate: number, t: number) => number;
  /**
   * What w is multiplied with before it meets θ. t5x: `(1.0 - weight_decay_rate) * param`; optax: `add_decayed_weights`
   * after the scaling; praxis: `self._weight_decay * learning_rate`; torch: `param.mul_(1 - lr * weight_decay)`, lr
   * without its cap; huggingface: `-group["weight_decay"] * lr`, and lr holds the parameter scale.
   */
  readonly weightDecayFactor: (learningRate: number, scaledRate: number) => number;
}

const T5X: Program = {
  epsilon1: () => 1e-30,
  multiplyByParameterScale: true,
  factorsFromASize: true,
  epsilon1IsAFloor: false,
  rate: (learningRate) => learningRate,
  weightDecayFactor: () => 1,
};

const PROGRAMS: Readonly<Record<Dialect, Program>> = {
  t5x: T5X,
  optax: T5X,
  praxis: {
    ...T5X,
    multiplyByParameterScale: false,
    factorsFromASize: false,
    weightDecayFactor: (learningRate) => learningRate,
  },
  huggingface: {
    ...T5X,
    factorsFromASize: false,
    weightDecayFactor: (_learningRate, scaledRate) => scaledRate,
  },
  torch: {
    ...T5X,
    epsilon1: ({ epsilon }) => epsilon,
    factorsFromASize: false,
    epsilon1IsAFloor: true,
    rate: (learningRate, t) => Math.min(learningRate, 1 / Math.sqrt(t)),
    weightDecayFactor: (learningRate) => learningRate,
  },
};

function programOf(dialect = 't5x'): Program {
  const known = DIALECTS.find((name) => name === dialect);
  if (known === undefined) throw unknown('dialect', DIALECTS, dialect);
  return PROGRAMS[known];
}

function unknown(where: string, names: readonly string[], name: string): TypeError {
  return new TypeError(`${where}: expected one of ${names.join(', ')}, got "${name}"`);
}

/** What each program's constructor sets if nothing is said. */
function defaultsOf({ epsilon1, multiplyByParameterScale }: Program, format: Format) {
  return {
    decayRate: 0.8,
    epsilon1: epsilon1(format),
    epsilon2: 1e-3,
    clippingThreshold: 1,
    minDimSizeToFactor: 128,
    multiplyByParameterScale,
  } as const;
}

export function createOptimizerOracle(
  choice: OptimizerChoice,
  shape: readonly number[],
  format: Format,
): OptimizerOracle {
  const name = OPTIMIZERS.find((known) => known === choice.name);
  switch (name) {
    case 'sgd':
      return sgd(choice.learningRate, format);
    case 'adafactor':
      return adafactor(choice, shape, format);
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

function adafactor(choice: OptimizerChoice, shape: readonly number[], format: Format): OptimizerOracle {
  const program = programOf(choice.dialect);
  const options = { ...defaultsOf(program, format), ...choice };
  const { learningRate, epsilon2, clippingThreshold, multiplyByParameterScale } = options;
  const unit = format.epsilon;
  const [added, floor] = program.epsilon1IsAFloor ? [0, options.epsilon1] : [options.epsilon1, 0];
  const [rows, columns] = shape.slice(-2);
  const updateSecondMoment = isFactored(program, shape, options.minDimSizeToFactor)
    ? factoredMoment(rows, columns, added, floor, unit)
    : fullMoment(added, floor, unit);
  const momentum = choice.momentum ?? 0;
  let mean: number[] = [];
  let meanError: number[] = [];
  let step = 0;

  return (theta, gradient, doubts) => {
    step++;
    const n = gradient.length;
    // β₂ₜ = 1 − t^−0.8 with t from 1: no history in the first step.
    const v = updateSecondMoment(gradient, 1 - step ** -options.decayRate);
    const y = gradient.map((g, i) => g / Math.sqrt(v.values[i]));
    // A square root halves the relative error; then one root, one division (or a power and a product).
    const yError = v.relativeError / 2 + 3 * unit;
    const clip = Math.max(1, computeRms(y) / clippingThreshold);
    // A mean of n squares in any order: n + 3 operations, halved by the root.
    const rmsError = (n + 3) * unit;
    const scale = multiplyByParameterScale ? Math.max(epsilon2, computeRms(theta)) : 1;
    const rate = program.rate(learningRate, step);
    // By how much, relatively, the scale of what is held may differ: much, where updates cancel the parameters.
    const scaleDoubt = multiplyByParameterScale ? computeRms(doubts) / scale : 0;
    const relative = 2 * (2 * yError + 2 * rmsError + 4 * unit) + scaleDoubt;
    const update = y.map((value) => (-rate * scale * value) / clip);
    const error = update.map((value) => Math.abs(value) * relative + format.smallest);
    const decayed = decayMeans(update, error);
    const { weightDecay } = choice;
    if (weightDecay === undefined || weightDecay === null) return decayed;
    const factor = weightDecay * program.weightDecayFactor(learningRate, rate * scale);
    return {
      update: decayed.update.map((u, i) => u - factor * theta[i]),
      // θ(1 − w) − u has three roundings of θ's size; the factor may have the error of a root mean square.
      error: decayed.error.map((e, i) => {
        const ofTheta = 2 * unit + factor * (2 * (rmsError + 4 * unit) + scaleDoubt);
        return e + Math.abs(theta[i]) * ofTheta + factor * doubts[i];
      }),
    };
  };

  /** m = β₁ m + (1 − β₁) u, if it is on: of updates that rate and scale are already in. */
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

/**
 * t5x and optax factor if the second-largest dimension is large enough, along the two largest (here the last two); the
 * others factor whatever has two dimensions, along the last two.
 */
function isFactored({ factorsFromASize }: Program, shape: readonly number[], minDimSizeToFactor: number): boolean {
  if (shape.length < 2) return false;
  if (!factorsFromASize) return true;
  const [, second] = [...shape].sort((a, b) => b - a);
  return second >= minDimSizeToFactor;
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
function factoredMoment(rows: number, columns: number, added: number, floor: number, unit: number): Moments {
  const size = rows * columns;
  const vRow: number[] = [];
  const vCol: number[] = [];
  let steps = 0;
  return (gradient, decay) => {
    const squares = gradient.map((g) => g * g + added);
    const values: number[] = [];
    for (let start = 0, matrix = 0; start < squares.length; start += size, matrix++) {
      const part = squares.slice(start, start + size);
      for (let i = 0; i < rows; i++) {
        const mean = computeMean(part.slice(i * columns, (i + 1) * columns));
        vRow[matrix * rows + i] = decay * (vRow[matrix * rows + i] ?? 0) + (1 - decay) * mean;
      }
      for (let j = 0; j < columns; j++) {
        const mean = computeMean(Array.from({ length: rows }, (_, i) => part[i * columns + j]));
        vCol[matrix * columns + j] = decay * (vCol[matrix * columns + j] ?? 0) + (1 - decay) * mean;
      }
      const rowMean = Math.max(computeMean(vRow.slice(matrix * rows, (matrix + 1) * rows)), floor);
      for (let k = 0; k < size; k++) {
        const [row, column] = [matrix * rows + Math.floor(k / columns), matrix * columns + (k % columns)];
        values.push(Math.max((vRow[row] / rowMean) * vCol[column], floor * floor));
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
