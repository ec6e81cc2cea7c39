/**
 * How the published AdaFactors differ, for the literal one; see `optimizers.ts`.
 *
 * @module
 */
import type { Dialect } from '../implementation.ts';
import { FORMATS } from '../oracle/formats.ts';

/** Options whose defaults differ from program to program. */
export interface Defaults {
  readonly minDimSizeToFactor?: number;
  readonly clippingThreshold: number | null;
  readonly momentum: number | null;
  readonly beta2Cap: number | null;
  readonly relativeStep: boolean;
}

export interface MomentumStage {
  readonly isBeforeTheRate: boolean;
  readonly store: (value: number) => number;
}

export type Axes = readonly [number, number];

/** What differs from program to program, a row each. */
interface Differences {
  /** Pairs of dimensions: the first whose dimensions both reach the minimum is factored. */
  readonly axes: (shape: readonly number[]) => readonly Axes[];
  readonly hasMinimum: boolean;
  readonly defaults: Defaults;
  readonly decaysFirst: boolean;
  /** Whether the parameter scale, where it is on, is taken with a relative step or without. */
  readonly scales: (isRelative: boolean) => boolean;
  readonly momentum: MomentumStage;
  readonly isScaled: boolean;
  readonly rate: (learningRate: number, step: number) => number;
  readonly regularise: (epsilon1: number) => { readonly added: number; readonly floor: number };
  readonly epsilon1: (formatEpsilon: number) => number;
  readonly weightDecay: (w: number, learningRate: number, step: number) => number;
}

export const lastTwo = (shape: readonly number[]): readonly Axes[] => [[shape.length - 2, shape.length - 1]];

/** The two that are not smaller than any other; of equals the later. */
function largestTwo(shape: readonly number[]): readonly Axes[] {
  const largest = (without: number): number =>
    shape.reduce((best, size, axis) => (axis !== without && (best < 0 || size >= shape[best]) ? axis : best), -1);
  const first = largest(-1);
  const second = largest(first);
  return [[Math.min(first, second), Math.max(first, second)]];
}

const T5X: Differences = {
  axes: largestTwo,
  hasMinimum: true,
  isScaled: true,
  defaults: { clippingThreshold: 1, momentum: null, beta2Cap: null, relativeStep: false },
  decaysFirst: false,
  scales: () => true,
  momentum: { isBeforeTheRate: false, store: (value) => value },
  rate: (learningRate) => learningRate,
  regularise: (epsilon1) => ({ added: epsilon1, floor: 0 }),
  epsilon1: () => 1e-30,
  weightDecay: (w) => w,
};

const HUGGINGFACE: Differences = {
  ...T5X,
  axes: lastTwo,
  hasMinimum: false,
  weightDecay: (w, _learningRate, step) => w * step,
};

const TIMES_RATE: Pick<Differences, 'weightDecay'> = { weightDecay: (w, learningRate) => w * learningRate };

export const ROWS: Readonly<Record<Dialect, Differences>> = {
  t5x: T5X,
  optax: T5X,
  praxis: { ...HUGGINGFACE, ...TIMES_RATE, isScaled: false },
  huggingface: HUGGINGFACE,
  torch: {
    ...HUGGINGFACE,
    ...TIMES_RATE,
    rate: (learningRate, step) => Math.min(learningRate, step ** -0.5),
    regularise: (epsilon1) => ({ added: 0, floor: epsilon1 }),
    epsilon1: (formatEpsilon) => formatEpsilon,
  },
  keras: {
    ...HUGGINGFACE,
    ...TIMES_RATE,
    rate: (learningRate, step) => Math.min(learningRate, step ** -0.5),
    decaysFirst: true,
  },
  mlx: { ...HUGGINGFACE, defaults: { ...T5X.defaults, relativeStep: true } },
  'pytorch-optimizer': {
    ...HUGGINGFACE,
    defaults: { clippingThreshold: 1, momentum: 0.9, beta2Cap: 0.999, relativeStep: true },
    momentum: { isBeforeTheRate: false, store: FORMATS.bfloat16.round },
  },
  timm: {
    ...HUGGINGFACE,
    axes: (shape) => (shape.length > 2 ? [[0, 1], ...lastTwo(shape)] : lastTwo(shape)),
    hasMinimum: true,
    scales: (isRelative) => isRelative,
    defaults: { ...T5X.defaults, minDimSizeToFactor: 17 },
  },
  'big-vision': {
    ...T5X,
    ...TIMES_RATE,
    isScaled: false,
    defaults: {
      minDimSizeToFactor: 16,
      clippingThreshold: null,
      momentum: 0.9,
      beta2Cap: 0.999,
      relativeStep: false,
    },
    momentum: { isBeforeTheRate: true, store: FORMATS.bfloat16.round },
  },
};

/** The dimensions that are factored, if any. */
export function findAxes(
  shape: readonly number[],
  minimum: number,
  { axes, hasMinimum }: Differences,
): Axes | undefined {
  if (shape.length < 2) return undefined;
  return axes(shape).find((pair) => !hasMinimum || pair.every((axis) => shape[axis] >= minimum));
}

/** The places of each matrix in the tensor, by rows. */
export function splitMatrices(shape: readonly number[], axes: Axes): number[][] {
  const matrices = new Map<number, number[]>();
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((stride, dimension) => stride * dimension, 1));
  for (let place = 0; place < size; place++) {
    // Where its matrix begins: the place less what the two dimensions add to it.
    const within = axes.reduce(
      (sum, axis) => sum + strides[axis] * (Math.floor(place / strides[axis]) % shape[axis]),
      0,
    );
    const matrix = matrices.get(place - within) ?? [];
    matrix.push(place);
    matrices.set(place - within, matrix);
  }
  return [...matrices.values()];
}
