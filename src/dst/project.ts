/**
 * The projection: from θ to the fully updated candidate, and back to what the budget allows.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import type { SiloView } from './memory.ts';
import type { Selection } from './notation.ts';

/**
 * Keeps what exceeds the threshold and returns the rest to the *seed*, not to its previous value:
 * $\theta_i = \hat\theta_i$ if $\delta_i > \tau$, else $\theta^0_i$. Of the distances equal to the threshold, the
 * first `ties` are kept as well.
 *
 * @equation 7
 * @ruling amb-3
 * @restored
 * @param silo - its `theta` is written; its distances, candidate and seed are read.
 */
export function keepSelected({ ranges }: SiloView, { threshold: tau, ties }: Selection, kernels: Kernels): void {
  for (const range of ranges) {
    kernels.project(range.theta, range.candidate, range.seed, range.distances, tau);
  }
  let missing = ties;
  for (const { theta, candidate, distances } of ranges) {
    for (let i = -1; missing > 0; missing--) {
      i = distances.indexOf(tau, i + 1);
      if (i < 0) break;
      theta[i] = candidate[i];
    }
  }
}

/**
 * The positions in δ_S that a selection keeps, in ascending order.
 *
 * @equation 7
 * @ruling amb-3
 * @restored
 */
export function listKept(distances: Float32Array, selection: Selection): Uint32Array {
  const kept = new Uint32Array(countKept(distances, selection));
  const { threshold: tau, ties } = selection;
  let missing = ties;
  for (let i = 0, k = 0; k < kept.length; i++) {
    if (distances[i] > tau || (distances[i] === tau && missing-- > 0)) kept[k++] = i;
  }
  return kept;
}

/**
 * How many positions in δ_S a selection keeps.
 *
 * @equation 7
 * @ruling amb-3
 * @restored
 */
export function countKept(distances: Float32Array, { threshold: tau, ties }: Selection): number {
  let [above, equal] = [0, 0];
  for (const delta of distances) {
    if (delta > tau) above++;
    else if (delta === tau) equal++;
  }
  return above + Math.min(equal, ties);
}
