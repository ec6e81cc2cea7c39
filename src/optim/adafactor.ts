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
 * otherwise: which tensors are factored, the most that B2 is (1), where ε₁ goes (1, 2), the LEARNING RATE of 4, whether 5
 * comes before 4 and rounds to bfloat16, and the w of 6.
 *
 * @module
 */
import { Internal, wrong } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { checkOptions, number, oneOf, optional, orNull, truth, withDefaults, type Kinds } from '../kinds.ts';
import { roundToBfloat16 } from '../tensor/bfloat16.ts';
import { elementCount } from '../tensor/shape.ts';
import {
  DIALECT_NAMES,
  DIALECTS,
  MOMENTA,
  relativeStepSize,
  SCALINGS,
  STEP_SIZES,
  WEIGHT_DECAYS,
  type AdafactorOptions,
  type Dialect,
  type DialectName,
  type Momentum,
} from './dialects.ts';
import { FACTORINGS } from './factoring.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';
import { createSecondMoment, decaySecondMoment, precondition, type SecondMoment } from './secondMoment.ts';
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
      const t = state.step + 1;
      const instant: Instant = {
        beta2: Math.min(1 - t ** -settings.decayRate, settings.beta2Cap ?? 1),
        learningRate,
        rate: settings.relativeStep ? relativeStepSize(t) : STEP_SIZES[dialect.stepSize](learningRate, t),
      };
      for (let i = 0; i < tensors.length; i++)
        updateTensor(kernels, u[i], tensors[i], g[i], thetas[i], instant, settings, dialect);
      state.step = t;
    },
  };
  return optimizer;
}

/** What all tensors share at a step. */
interface Instant {
  readonly beta2: number;
  /** As it was given: what some weight decays take, without a cap. */
  readonly learningRate: number;
  /** ρ, what the step takes. */
  readonly rate: number;
}

/** Stages 1 to 6 for one tensor; y is built up in the place of u. */
function updateTensor(
  kernels: Kernels,
  y: Float32Array,
  { moment, mean }: Tensor,
  gradient: Float32Array,
  theta: Float32Array,
  { beta2, learningRate, rate }: Instant,
  options: AdafactorOptions,
  dialect: Dialect,
): void {
  const { epsilon1, epsilon2, clippingThreshold, multiplyByParameterScale, relativeStep } = options;
  const { momentum, weightDecay: w } = options;
  decaySecondMoment(kernels, moment, gradient, beta2, epsilon1);
  precondition(kernels, y, gradient, moment, epsilon1);
  if (clippingThreshold !== null) clipByRms(kernels, y, clippingThreshold);
  // What keras takes the RMS of is decayed already: (1 − w·lr)·θ.
  const left = w !== null && dialect.weightDecay === 'times-rate-before-scale' ? Math.abs(1 - w * learningRate) : 1;
  const isScaled = multiplyByParameterScale && SCALINGS[dialect.scaling](relativeStep);
  const scale = isScaled ? Math.max(epsilon2, left * rms(kernels, theta)) : 1;
  const step = rate * scale;
  const stage = MOMENTA[dialect.momentum];
  if (mean === undefined || momentum === null || stage === null) kernels.scale(y, y, -step);
  else averageAndScale(kernels, y, mean, momentum, step, stage);
  if (w !== null) decayWeights(kernels, y, theta, WEIGHT_DECAYS[dialect.weightDecay](w, learningRate, step));
}

/** Stage 3. */
function clipByRms(kernels: Kernels, y: Float32Array, threshold: number): void {
  const excess = rms(kernels, y) / threshold;
  if (excess > 1) kernels.scale(y, y, 1 / excess);
}

/** Stages 4 and 5, in the dialect's order, and the sign of 6. */
function averageAndScale(
  kernels: Kernels,
  y: Float32Array,
  mean: Float32Array,
  beta1: number,
  step: number,
  { isScaled, isBfloat16 }: Momentum,
): void {
  if (isScaled) kernels.scale(y, y, step);
  if (isBfloat16) roundToBfloat16(y);
  kernels.decayMean(mean, y, beta1);
  if (isBfloat16) roundToBfloat16(mean);
  kernels.scale(y, mean, isScaled ? -1 : -step);
}

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
  if (momentum === null) return { moment, mean: undefined };
  const mean = kernels.memory.floats(elementCount(parameter.shape)).fill(0);
  slots.set(`m/${parameter.name}`, mean);
  return { moment, mean };
}

const CHOICE: Kinds<AdafactorChoice> = {
  dialect: optional(oneOf(DIALECT_NAMES)),
  decayRate: optional(number('a number in [0, 1]', (p) => p >= 0 && p <= 1)),
  beta2Cap: optional(orNull(number('a number in [0, 1), or null', (b) => b >= 0 && b < 1))),
  epsilon1: optional(number('a finite number above 0', (e) => e > 0)),
  epsilon2: optional(number('a finite number of at least 0', (e) => e >= 0)),
  clippingThreshold: optional(orNull(number('a finite number above 0, or null', (d) => d > 0))),
  minDimSizeToFactor: optional(orNull(number('a whole number of at least 1', (n) => Number.isInteger(n) && n >= 1))),
  multiplyByParameterScale: optional(truth),
  relativeStep: optional(truth),
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
  'beta2Cap',
  'epsilon1',
  'epsilon2',
  'clippingThreshold',
  'minDimSizeToFactor',
  'multiplyByParameterScale',
  'relativeStep',
  'momentum',
  'weightDecay',
] as const satisfies readonly (keyof AdafactorOptions)[];
