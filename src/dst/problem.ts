/**
 * What is tuned and how: the seed, its silos, the budget, the distance, the threshold, the optimizer. Checked and
 * completed once, at the edge; everything behind it trusts it.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { createKernels } from '../kernel/create.ts';
import { checkKernels } from '../kernel/checks.ts';
import type { Kernels } from '../kernel/kernels.ts';
import {
  callable,
  checkOptions,
  float32,
  having,
  ignored,
  integer,
  list,
  number,
  oneOf,
  optional,
  options as record,
  orNull,
  share,
  truth,
  withDefaults,
  type Check,
  type Kinds,
} from '../kinds.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import { countElements } from '../tensor/shape.ts';
import { computeBudgets, type SiloBudget } from './budget.ts';
import { checkFinite, checkMemory } from './checks.ts';
import type { BisectionOptions } from './iterative.ts';
import {
  DISTANCES,
  BUDGET_RULES,
  MASK_RULES,
  NORMALISED_GROUPS,
  NORMALISERS,
  SILO_STRATEGIES,
  THRESHOLD_METHODS,
  type BudgetRule,
  type DistanceName,
  type MaskRule,
  type Normalisation,
  type Silo,
  type SiloStrategy,
  type ThresholdMethod,
} from './notation.ts';
import { wholeVector, withoutAliases } from './parameters.ts';
import { checkPartition, checkSilos, partition } from './silos.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** How thresholds are found; the numbers serve `iterative` alone. */
export interface ThresholdOptions extends BisectionOptions {
  readonly thresholdMethod: ThresholdMethod;
  /** τ before the first step. */
  readonly start: number;
  /** Start from the exact threshold of the first step instead, which removes the ramp-up. */
  readonly warmStart: boolean;
}

/**
 * c = 2 and T = 10, measured: a ramp-up of 12 to 15 steps (the paper: "around 20"), then within 1 % of ε.
 *
 * @algorithm 2
 * @ruling amb-19
 * @decided
 */
export const THRESHOLD_DEFAULTS: ThresholdOptions = {
  thresholdMethod: 'select',
  factor: 2,
  iterations: 10,
  start: 1,
  warmStart: false,
};

/** What the projection of a candidate needs to know. */
export interface ProjectionOptions {
  /** θ⁰, finite; never written. With simd kernels a view of their memory. */
  readonly seed: Float32Array;
  /** ε ∈ (0, 1]. */
  readonly epsilon: number;
  /** The tensors in θ, which they cover without gaps. By default one. */
  readonly parameters?: readonly Parameter[];
  /** By default `per-module-and-layer`, the paper's. */
  readonly silos?: SiloStrategy | readonly Silo[];
  /** Maps modules to the groups that share a silo, if `silos` is a strategy. */
  readonly group?: (module: string) => string;
  /** By default `inverse-relative`, the paper's. */
  readonly distance?: DistanceName;
  readonly threshold?: Partial<ThresholdOptions>;
  /** By default `quantile`, the paper's. */
  readonly budget?: BudgetRule;
  /** By default none. */
  readonly normalisation?: Normalisation | null;
  /** By default scalar. */
  readonly kernels?: Kernels;
}

/** What a training step needs to know beyond that. */
export interface ProblemOptions extends ProjectionOptions {
  readonly optimizer: Optimizer;
  /** By default `every-step`: Dynamic Subset Tuning. */
  readonly mask?: MaskRule;
}

/** A complete, checked {@link ProjectionOptions}. */
export interface Projection {
  readonly seed: Float32Array;
  readonly epsilon: number;
  readonly parameters: readonly Parameter[];
  readonly silos: readonly Silo[];
  /** One for each silo. */
  readonly budgets: readonly SiloBudget[];
  readonly distance: DistanceName;
  readonly threshold: ThresholdOptions;
  readonly budget: BudgetRule;
  readonly normalisation: Normalisation | null;
  readonly kernels: Kernels;
}

/** A complete, checked {@link ProblemOptions}. */
export interface Problem extends Projection {
  readonly optimizer: Optimizer;
  readonly mask: MaskRule;
}

const OPTIMIZER = having('an optimizer, as sgd() makes one', { init: callable, update: callable });

const STRATEGY_OR_SILOS: Check<unknown> = (value, where) =>
  (Array.isArray(value) ? checkSilos : oneOf(SILO_STRATEGIES))(value, where);

const PROJECTION: Kinds<ProjectionOptions> = {
  seed: float32,
  epsilon: share,
  parameters: optional(list(having('a tensor', {}))),
  silos: optional(STRATEGY_OR_SILOS),
  group: optional(callable),
  distance: optional(oneOf(DISTANCES)),
  threshold: optional(
    record<Partial<ThresholdOptions>>({
      thresholdMethod: optional(oneOf(THRESHOLD_METHODS)),
      factor: optional(number('a finite number above 1', (c) => c > 1)),
      iterations: optional(integer(1)),
      start: optional(number('a finite number above 0', (tau) => tau > 0)),
      warmStart: optional(truth),
    }),
  ),
  budget: optional(oneOf(BUDGET_RULES)),
  normalisation: optional(orNull(record<Normalisation>({ by: oneOf(NORMALISERS), over: oneOf(NORMALISED_GROUPS) }))),
  kernels: optional(checkKernels),
};

/** A complete description is one, too: what follows from the rest is made again. */
const PROBLEM: Kinds<ProblemOptions & { budgets?: unknown }> = {
  ...PROJECTION,
  optimizer: OPTIMIZER,
  mask: optional(oneOf(MASK_RULES)),
  budgets: ignored,
};
const PROJECTION_OF_PROBLEM: Kinds<ProblemOptions & { budgets?: unknown }> = { ...PROBLEM, optimizer: ignored };

/**
 * Completes and checks the description of a tuning problem.
 *
 * @algorithm 1
 * @decided
 * @throws {@link InvalidInput} that names the option, what it expects and what it got.
 * @example
 * ```ts
 * const problem = createProblem({ seed: Float32Array.of(1, 2, 3), epsilon: 0.5, optimizer: sgd() });
 * ```
 */
export function createProblem(options: ProblemOptions): Problem {
  checkOptions(PROBLEM, options, 'createProblem', '');
  return { ...complete(options), optimizer: options.optimizer, mask: options.mask ?? 'every-step' };
}

/**
 * Completes and checks the description of a projection (Eq. 4).
 *
 * @equation 4
 * @decided
 * @throws {@link InvalidInput} that names the option, what it expects and what it got.
 */
export function createProjection(options: ProjectionOptions): Projection {
  checkOptions<ProjectionOptions>(PROJECTION_OF_PROBLEM, options, 'createProjection', '');
  return complete(options);
}

function complete(options: ProjectionOptions): Projection {
  const { seed, epsilon, distance = 'inverse-relative', budget = 'quantile', normalisation = null } = options;
  if (seed.length === 0) throw wrong('seed', 'one parameter or more', 'none');
  const kernels = options.kernels ?? defaultKernels();
  const parameters = withoutAliases(options.parameters ?? [wholeVector(seed.length)]);
  const count = countElements(parameters);
  if (count !== seed.length) throw wrong('seed', `${count} values, one for each parameter`, seed.length);
  checkMemory('seed', seed, kernels);
  checkFinite('seed', seed, parameters, kernels);
  const silos = createSilos(options.silos ?? 'per-module-and-layer', parameters, options, seed.length);
  const budgets = computeBudgets(
    silos.map(({ size }) => size),
    budget,
    epsilon,
  );
  const threshold = withDefaults(THRESHOLD_DEFAULTS, options.threshold);
  return { seed, epsilon, parameters, silos, budgets, distance, threshold, budget, normalisation, kernels };
}

function createSilos(
  silos: SiloStrategy | readonly Silo[],
  parameters: readonly Parameter[],
  { group }: ProjectionOptions,
  size: number,
): readonly Silo[] {
  if (typeof silos === 'string') return partition(parameters, silos, group === undefined ? {} : { group });
  checkPartition(silos, size);
  return silos;
}

let scalar: Kernels | undefined;

/** The scalar kernels, made when first asked for: they hold no state, so one set serves all. */
export function defaultKernels(): Kernels {
  return (scalar ??= createKernels('scalar'));
}
