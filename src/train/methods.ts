/**
 * The methods of fine-tuning, one row each. Whatever depends on the method reads a property of its row: nothing else
 * compares a method's name with a text.
 *
 * @module
 */
import { findWarnings } from '../dst/warnings.ts';
import type { TraceEvent } from '../dst/trace.ts';
import type { MaskRule } from '../dst/notation.ts';
import type { Kernels } from '../kernel/kernels.ts';
import type { ProfileGroup } from '../kernel/profile.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import type { DstChoices } from './dstChoices.ts';
import { createDstLearner, createProblemOf } from './dstLearner.ts';
import { createFullLearner, type Learner, type Saved } from './learner.ts';
import type { MethodName } from './names.ts';
import { createPartLearner } from './partLearner.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** What a learner is made from. */
export interface LearnerInput {
  readonly config: DstChoices & {
    /** Of all that is random. */
    readonly randomSeed: number;
  };
  readonly kernels: Kernels;
  readonly optimizer: Optimizer;
  readonly parameters: readonly Parameter[];
  /** θ⁰, in the kernels' memory. */
  readonly seed: Float32Array;
  /** What the learner remembered, if its run is continued. */
  readonly saved: Saved | null;
  /** Is told of every event of DST. */
  readonly trace?: (event: TraceEvent) => void;
}

/** One method of fine-tuning. */
export interface Method {
  /** What a reader is told. */
  readonly label: string;
  /** What its size is given by: the budget ε, or nothing, because the model decides it. */
  readonly size: 'epsilon' | 'none';
  /** What is kept beside the seed: the whole model, or which parameters differ from it and their values. */
  readonly stores: 'model' | 'subset';
  /** When the mask of DST is chosen; null if the method is no DST. */
  readonly mask: MaskRule | null;
  /** Whether a tensor may change at all; `index` is its place among all tensors of the model. */
  readonly trains: (tensor: Parameter, index: number, tensors: readonly Parameter[]) => boolean;
  /** Floats of the vectors of a step, of `n` parameters of which `trained` lie in tensors that may change. */
  readonly vectorFloats: (n: number, trained: number) => number;
  /** Learning rates to guess from, by ε from large to small (`learningRate.ts`). A method without ε has one, at 1. */
  readonly rates: readonly RatePoint[];
  /** Whether a comparison of methods has it: always, on tasks with classes, or only if it is asked for. */
  readonly compared: 'always' | 'with-classes' | 'on-request';
  /** The values of ε that a comparison has it with, from large to small; empty if it has no ε. */
  readonly epsilons: readonly number[];
  /** What its part of a step is charged to in a profile. */
  readonly profiledAs: ProfileGroup;
  /** Makes what moves θ. @throws InvalidInput for what is wrong with the choices or with what was saved. */
  readonly create: (input: LearnerInput) => Learner;
}

/** A learning rate that was good at an ε. */
export type RatePoint = readonly [epsilon: number, learningRate: number];

const everything = (): boolean => true;

/** Biases, and the scales of norms. A table of relative positions is a matrix, whatever it is called. */
const isVector: Method['trains'] = ({ shape }) => shape.length === 1;

/** DST and its ablations, which differ in when the mask is chosen. */
function dst(mask: MaskRule): Pick<Method, 'size' | 'stores' | 'mask' | 'trains' | 'profiledAs' | 'create'> {
  return {
    size: 'epsilon',
    stores: 'subset',
    mask,
    trains: everything,
    profiledAs: 'DST',
    create({ config, saved, trace, ...given }) {
      const problem = createProblemOf(config, mask, given);
      return { ...createDstLearner(problem, config.randomSeed, saved, trace), warnings: findWarnings(problem) };
    },
  };
}

/**
 * The rates are from a prototype of the seeds' size, hardly searched: rates of t5x's AdaFactor, which scales a step by the
 * parameters. At ε = 1 every method with an ε is full fine-tuning.
 */
const FIXED_MASK: readonly RatePoint[] = [
  [1, 0.01],
  [0.01, 0.1],
];

export const METHODS: Readonly<Record<MethodName, Method>> = {
  full: {
    label: 'full fine-tuning',
    size: 'none',
    stores: 'model',
    mask: null,
    trains: everything,
    vectorFloats: (n) => 3 * n,
    rates: [[1, 0.01]],
    compared: 'always',
    epsilons: [],
    profiledAs: 'optimizer',
    create: ({ kernels, optimizer, parameters, seed, saved }) =>
      createFullLearner(kernels, optimizer, parameters, seed, saved),
  },
  dst: {
    ...dst('every-step'),
    label: 'DST',
    vectorFloats: (n) => 6 * n,
    rates: [
      [1, 0.01],
      [0.1, 0.03],
      [0.01, 0.2],
      [0.001, 0.3],
    ],
    compared: 'always',
    epsilons: [0.1, 0.01, 0.001],
  },
  random: {
    ...dst('random'),
    label: 'random mask',
    vectorFloats: (n) => 7 * n,
    rates: FIXED_MASK,
    compared: 'with-classes',
    epsilons: [0.01],
  },
  'no-churn': {
    ...dst('first-step'),
    label: 'no churn',
    vectorFloats: (n) => 7 * n,
    rates: FIXED_MASK,
    compared: 'on-request',
    epsilons: [0.01],
  },
  // Ben Zaken, Goldberg and Ravfogel 2022 (arXiv 2106.10199).
  bitfit: {
    label: 'BitFit',
    size: 'none',
    stores: 'subset',
    mask: null,
    trains: isVector,
    vectorFloats: (n, trained) => 2 * n + 3 * trained,
    // The best of a sweep of 60 steps on definitions to classes, from 0.015 to 0.48, was between 0.12 and 0.24.
    rates: [[1, 0.1]],
    compared: 'on-request',
    epsilons: [],
    profiledAs: 'optimizer',
    create: ({ kernels, optimizer, parameters, seed, saved }) =>
      createPartLearner(kernels, optimizer, parameters, parameters.map(isVector), seed, saved),
  },
};

/** ε, or null if the method has none. */
export function epsilonOf<T>({ method, epsilon }: { readonly method: MethodName; readonly epsilon: T }): T | null {
  return METHODS[method].size === 'epsilon' ? epsilon : null;
}
