/**
 * The paper's symbols and our words for them, once. Inside a formula stand the symbols, at the edges the words.
 *
 * | symbol | word | in formulas | meaning |
 * |---|---|---|---|
 * | $\theta^0$ | `seed` | `theta0` | the pre-trained parameters, never changed |
 * | $\theta$ | `theta` | `theta` | the parameters after a step |
 * | $\hat\theta$ | `candidate` | `thetaHat` | the fully updated parameters before the projection (Eq. 3) |
 * | $u$ | `update` | `u` | the optimizer's update |
 * | $\varepsilon$ | `epsilon` | `epsilon` | the fraction of parameters that may differ from the seed |
 * | $\mathcal S$, $S$ | `silos`, `silo` | | the partition of the parameters, and a part of it |
 * | $\delta$ | `distances` | `delta` | component distances of the candidate from the seed (Eq. 5) |
 * | $\tau$ | `threshold` | `tau` | what a distance must exceed to be kept (Eq. 6) |
 * | $n$, $m$, $k$ | `size`, `keep` | | all parameters, those of one silo, those of it that are kept |
 *
 * Every vector is float32. A threshold is a float32 value too, and is compared with `>`.
 *
 * @module
 */

import { DISTANCES as KERNEL_DISTANCES } from '../kernel/kernels.ts';

/**
 * The names of Table 1.
 *
 * @table 1
 * @restored
 */
export const DISTANCES = KERNEL_DISTANCES;
export type DistanceName = (typeof DISTANCES)[number];

/**
 * How the parameters are parted (the paper's Section 3.2).
 *
 * @equation 2
 * @restored
 */
export const SILO_STRATEGIES = ['none', 'per-module', 'per-module-and-layer'] as const;
export type SiloStrategy = (typeof SILO_STRATEGIES)[number];

/**
 * How a silo's threshold is found: Eq. 6 literally, the exact order statistic, Algorithm 2.
 *
 * @equation 6
 * @ruling amb-2
 * @decided
 */
export const THRESHOLD_METHODS = ['sort', 'select', 'iterative'] as const;
export type ThresholdMethod = (typeof THRESHOLD_METHODS)[number];

/**
 * How many parameters a silo keeps.
 *
 * @equation 2
 * @ruling amb-1
 * @decided
 */
export const BUDGET_RULES = ['quantile', 'largest-remainder'] as const;
export type BudgetRule = (typeof BUDGET_RULES)[number];

/**
 * When the kept set is chosen: at every step (DST), at the first one only (no churn), at random before it.
 *
 * @table 7
 * @ruling amb-11
 * @decided
 */
export const MASK_RULES = ['every-step', 'first-step', 'random'] as const;
export type MaskRule = (typeof MASK_RULES)[number];

/**
 * What Appendix B divides distances by: a module's number of parameters, or its mean $|\theta^0|$.
 *
 * @appendix B
 * @restored
 */
export const NORMALISERS = ['size', 'mean'] as const;

/**
 * The groups of parameters that Appendix B normalises over.
 *
 * @appendix B
 * @restored
 */
export const NORMALISED_GROUPS = ['per-module', 'per-module-and-layer'] as const;

/** A normalisation of Appendix B: by what, and over which groups of parameters. */
export interface Normalisation {
  readonly by: (typeof NORMALISERS)[number];
  readonly over: (typeof NORMALISED_GROUPS)[number];
}

/** A run of consecutive elements of θ. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** A part of the partition: some ranges of θ. Its distance vector δ_S holds them one after the other. */
export interface Silo {
  readonly name: string;
  /** The module (or group of modules) that it covers; null if it covers all. */
  readonly module: string | null;
  /** The layer that it covers; null if it covers all, or stands outside the layers. */
  readonly layer: number | null;
  /** The names of the tensors that it has elements of. */
  readonly members: readonly string[];
  /** In ascending order of offset, so that the order inside the silo is the order in θ. */
  readonly ranges: readonly Range[];
  /** |S|: the sum of the ranges' lengths. */
  readonly size: number;
}

/** Which distances of a silo are kept: those above the threshold, and the first `ties` of those equal to it. */
export interface Selection {
  readonly threshold: number;
  readonly ties: number;
}

/** A source of uniform random whole numbers: 0 ≤ `integer(bound)` < `bound`. */
export interface RandomSource {
  integer(bound: number): number;
}
