/**
 * The paper and Dynamic Subset Tuning as it runs, with what a step needs beside a gradient: an optimizer, a schedule, kernels.
 * It works on plain vectors and knows no model.
 *
 * @example
 * ```ts
 * const seed = Float32Array.of(1, -2, 0.5, 3);
 * const problem = createProblem({ seed, epsilon: 0.5, optimizer: sgd() });
 * const state = createState(problem);
 * step(problem, state, Float32Array.of(0, -1, 2, 0), 0.5);
 * countChanged(seed, state.theta); // 2
 * ```
 *
 * @packageDocumentation
 */

// The paper on one page: the definition of all that follows
export type { Parameter, ParameterShape } from '../tensor/parameter.ts';
export * as paper from '../paper.ts';

// The paper as it runs
export { ANCHORS, type Anchor } from '../dst/anchors.ts';
export {
  DISTANCES,
  type DistanceName,
  SILO_STRATEGIES,
  type SiloStrategy,
  THRESHOLD_METHODS,
  type ThresholdMethod,
  BUDGET_RULES,
  type BudgetRule,
  MASK_RULES,
  type MaskRule,
  NORMALISERS,
  NORMALISED_GROUPS,
  type Normalisation,
  type Range,
  type Silo,
  type Selection,
  type RandomSource,
} from '../dst/notation.ts';
export { partition, type PartitionOptions, consecutiveSilos, checkPartition } from '../dst/silos.ts';
export {
  createProblem,
  createProjection,
  type Problem,
  type ProblemOptions,
  type Projection,
  type ProjectionOptions,
  type ThresholdOptions,
  THRESHOLD_DEFAULTS,
} from '../dst/problem.ts';
export { createState, restoreState, type TuningState, type SavedState } from '../dst/state.ts';
export type { Before } from '../dst/undo.ts';
export { step } from '../dst/step.ts';
export type {
  StepEvent,
  Observe,
  UpdateEvent,
  CandidateEvent,
  DistancesEvent,
  BisectionEvent,
  ThresholdEvent,
  ProjectionEvent,
  DoneEvent,
} from '../dst/events.ts';
export {
  traceStep,
  type TraceEvent,
  type TraceOptions,
  type JsonNumber,
  type JsonList,
  toJsonNumber,
} from '../dst/trace.ts';
export { computeQuantile, sortThreshold, selectThreshold } from '../dst/threshold.ts';
export { computeIterativeThreshold, reseedThreshold, type Bisection, type BisectionOptions } from '../dst/iterative.ts';
export { computeIterativeBySelection } from '../dst/iterativeBySelection.ts';
export { computeBudgets, quantileCount, largestRemainder, toRatio, type SiloBudget } from '../dst/budget.ts';
export { countKept, keepSelected, listKept } from '../dst/project.ts';
export { computeNearest, type Nearest } from '../dst/nearest.ts';
export { computeScales, normaliseDistances, type ScaledRange } from '../dst/normalisation.ts';
export {
  countChanged,
  isFeasible,
  isFeasibleInEverySilo,
  measure,
  type Realised,
  type Count,
} from '../dst/feasible.ts';
export { overlap, overlapOfMasks, overlapOfSubsets } from '../dst/overlap.ts';
export { extract, apply, applyInPlace, revert, checkSubset, type Subset, type Fingerprint } from '../dst/subset.ts';
export { findWarnings } from '../dst/warnings.ts';
export type { Layout, RangeView, SiloView } from '../dst/memory.ts';

// Errors
export { InvalidInput, Unavailable, Internal } from '../errors.ts';

// Kernels: the hot loops
export { createKernels, type KernelOptions } from '../kernel/create.ts';
export { grantedThreads } from '../kernel/threads/granted.ts';
export { closeThreads } from '../kernel/threads/workerPool.ts';
export {
  KERNEL_NAMES,
  type KernelName,
  type Kernels,
  type MatmulShape,
  type Batch as MatmulBatch,
  ACTIVATIONS,
  type Activation,
  type AttentionShape,
  type OrderStatistic,
} from '../kernel/kernels.ts';
export { Memory } from '../kernel/memory.ts';

// Optimizers
export type { Optimizer, OptimizerState } from '../optim/optimizer.ts';
export { sgd } from '../optim/sgd.ts';
export { adafactor, ADAFACTOR_DEFAULTS, type AdafactorChoice } from '../optim/adafactor.ts';
export {
  DIALECT_NAMES,
  DIALECTS,
  type AdafactorOptions,
  type Dialect,
  type DialectName,
  type FactoringName,
  type RegularisationName,
  type StepSizeName,
  type MomentumName,
  type WeightDecayName,
  type Limit,
} from '../optim/dialects.ts';
export {
  type Schedule,
  constant,
  linearWarmUp,
  inverseSquareRoot,
  linearDecay,
  cosineDecay,
} from '../optim/schedules.ts';
export { clipByGlobalNorm } from '../optim/clip.ts';

// What a random mask draws from
export { Random, type RandomState } from '../tensor/random.ts';
