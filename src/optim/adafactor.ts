/**
 * AdaFactor (Shazeer and Stern 2018), with the semantics of t5x or of another dialect (`dialects.ts`). All statistics
 * are per parameter tensor.
 *
 * The order of operations is part of the specification, since with the absolute distance the first subset depends on
 * it. Vectors are float32; each numbered line rounds once per element, numbers in capitals are float64:
 *
 * 1. `decaySecondMoment`  v ← B2·v + (1 − B2)(g² + ε₁), B2 = 1 − (t + 1)^−0.8, t = 0 at the first step
 * 2. `precondition`       y = g / √v: *a division by the root*, so that at the first step, where B2 = 0, an unfactored
 *                         y is exactly ±1 (float32's √ of a rounded square is exact); factored: (g · row) · column
 * 3. `clipByRms`          y ← y · 1 / max(1, RMS(y) / d), left alone if that is 1
 * 4. `scaleByParameter`   y ← y · (LEARNING RATE · max(ε₂, RMS(θ)))
 * 5. `averageWithMomentum` m ← β₁·m + (1 − β₁)·y, y = m, if momentum is on (no debiasing)
 * 6. `decayWeights`       u = −y − w·θ if weight decay w is on, else u = −y; w is not multiplied by the learning rate
 *
 * RMS(θ) is that of the θ passed in: the parameters at which the gradient was taken. What the other dialects do
 * otherwise: which tensors are factored, where ε₁ goes (1, 2), the LEARNING RATE of 4, and the w of 6.
 *
 * @module
 */
import { Internal, wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { checkOptions, number, oneOf, optional, orNull, truth, withDefaults, type Kinds } from '../kinds.ts';
import { elementCount } from '../tensor/shape.ts';
import {
  DIALECT_NAMES,
  DIALECTS,
  STEP_SIZES,
  WEIGHT_DECAYS,
  type AdafactorOptions,
  type Dialect,
  type MomentumName,
  type DialectName,
} from './dialects.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';
import { createSecondMoment, decaySecondMoment, FACTORINGS, precondition, type SecondMoment } from './secondMoment.ts';
import { TensorViews } from './tensorViews.ts';
import type { ParameterShape } from '../tensor/parameter.ts';

/** t5x's defaults; those of the other dialects are in {@link DIALECTS}. */
export const ADAFACTOR_DEFAULTS: AdafactorOptions = DIALECTS.t5x.defaults;

/** The options with the dialect whose defaults they begin from; t5x if none is named. */
export interface AdafactorChoice extends Partial<AdafactorOptions> {
  readonly dialect?: DialectName;
}

/** What is kept per parameter tensor. */
interface Tensor {
  readonly moment: SecondMoment;
  /** m, if momentum is on. */
  readonly mean: Float32Array | undefined;
  readonly average: (typeof MOMENTA)[MomentumName];
}

/** The slots, each in its tensor's place, and what an update needs beside them. */
class AdafactorState implements OptimizerState {
  step = 0;
  /** The optimizer that made it, whose options it goes with. */
  readonly maker: Optimizer;
  readonly slots: ReadonlyMap<string, Float32Array>;
  readonly kernels: Kernels;
  readonly tensors: readonly Tensor[];
  readonly ranges: TensorViews;

  constructor(
    maker: Optimizer,
    slots: ReadonlyMap<string, Float32Array>,
    kernels: Kernels,
    tensors: readonly Tensor[],
    ranges: TensorViews,
  ) {
    this.maker = maker;
    this.slots = slots;
    this.kernels = kernels;
    this.tensors = tensors;
    this.ranges = ranges;
  }
}

/**
 * AdaFactor. Slots: `v/NAME`, or `v_row/NAME` (one per row) and `v_col/NAME` (one per column), and `m/NAME`.
 *
 * @throws InvalidInput if an option is out of range, or is one that the dialect does not have.
 * @ruling amb-12
 * @ruling amb-14
 * @decided
 * @example
 * ```ts
 * const optimizer = adafactor({ minDimSizeToFactor: 32 });
 * const state = optimizer.init(kernels, decoder.parameters);
 * optimizer.update(update, state, gradient, theta, 0.01); // θ̂ = θ + update
 * ```
 */
export function adafactor(choice: AdafactorChoice = {}): Optimizer {
  checkOptions(CHOICE, choice, 'adafactor');
  const { dialect: name = 't5x', ...options } = choice;
  const dialect = DIALECTS[name];
  const settings = withDefaults(dialect.defaults, options);
  requireValid(settings, dialect);
  const optimizer: Optimizer = {
    name: 'adafactor',

    init(kernels, parameters): OptimizerState {
      const slots = new Map<string, Float32Array>();
      const tensors = parameters.map((parameter) => createTensor(kernels, parameter, settings, dialect, slots));
      return new AdafactorState(optimizer, slots, kernels, tensors, new TensorViews(parameters));
    },

    update(update, state, gradient, theta, learningRate): void {
      if (!(state instanceof AdafactorState && state.maker === optimizer))
        throw new Internal('adafactor.update: expected a state that its own init made, got another');
      const { kernels, tensors, ranges } = state;
      const u = ranges.of(update);
      const g = ranges.of(gradient);
      const thetas = ranges.of(theta);
      const beta2 = 1 - (state.step + 1) ** -settings.decayRate;
      const rate = STEP_SIZES[dialect.stepSize](learningRate, state.step + 1);
      for (let i = 0; i < tensors.length; i++) {
        const scale = updateTensor(kernels, u[i], tensors[i], g[i], thetas[i], rate, beta2, settings);
        const { weightDecay: w } = settings;
        // torch's cap is for the step alone: its weight decay takes the rate that was given.
        const decay = w === null ? null : WEIGHT_DECAYS[dialect.weightDecay](w, learningRate, scale);
        if (decay !== null) decayWeights(kernels, u[i], thetas[i], decay);
      }
      state.step += 1;
    },
  };
  return optimizer;
}

/**
 * Stages 1 to 5 for one tensor, and the sign of 6; y is built up in the place of u. Without momentum the sign goes with
 * stage 4, which saves a pass: (−a)·y is −(a·y) to the bit.
 *
 * @returns the parameter scale, 1 if it is off.
 */
function updateTensor(
  kernels: Kernels,
  y: Float32Array,
  { moment, mean, average }: Tensor,
  gradient: Float32Array,
  theta: Float32Array,
  learningRate: number,
  beta2: number,
  options: AdafactorOptions,
): number {
  decaySecondMoment(kernels, moment, gradient, beta2, options.epsilon1);
  precondition(kernels, y, gradient, moment, options.epsilon1);
  if (options.clippingThreshold !== null) clipByRms(kernels, y, options.clippingThreshold);
  const scale = options.multiplyByParameterScale ? Math.max(options.epsilon2, rms(kernels, theta)) : 1;
  if (mean === undefined || average === null || options.momentum === null) {
    scaleByParameter(kernels, y, -learningRate, scale);
  } else {
    scaleByParameter(kernels, y, learningRate, scale);
    average(kernels, y, mean, options.momentum);
    kernels.scale(y, y, -1);
  }
  return scale;
}

/** Stage 3. */
function clipByRms(kernels: Kernels, y: Float32Array, threshold: number): void {
  const excess = rms(kernels, y) / threshold;
  if (excess > 1) kernels.scale(y, y, 1 / excess);
}

/** Stage 4. */
function scaleByParameter(kernels: Kernels, y: Float32Array, learningRate: number, parameterScale: number): void {
  kernels.scale(y, y, learningRate * parameterScale);
}

/** Stage 5. */
function averageWithMomentum(kernels: Kernels, y: Float32Array, mean: Float32Array, beta1: number): void {
  kernels.decayMean(mean, y, beta1);
  y.set(mean);
}

/** What averages the updates in y, if the dialect has it. */
const MOMENTA: Readonly<Record<MomentumName, typeof averageWithMomentum | null>> = {
  'of-scaled-updates': averageWithMomentum,
  none: null,
};

/** What is left of stage 6 after the sign; `decay` is what the dialect makes of w. */
function decayWeights(kernels: Kernels, u: Float32Array, theta: Float32Array, decay: number): void {
  kernels.addScaled(u, theta, -decay);
}

/** √(mean of squares); 0 for an empty tensor. */
function rms(kernels: Kernels, x: Float32Array): number {
  return x.length === 0 ? 0 : Math.sqrt(kernels.sumOfSquares(x) / x.length);
}

function createTensor(
  kernels: Kernels,
  parameter: ParameterShape,
  { minDimSizeToFactor, momentum }: AdafactorOptions,
  dialect: Dialect,
  slots: Map<string, Float32Array>,
): Tensor {
  const moment = createSecondMoment(kernels, parameter, minDimSizeToFactor, dialect, slots);
  const average = MOMENTA[dialect.momentum];
  if (momentum === null || average === null) return { moment, mean: undefined, average: null };
  const mean = kernels.memory.floats(elementCount(parameter.shape)).fill(0);
  slots.set(`m/${parameter.name}`, mean);
  return { moment, mean, average };
}

const CHOICE: Kinds<AdafactorChoice> = {
  dialect: optional(oneOf(DIALECT_NAMES)),
  decayRate: optional(number('a number in [0, 1]', (p) => p >= 0 && p <= 1)),
  epsilon1: optional(number('a finite number above 0', (e) => e > 0)),
  epsilon2: optional(number('a finite number of at least 0', (e) => e >= 0)),
  clippingThreshold: optional(orNull(number('a finite number above 0, or null', (d) => d > 0))),
  minDimSizeToFactor: optional(orNull(number('a whole number of at least 1', (n) => Number.isInteger(n) && n >= 1))),
  multiplyByParameterScale: optional(truth),
  momentum: optional(orNull(number('a number in [0, 1), or null', (b) => b >= 0 && b < 1))),
  weightDecay: optional(orNull(number('a number in [0, 1), or null', (w) => w >= 0 && w < 1))),
};

function requireValid(options: AdafactorOptions, { limits, factoring }: Dialect): void {
  if (FACTORINGS[factoring].hasMinimum && options.minDimSizeToFactor === null)
    throw wrong('adafactor: minDimSizeToFactor', 'a whole number of at least 1', null);
  for (const option of OPTION_NAMES) {
    const limit = limits[option];
    if (limit !== undefined && !limit.holds(options[option]))
      throw wrong(`adafactor: ${option} in this dialect`, limit.expected, options[option]);
  }
}

const OPTION_NAMES = [
  'decayRate',
  'epsilon1',
  'epsilon2',
  'clippingThreshold',
  'minDimSizeToFactor',
  'multiplyByParameterScale',
  'momentum',
  'weightDecay',
] as const satisfies readonly (keyof AdafactorOptions)[];
