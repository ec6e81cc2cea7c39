/**
 * How published AdaFactors differ, a row each, written from their files alone:
 *
 * - t5x: google-research/t5x, t5x/adafactor.py, `apply_param_gradient`
 * - optax: google-deepmind/optax, optax/_src/factorized.py, and optax/_src/alias.py, `adafactor`
 * - praxis: google/praxis, praxis/optimizers.py, `compute_var_and_slot_update`, decay_method "pow"
 * - huggingface: huggingface/transformers, src/transformers/optimization.py, `Adafactor.step`; the same in
 *   facebookresearch/fairseq, fairseq/optim/adafactor.py
 * - torch: pytorch/pytorch, torch/optim/_adafactor.py, `_single_tensor_adafactor`
 * - keras: keras-team/keras, keras/src/optimizers/adafactor.py, `update_step`, after `_apply_weight_decay`
 * - mlx: ml-explore/mlx, python/mlx/optimizers/optimizers.py, `Adafactor.apply_single`
 * - pytorch-optimizer: kozistr/pytorch_optimizer, pytorch_optimizer/optimizer/adafactor.py, `_step_per_param`
 * - timm: huggingface/pytorch-image-models, timm/optim/adafactor.py, `Adafactor.step`
 * - big-vision: the same, timm/optim/adafactor_bv.py, `_single_tensor_adafactor`
 *
 * @module
 */
import type { Dialect } from '../implementation.ts';
import type { Format } from './formats.ts';

type Axes = readonly [number, number];

/** How one program differs from the others. */
interface Program {
  /** The default of ε₁; torch: `eps1 = torch.finfo(param.dtype).eps`. */
  readonly epsilon1: (format: Format) => number;
  /** The default of the parameter scale; praxis: `multiply_by_parameter_scale: bool = False`. */
  readonly multiplyByParameterScale: boolean;
  /** Whether the parameter scale is left out if a rate is given; timm: `if param_group['relative_step']: …`. */
  readonly scalesRelativeStepsAlone: boolean;
  /** The dimensions that are factored, the earlier first; undefined: v is kept in full. */
  readonly axes: (shape: readonly number[], minimum: number) => Axes | undefined;
  readonly minDimSizeToFactor: number;
  readonly clippingThreshold: number | null;
  readonly momentum: number | null;
  /** The default of the most that β₂ is; pytorch_optimizer: `min(beta2_cap, 1.0 - math.pow(group['step'], …))`. */
  readonly beta2Cap: number | null;
  /** The default of what ignores the learning rate; mlx: `relative_step: bool = True`. */
  readonly relativeStep: boolean;
  /** Whether ε₁ is the least that √v̂ can be; in the others it is added to g². */
  readonly epsilon1IsAFloor: boolean;
  /** Whether momentum is of the updates before they are scaled; big-vision: `update.mul_(lr)` comes after it. */
  readonly momentumIsBeforeTheRate: boolean;
  /** big-vision: `exp_avg.lerp_(update.to(momentum_dtype), 1 - momentum)`, torch.bfloat16 by default. */
  readonly momentumIsInBfloat16: boolean;
  /** The step size at the step t; torch: `rho_t = min(lr, 1 / (step_float**0.5))`. */
  readonly rate: (learningRate: number, t: number) => number;
  /**
   * What w is multiplied with before it meets θ. t5x: `(1.0 - weight_decay_rate) * param`; optax: `add_decayed_weights`
   * after the scaling; praxis: `self._weight_decay * learning_rate`; torch: `param.mul_(1 - lr * weight_decay)`, lr
   * without its cap; huggingface: `-group["weight_decay"] * lr`, and lr holds the parameter scale.
   */
  readonly weightDecayFactor: (learningRate: number, scaledRate: number) => number;
  /** Whether RMS(θ) is taken of what weight decay has left; keras: the variable is assigned before `update_step`. */
  readonly decaysBeforeTheScale: boolean;
}

const T5X: Program = {
  epsilon1: () => 1e-30,
  multiplyByParameterScale: true,
  scalesRelativeStepsAlone: false,
  // A rank of 3 and more needs a rule there, unless the largest come last.
  axes: largestTwo,
  minDimSizeToFactor: 128,
  clippingThreshold: 1,
  momentum: null,
  beta2Cap: null,
  relativeStep: false,
  epsilon1IsAFloor: false,
  momentumIsBeforeTheRate: false,
  momentumIsInBfloat16: false,
  rate: (learningRate) => learningRate,
  weightDecayFactor: () => 1,
  decaysBeforeTheScale: false,
};

const HUGGINGFACE: Program = {
  ...T5X,
  axes: (shape) => lastTwo(shape, 1),
  weightDecayFactor: (_learningRate, scaledRate) => scaledRate,
};

export const PROGRAMS: Readonly<Record<Dialect, Program>> = {
  t5x: T5X,
  optax: T5X,
  praxis: {
    ...HUGGINGFACE,
    multiplyByParameterScale: false,
    weightDecayFactor: (learningRate) => learningRate,
  },
  huggingface: HUGGINGFACE,
  torch: {
    ...HUGGINGFACE,
    epsilon1: ({ epsilon }) => epsilon,
    epsilon1IsAFloor: true,
    rate: (learningRate, t) => Math.min(learningRate, 1 / Math.sqrt(t)),
    weightDecayFactor: (learningRate) => learningRate,
  },
  keras: {
    ...HUGGINGFACE,
    rate: (learningRate, t) => Math.min(learningRate, 1 / Math.sqrt(t)),
    weightDecayFactor: (learningRate) => learningRate,
    decaysBeforeTheScale: true,
  },
  mlx: { ...HUGGINGFACE, relativeStep: true },
  'pytorch-optimizer': {
    ...HUGGINGFACE,
    relativeStep: true,
    momentum: 0.9,
    beta2Cap: 0.999,
    momentumIsInBfloat16: true,
  },
  timm: {
    ...HUGGINGFACE,
    scalesRelativeStepsAlone: true,
    // `param_shape[0] > min_size_to_factor and param_shape[1] > min_size_to_factor`, 16 by default; else the last two.
    axes: (shape, minimum) =>
      (shape.length > 2 ? ofSize(shape, [0, 1], minimum) : undefined) ?? lastTwo(shape, minimum),
    minDimSizeToFactor: 17,
  },
  'big-vision': {
    ...T5X,
    multiplyByParameterScale: false,
    minDimSizeToFactor: 16,
    clippingThreshold: null,
    momentum: 0.9,
    beta2Cap: 0.999,
    momentumIsBeforeTheRate: true,
    momentumIsInBfloat16: true,
    weightDecayFactor: (learningRate) => learningRate,
  },
};

/** Options that have a default in every program. */
export interface Defaults {
  readonly decayRate: number;
  readonly epsilon1: number;
  readonly epsilon2: number;
  readonly weightDecay: number | null;
  readonly multiplyByParameterScale: boolean;
  readonly minDimSizeToFactor: number;
  readonly clippingThreshold: number | null;
  readonly momentum: number | null;
  readonly beta2Cap: number | null;
  readonly relativeStep: boolean;
}

/** What each program's constructor sets if nothing is said. */
export function defaultsOf(program: Program, format: Format): Defaults {
  return { ...program, decayRate: 0.8, epsilon1: program.epsilon1(format), epsilon2: 1e-3, weightDecay: null };
}

function ofSize(shape: readonly number[], axes: Axes, minimum: number): Axes | undefined {
  return axes.every((axis) => shape[axis] >= minimum) ? axes : undefined;
}

function lastTwo(shape: readonly number[], minimum: number): Axes | undefined {
  return shape.length < 2 ? undefined : ofSize(shape, [shape.length - 2, shape.length - 1], minimum);
}

/** optax: `sorted_dims = np.argsort(shape)`, of which the last two: of dimensions that are alike, the later. */
function largestTwo(shape: readonly number[], minimum: number): Axes | undefined {
  if (shape.length < 2) return undefined;
  const sorted = [...shape.keys()].sort((a, b) => shape[a] - shape[b] || a - b);
  const [first, second] = sorted.slice(-2).sort((a, b) => a - b);
  return ofSize(shape, [first, second], minimum);
}

/** The places of each matrix, by rows: those that differ in the two dimensions alone, in the order of the tensor. */
export function matricesOf(shape: readonly number[], axes: Axes): readonly (readonly number[])[] {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const matrices = new Map<string, number[]>();
  for (let place = 0; place < size; place++) {
    let rest = place;
    const coordinates = shape.map(() => 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      coordinates[axis] = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    const key = coordinates.filter((_, axis) => !axes.includes(axis)).join();
    const matrix = matrices.get(key) ?? [];
    matrix.push(place);
    matrices.set(key, matrix);
  }
  return [...matrices.values()];
}
