/**
 * AdaFactor as published programs have it: one table of named stages. A stage that all of them share (the
 * clipping by the RMS of the whole tensor, the mean of v_row as the normaliser) has no column; docs/adafactor-dialects.md
 * is made from this table and says what else differs.
 *
 * @module
 */
export interface AdafactorOptions {
  /** p in β₂ₜ = 1 − (t + 1)^−p. */
  readonly decayRate: number;
  /** The most that β₂ can be; null: no cap. */
  readonly beta2Cap: number | null;
  /** ε₁, added to the squared gradient; in torch's dialect the least that √v̂ can be. */
  readonly epsilon1: number;
  /** ε₂, the least parameter scale. */
  readonly epsilon2: number;
  /** d, the RMS to which an update is clipped; null: no clipping. */
  readonly clippingThreshold: number | null;
  /** The smaller of two dimensions from which v is factored; null in the dialects that factor every matrix. */
  readonly minDimSizeToFactor: number | null;
  /** Whether the learning rate is relative to max(ε₂, RMS(θ)). */
  readonly multiplyByParameterScale: boolean;
  /** Whether the learning rate that is given is ignored, and min(10⁻², t^−½) taken in its place. */
  readonly relativeStep: boolean;
  /** β₁; null: none. */
  readonly momentum: number | null;
  /** w; null: none. */
  readonly weightDecay: number | null;
}

export const DIALECT_NAMES = [
  't5x',
  'optax',
  'praxis',
  'huggingface',
  'torch',
  'keras',
  'mlx',
  'pytorch-optimizer',
  'timm',
  'big-vision',
] as const;
/** t5x is the default (amb-12). */
export type DialectName = (typeof DIALECT_NAMES)[number];

/**
 * Along which two dimensions the second moment is factored. The two largest, if both reach a minimum, wherever they
 * stand or refused if they are not the last; the last two, of any size; or the first two of three and more if both
 * reach a minimum, else the last two if those do.
 */
export const FACTORING_NAMES = ['two-largest', 'two-largest-if-last', 'last-two', 'first-two-or-last-two'] as const;
export type FactoringName = (typeof FACTORING_NAMES)[number];

/**
 * Where ε₁ goes: onto g², before the averages; or it is the least that the mean of v_row and √v̂ can be, and the
 * averages see g² alone.
 */
export const REGULARISATION_NAMES = ['added-to-squares', 'floor-of-estimate'] as const;
export type RegularisationName = (typeof REGULARISATION_NAMES)[number];

/** The learning rate as it is given, or at most t^−½. */
export const STEP_SIZE_NAMES = ['given', 'capped-by-inverse-root'] as const;
export type StepSizeName = (typeof STEP_SIZE_NAMES)[number];

/**
 * m = β₁m + (1 − β₁)·y, of the updates as they are scaled, or as they are clipped and not yet scaled; updates and m in
 * float32, or both rounded to bfloat16; or the program has none.
 */
export const MOMENTUM_NAMES = [
  'of-scaled-updates',
  'of-scaled-updates-in-bfloat16',
  'of-clipped-updates-in-bfloat16',
  'none',
] as const;
export type MomentumName = (typeof MOMENTUM_NAMES)[number];

/** Whether the parameter scale is taken whenever it is on, or only with a relative step. */
export const SCALING_NAMES = ['as-asked', 'relative-steps-alone'] as const;
export type ScalingName = (typeof SCALING_NAMES)[number];

/**
 * What the weight decay w multiplies θ with: w, w · learning rate, or w · rate · parameter scale. Taken from θ before
 * its RMS is (keras), or after it.
 */
export const WEIGHT_DECAY_NAMES = ['bare', 'times-rate', 'times-rate-before-scale', 'times-step'] as const;
export type WeightDecayName = (typeof WEIGHT_DECAY_NAMES)[number];

/** Values of an option that the published program does not have. */
export interface Limit {
  readonly expected: string;
  readonly holds: (value: number | boolean | null) => boolean;
}

/** A published AdaFactor: its stages, its defaults and its limits. */
export interface Dialect {
  /** The file in which it was published. */
  readonly source: string;
  readonly factoring: FactoringName;
  readonly regularisation: RegularisationName;
  readonly stepSize: StepSizeName;
  readonly scaling: ScalingName;
  readonly momentum: MomentumName;
  readonly weightDecay: WeightDecayName;
  readonly defaults: AdafactorOptions;
  readonly limits: { readonly [Name in keyof AdafactorOptions]?: Limit };
}

/** t5x's, which are also those of Shazeer and Stern 2018, Section 9. */
const DEFAULTS: AdafactorOptions = {
  decayRate: 0.8,
  beta2Cap: null,
  epsilon1: 1e-30,
  epsilon2: 1e-3,
  clippingThreshold: 1,
  minDimSizeToFactor: 128,
  multiplyByParameterScale: true,
  relativeStep: false,
  momentum: null,
  weightDecay: null,
};

const EVERY_MATRIX: Limit = { expected: 'null: every matrix is factored', holds: (size) => size === null };
const ALWAYS_CLIPS: Limit = { expected: 'a number: it always clips', holds: (d) => d !== null };
const ALWAYS_SCALES: Limit = { expected: 'true: it always scales', holds: (on) => on === true };
const NO_MOMENTUM: Limit = { expected: 'null: it has no momentum', holds: (beta) => beta === null };
const NO_CAP: Limit = { expected: 'null: it has no cap', holds: (cap) => cap === null };
const NEEDS_A_CAP: Limit = { expected: 'a number: it always has a cap', holds: (cap) => cap !== null };
const NO_RELATIVE_STEP: Limit = { expected: 'false: it takes the learning rate', holds: (on) => on === false };

/** The stages of t5x and optax, with which the other rows begin. */
const T5X: Dialect = {
  source: 'google-research/t5x, t5x/adafactor.py',
  factoring: 'two-largest-if-last',
  regularisation: 'added-to-squares',
  stepSize: 'given',
  scaling: 'as-asked',
  momentum: 'of-scaled-updates',
  weightDecay: 'bare',
  defaults: DEFAULTS,
  limits: { beta2Cap: NO_CAP, relativeStep: NO_RELATIVE_STEP },
};

const HUGGINGFACE: Dialect = {
  ...T5X,
  source:
    'huggingface/transformers, src/transformers/optimization.py (from facebookresearch/fairseq, fairseq/optim/adafactor.py), relative_step off unless asked for',
  factoring: 'last-two',
  weightDecay: 'times-step',
  defaults: { ...DEFAULTS, minDimSizeToFactor: null },
  limits: { beta2Cap: NO_CAP, minDimSizeToFactor: EVERY_MATRIX, clippingThreshold: ALWAYS_CLIPS },
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  t5x: T5X,
  optax: {
    ...T5X,
    source: 'google-deepmind/optax, optax/_src/factorized.py and optax/_src/alias.py',
    factoring: 'two-largest',
  },
  praxis: {
    ...T5X,
    source: 'google/praxis, praxis/optimizers.py, class ShardedAdafactor with decay_method "pow"',
    factoring: 'last-two',
    weightDecay: 'times-rate',
    defaults: { ...DEFAULTS, minDimSizeToFactor: null, multiplyByParameterScale: false },
    limits: { ...T5X.limits, minDimSizeToFactor: EVERY_MATRIX },
  },
  huggingface: HUGGINGFACE,
  torch: {
    source: 'pytorch/pytorch, torch/optim/_adafactor.py',
    factoring: 'last-two',
    regularisation: 'floor-of-estimate',
    stepSize: 'capped-by-inverse-root',
    scaling: 'as-asked',
    momentum: 'none',
    weightDecay: 'times-rate',
    // ε₁ is the dtype's epsilon, torch.finfo(dtype).eps: here float32's.
    defaults: { ...DEFAULTS, minDimSizeToFactor: null, epsilon1: 2 ** -23 },
    limits: {
      ...T5X.limits,
      minDimSizeToFactor: EVERY_MATRIX,
      clippingThreshold: { expected: 'a number of at least 1', holds: (d) => typeof d === 'number' && d >= 1 },
      multiplyByParameterScale: ALWAYS_SCALES,
      momentum: NO_MOMENTUM,
    },
  },
  keras: {
    ...HUGGINGFACE,
    source: 'keras-team/keras, keras/src/optimizers/adafactor.py and base_optimizer.py',
    stepSize: 'capped-by-inverse-root',
    momentum: 'none',
    weightDecay: 'times-rate-before-scale',
    limits: {
      ...HUGGINGFACE.limits,
      multiplyByParameterScale: ALWAYS_SCALES,
      relativeStep: NO_RELATIVE_STEP,
      momentum: NO_MOMENTUM,
    },
  },
  mlx: {
    ...HUGGINGFACE,
    source: 'ml-explore/mlx, python/mlx/optimizers/optimizers.py',
    defaults: { ...HUGGINGFACE.defaults, relativeStep: true },
  },
  'pytorch-optimizer': {
    ...HUGGINGFACE,
    source: 'kozistr/pytorch_optimizer, pytorch_optimizer/optimizer/adafactor.py',
    momentum: 'of-scaled-updates-in-bfloat16',
    defaults: { ...HUGGINGFACE.defaults, beta2Cap: 0.999, relativeStep: true, momentum: 0.9 },
    limits: { ...HUGGINGFACE.limits, beta2Cap: NEEDS_A_CAP },
  },
  timm: {
    ...HUGGINGFACE,
    source: 'huggingface/pytorch-image-models, timm/optim/adafactor.py',
    factoring: 'first-two-or-last-two',
    scaling: 'relative-steps-alone',
    // It asks for more than 16.
    defaults: { ...DEFAULTS, minDimSizeToFactor: 17 },
    limits: { beta2Cap: NO_CAP, clippingThreshold: ALWAYS_CLIPS },
  },
  'big-vision': {
    ...T5X,
    source:
      'huggingface/pytorch-image-models, timm/optim/adafactor_bv.py (from google-research/big_vision, big_vision/optax.py)',
    factoring: 'two-largest',
    momentum: 'of-clipped-updates-in-bfloat16',
    weightDecay: 'times-rate',
    defaults: {
      ...DEFAULTS,
      beta2Cap: 0.999,
      clippingThreshold: null,
      minDimSizeToFactor: 16,
      multiplyByParameterScale: false,
      momentum: 0.9,
    },
    limits: {
      beta2Cap: NEEDS_A_CAP,
      multiplyByParameterScale: { expected: 'false: it never scales', holds: (on) => on === false },
      relativeStep: NO_RELATIVE_STEP,
    },
  },
};

/** The learning rate ρ of the step t, counted from 1. */
export const STEP_SIZES: Readonly<Record<StepSizeName, (rate: number, t: number) => number>> = {
  given: (rate) => rate,
  'capped-by-inverse-root': (rate, t) => Math.min(rate, 1 / Math.sqrt(t)),
};

/** What is taken of the learning rate if it is relative to the step t, counted from 1. */
export function relativeStepSize(t: number): number {
  return Math.min(1e-2, 1 / Math.sqrt(t));
}

/** What momentum is an average of, and how it is kept. */
export interface Momentum {
  /** Of updates that the rate and the parameter scale are already in; else they come after it. */
  readonly isScaled: boolean;
  readonly isBfloat16: boolean;
}

/** null: the program has none. */
export const MOMENTA: Readonly<Record<MomentumName, Momentum | null>> = {
  'of-scaled-updates': { isScaled: true, isBfloat16: false },
  'of-scaled-updates-in-bfloat16': { isScaled: true, isBfloat16: true },
  'of-clipped-updates-in-bfloat16': { isScaled: false, isBfloat16: true },
  none: null,
};

/** Whether the parameter scale is taken if it is on. */
export const SCALINGS: Readonly<Record<ScalingName, (isRelative: boolean) => boolean>> = {
  'as-asked': () => true,
  'relative-steps-alone': (isRelative) => isRelative,
};

/** The factor of θ that is subtracted; `step` is the rate times the parameter scale. */
export const WEIGHT_DECAYS: Readonly<
  Record<WeightDecayName, (w: number, learningRate: number, step: number) => number>
> = {
  bare: (w) => w,
  'times-rate': (w, learningRate) => w * learningRate,
  'times-rate-before-scale': (w, learningRate) => w * learningRate,
  'times-step': (w, _learningRate, step) => w * step,
};
