/**
 * The paper's symbols and our words for them, once. Inside a formula stand the symbols, at the edges the words.
 *
 * | symbol | word | meaning |
 * |---|---|---|
 * | $\theta^0$ | `seed` | the pre-trained parameters, never changed |
 * | $\theta$ | `parameters` | the parameters after a step |
 * | $\hat\theta$ | `candidate` | the fully updated parameters before the projection (Eq. 3) |
 * | $u$ | `update` | the optimizer's update |
 * | $\varepsilon$ | `epsilon` | the fraction of parameters that may differ from the seed |
 * | $\mathcal S$, $S$ | `silos`, `silo` | the partition of the parameters, and a part of it |
 * | $\delta$ | `distances` | component distances of the candidate from the seed (Eq. 5) |
 * | $\tau$ | `threshold` | what a distance must exceed to be kept (Eq. 6) |
 *
 * @module
 */
export const DISTANCES = ['absolute', 'relative', 'inverse-relative'] as const;
/** The distances of Table 1. */
export type DistanceName = (typeof DISTANCES)[number];

export const SILO_STRATEGIES = ['none', 'per-module', 'per-module-and-layer'] as const;
/** How the parameters are parted (Section 3.2). */
export type SiloStrategy = (typeof SILO_STRATEGIES)[number];

export const THRESHOLD_METHODS = ['sort', 'select', 'iterative'] as const;
/** How a silo's threshold is found: Eq. 6 literally, the exact order statistic, Algorithm 2. */
export type ThresholdMethod = (typeof THRESHOLD_METHODS)[number];

export const BUDGET_RULES = ['quantile', 'largest-remainder'] as const;
/** How many parameters a silo keeps. */
export type BudgetRule = (typeof BUDGET_RULES)[number];

/** A parameter tensor inside the flat vector θ: what silos are made from. Tied weights appear once. */
export interface Parameter {
  /** The tensor's path, e.g. `decoder/layers/2/attention/query`. */
  readonly name: string;
  /** The path without its layer index, e.g. `decoder/layers/attention/query`. */
  readonly module: string;
  /** The layer index, or null for what stands outside the layers (embedding, final norm). */
  readonly layer: number | null;
  readonly shape: readonly number[];
  /** Offset of its first element in θ. */
  readonly offset: number;
}

/** A run of consecutive elements of θ. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/** A part of the partition: some stretches of θ. Its distance vector δ_S holds them one after the other. */
export interface Silo {
  readonly name: string;
  readonly stretches: readonly Stretch[];
  /** |S|: the sum of the stretches' lengths. */
  readonly size: number;
}
