/**
 * AdaFactor as five published programs have it: one table of named stages. A stage that all of them share (β₂, the
 * clipping by the RMS of the whole tensor, the mean of v_row as the normaliser) has no column; docs/adafactor-dialects.md
 * is made from this table and says what else differs.
 *
 * @module
 */
export interface AdafactorOptions {
  /** p in β₂ₜ = 1 − (t + 1)^−p. */
  readonly decayRate: number;
  /** ε₁, added to the squared gradient; in torch's dialect the least that √v̂ can be. */
  readonly epsilon1: number;
  /** ε₂, the least parameter scale. */
  readonly epsilon2: number;
  /** d, the RMS to which an update is clipped; null: no clipping. */
  readonly clippingThreshold: number | null;
  /** The second-largest dimension from which v is factored; null in the dialects that factor every matrix. */
  readonly minDimSizeToFactor: number | null;
  /** Whether the learning rate is relative to max(ε₂, RMS(θ)). */
  readonly multiplyByParameterScale: boolean;
  /** β₁; null: none. */
  readonly momentum: number | null;
  /** w; null: none. */
  readonly weightDecay: number | null;
}

export const DIALECT_NAMES = ['t5x', 'optax', 'praxis', 'huggingface', 'torch'] as const;
/** t5x is the default (amb-12). */
export type DialectName = (typeof DIALECT_NAMES)[number];

/**
 * Which tensors have a factored second moment: those whose second-largest dimension reaches a minimum, or all of rank 2
 * and more, along their last two dimensions.
 */
export const FACTORING_NAMES = ['two-largest-from-a-size', 'last-two'] as const;
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

/** Of the updates as they are scaled, m = β₁m + (1 − β₁)·y; or the program has none. */
export const MOMENTUM_NAMES = ['of-scaled-updates', 'none'] as const;
export type MomentumName = (typeof MOMENTUM_NAMES)[number];

/** What the weight decay w multiplies θ with: w, w · rate, or w · rate · parameter scale. */
export const WEIGHT_DECAY_NAMES = ['bare', 'times-rate', 'times-step'] as const;
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
  readonly momentum: MomentumName;
  readonly weightDecay: WeightDecayName;
  readonly defaults: AdafactorOptions;
  readonly limits: { readonly [Name in keyof AdafactorOptions]?: Limit };
}

/** t5x's, which are also those of Shazeer and Stern 2018, Section 9. */
const DEFAULTS: AdafactorOptions = {
  decayRate: 0.8,
  epsilon1: 1e-30,
  epsilon2: 1e-3,
  clippingThreshold: 1,
  minDimSizeToFactor: 128,
  multiplyByParameterScale: true,
  momentum: null,
  weightDecay: null,
};

const EVERY_MATRIX: Limit = { expected: 'null: every matrix is factored', holds: (size) => size === null };

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  t5x: {
    source: 'google-research/t5x, t5x/adafactor.py',
    factoring: 'two-largest-from-a-size',
    regularisation: 'added-to-squares',
    stepSize: 'given',
    momentum: 'of-scaled-updates',
    weightDecay: 'bare',
    defaults: DEFAULTS,
    limits: {},
  },
  optax: {
    source: 'google-deepmind/optax, optax/_src/factorized.py and optax/_src/alias.py',
    factoring: 'two-largest-from-a-size',
    regularisation: 'added-to-squares',
    stepSize: 'given',
    momentum: 'of-scaled-updates',
    weightDecay: 'bare',
    defaults: DEFAULTS,
    limits: {},
  },
  praxis: {
    source: 'google/praxis, praxis/optimizers.py, class ShardedAdafactor with decay_method "pow"',
    factoring: 'last-two',
    regularisation: 'added-to-squares',
    stepSize: 'given',
    momentum: 'of-scaled-updates',
    weightDecay: 'times-rate',
    defaults: { ...DEFAULTS, minDimSizeToFactor: null, multiplyByParameterScale: false },
    limits: { minDimSizeToFactor: EVERY_MATRIX },
  },
  huggingface: {
    source:
      'huggingface/transformers, src/transformers/optimization.py (from facebookresearch/fairseq, fairseq/optim/adafactor.py), relative_step off',
    factoring: 'last-two',
    regularisation: 'added-to-squares',
    stepSize: 'given',
    momentum: 'of-scaled-updates',
    weightDecay: 'times-step',
    defaults: { ...DEFAULTS, minDimSizeToFactor: null },
    limits: {
      minDimSizeToFactor: EVERY_MATRIX,
      clippingThreshold: { expected: 'a number: it always clips', holds: (d) => d !== null },
    },
  },
  torch: {
    source: 'pytorch/pytorch, torch/optim/_adafactor.py',
    factoring: 'last-two',
    regularisation: 'floor-of-estimate',
    stepSize: 'capped-by-inverse-root',
    momentum: 'none',
    weightDecay: 'times-rate',
    // ε₁ is the dtype's epsilon, torch.finfo(dtype).eps: here float32's.
    defaults: { ...DEFAULTS, minDimSizeToFactor: null, epsilon1: 2 ** -23 },
    limits: {
      minDimSizeToFactor: EVERY_MATRIX,
      clippingThreshold: { expected: 'a number of at least 1', holds: (d) => typeof d === 'number' && d >= 1 },
      multiplyByParameterScale: { expected: 'true: it always scales', holds: (on) => on === true },
      momentum: { expected: 'null: it has no momentum', holds: (beta) => beta === null },
    },
  },
};

/** The learning rate ρ of the step t, counted from 1. */
export const STEP_SIZES: Readonly<Record<StepSizeName, (rate: number, t: number) => number>> = {
  given: (rate) => rate,
  'capped-by-inverse-root': (rate, t) => Math.min(rate, 1 / Math.sqrt(t)),
};

/** The factor of θ that is subtracted; `scale` is the parameter scale, 1 if it is off. */
export const WEIGHT_DECAYS: Readonly<Record<WeightDecayName, (w: number, rate: number, scale: number) => number>> = {
  bare: (w) => w,
  'times-rate': (w, rate) => w * rate,
  'times-step': (w, rate, scale) => w * (rate * scale),
};
