/**
 * Algorithm 2 without its T counting passes: the same threshold, to the bit, from one order statistic.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import { bisect } from '../paper.ts';
import { checkBisection, checkPrevious, type BisectionOptions } from './iterative.ts';

/**
 * What {@link computeIterativeThreshold} returns, bit for bit. Algorithm 2 asks nothing of the distances but whether
 * $f(\mathrm{mid}) > \varepsilon$, for one mid after another. Let k be the least count with $k / |S| > \varepsilon$, the quotient rounded
 * as Eq. 8 rounds it, and $\delta_{(k)}$ the k-th largest distance. A rounded quotient never falls as its numerator grows, so
 *
 * $f(\mathrm{mid}) > \varepsilon \iff |\{i : \delta_i > \mathrm{mid}\}| \ge k \iff \delta_{(k)} > \mathrm{mid}$,
 *
 * and one selection answers for every mid: ties, zeros of either sign and infinities are compared in the last form as
 * they are in the first. If not even all of the silo are more than ε of it, no mid is exceeded by enough.
 *
 * @algorithm 2
 * @equation 8
 * @decided
 * @param fraction - the ε that f(τ) is brought to, from 0 to 1.
 * @param previous - τ of the step before, 0 or more; it is where the selection looks first.
 * @throws {@link InvalidInput} if a constant or the previous threshold is out of range.
 * @example
 * ```ts
 * computeIterativeBySelection(Float32Array.of(1, 2, 3, 4), 0.5, 2, { factor: 2, iterations: 1 }, kernels); // 1.75
 * ```
 */
export function computeIterativeBySelection(
  distances: Float32Array,
  fraction: number,
  previous: number,
  options: BisectionOptions,
  kernels: Kernels,
): number {
  checkBisection(options);
  checkPrevious('previous', previous);
  const { factor: c, iterations: T } = options;
  const m = distances.length;
  const k = leastCountBeyond(fraction, m);
  const kthLargest = k > m ? -Infinity : kernels.orderStatistic(distances, m - k, previous).value;
  const tau = new Float32Array(1);
  bisect(tau, 0, previous / c, previous * c, (mid) => kthLargest > mid, T);
  return tau[0];
}

/** The least count with count / m > ε in float64: m + 1 if ε is 1. The product, off by less than 1, is no later. */
function leastCountBeyond(fraction: number, m: number): number {
  let count = Math.floor(fraction * m);
  while (count / m <= fraction) count++;
  return count;
}
