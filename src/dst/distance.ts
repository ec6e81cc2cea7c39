/**
 * Distances: how far a candidate has moved from the seed, parameter by parameter and in all.
 *
 * Everything is float32 arithmetic: the difference is rounded, and so is the product or quotient. Where both factors
 * are small the product underflows, and distances that differ collapse to 0; where it overflows they tie at +∞
 * (ruling amb-5).
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import type { DistanceName } from './notation.ts';

const { abs, fround } = Math;

/**
 * Table 1: the distance of one component of θ̂ from the same component of θ, given that of θ⁰.
 * `absolute` $|\hat\theta_i - \theta_i|$; `relative` $|\hat\theta_i - \theta_i| / |\theta^0_i|$, where 0/0 is 0 and
 * x/0 is +∞; `inverse-relative` $|\hat\theta_i - \theta_i| \cdot |\theta^0_i|$, the default.
 *
 * @table 1
 * @equation 5
 * @ruling amb-4
 * @ruling amb-5
 * @restored
 * @example
 * ```ts
 * COMPONENT_DISTANCES['inverse-relative'](1.5, 1, -4); // 2
 * COMPONENT_DISTANCES.relative(1.5, 1, 0); // Infinity
 * ```
 */
export const COMPONENT_DISTANCES: Readonly<
  Record<DistanceName, (thetaHat: number, theta: number, theta0: number) => number>
> = {
  absolute: (thetaHat, theta) => abs(fround(thetaHat - theta)),
  relative: (thetaHat, theta, theta0) => (thetaHat === theta ? 0 : fround(abs(fround(thetaHat - theta)) / abs(theta0))),
  'inverse-relative': (thetaHat, theta, theta0) => fround(abs(fround(thetaHat - theta)) * abs(theta0)),
};

/**
 * The distances of a candidate from the seed: $\delta_i = d(\hat\theta_i, \theta^0_i)$.
 *
 * @equation 5
 * @table 1
 * @restored
 * @param distances - written; as long as the other two.
 * @returns how many of them exceed 0.
 */
export function computeDistances(
  distances: Float32Array,
  candidate: Float32Array,
  seed: Float32Array,
  distance: DistanceName,
  kernels: Kernels,
): number {
  return kernels.distance(distances, candidate, seed, distance);
}

/**
 * What the projection makes least: $D(\hat\theta, \theta) = \sum_i d(\hat\theta_i, \theta_i)$, the components in float32 and their
 * sum in float64.
 *
 * @equation 4
 * @equation 5
 * @restored
 * @returns 0 or more; +∞ where a component's distance is.
 */
export function computeDistance(
  candidate: Float32Array,
  parameters: Float32Array,
  seed: Float32Array,
  distance: DistanceName,
): number {
  const d = COMPONENT_DISTANCES[distance];
  let sum = 0;
  for (let i = 0; i < candidate.length; i++) sum += d(candidate[i], parameters[i], seed[i]);
  return sum;
}
