/**
 * Thresholds, the exact ways: the quantile of Eq. 6 by sorting, and the order statistic that keeps the same set.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import { interpolate, quantile } from '../paper.ts';
import type { SiloBudget } from './budget.ts';
import type { Selection } from './notation.ts';

/**
 * The threshold as the paper writes it: $\tau_S = \mathrm{quantile}(\delta_S, 1 - \varepsilon)$, by sorting, with linear interpolation.
 *
 * @equation 6
 * @ruling amb-20
 * @restored
 * @param distances - δ_S, at least one, without NaN.
 * @returns a float32 value from the smallest to the largest distance.
 * @example
 * ```ts
 * computeQuantile(Float32Array.of(3, 1, 2), 0.25); // 2.5
 * ```
 */
export function computeQuantile(distances: Float32Array, epsilon: number): number {
  const tau = new Float32Array(1);
  quantile(tau, 0, distances, epsilon);
  return tau[0];
}

/**
 * Eq. 6 for a position among the sorted distances. A rank of −1 (nothing is to be dropped) is 0, which no distance
 * of 0 exceeds.
 *
 * @equation 6
 * @restored
 */
export function sortThreshold(distances: Float32Array, { rank, weight }: Pick<SiloBudget, 'rank' | 'weight'>): number {
  if (rank < 0) return 0;
  const tau = new Float32Array(1);
  const sorted = distances.slice().sort();
  interpolate(tau, 0, sorted[rank], sorted[rank + 1], weight);
  return tau[0];
}

/**
 * Exact selection: the order statistic below the `keep` largest distances. If distances are distinct it keeps the
 * set that {@link computeQuantile} keeps. If some are equal to it, as many of them as the budget allows, the
 * lowest indices first: exactly $\min(k, |\{\delta_i > 0\}|)$ are kept.
 *
 * @equation 6
 * @ruling amb-2
 * @ruling amb-3
 * @decided
 * @param distances - δ_S, without NaN.
 * @param keep - k, from 0 to |S|.
 * @param near - a guess at the threshold, such as the one of the step before: it saves time and changes nothing.
 * @param moved - no fewer than exceed 0, if a bound is known: it saves time and changes nothing, too.
 */
export function selectThreshold(
  distances: Float32Array,
  keep: number,
  kernels: Kernels,
  near = 0,
  moved = distances.length,
): Selection {
  if (keep >= Math.min(moved, distances.length)) return { threshold: 0, ties: 0 };
  const { value: tau, above } = kernels.orderStatistic(distances, distances.length - 1 - keep, near);
  // A distance of 0 is never kept: it has not moved, or the distance gives its move no weight.
  return { threshold: tau, ties: tau > 0 ? keep - above : 0 };
}
