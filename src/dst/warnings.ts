/**
 * What is allowed but cannot work as one may think: said before training, not found after it.
 *
 * @module
 */
import type { DistanceName, Silo, ThresholdMethod } from './notation.ts';
import type { Projection } from './problem.ts';

/**
 * The silos in which nothing can train, each with the reason.
 *
 * @ruling amb-1
 * @ruling amb-4
 * @decided
 * @returns one sentence for each such silo; none at ε = 1, which keeps everything.
 */
export function findWarnings(projection: Projection): string[] {
  if (projection.epsilon === 1) return [];
  return projection.silos.flatMap((silo, index) => {
    const reason = findObstacle(projection, silo, index);
    return reason === null ? [] : [`silo "${silo.name}": nothing in it can train: ${reason}`];
  });
}

function findObstacle({ seed, budgets, distance, threshold }: Projection, silo: Silo, index: number): string | null {
  const stuck = isZero(seed, silo) ? findStuckZero(distance, threshold.thresholdMethod) : null;
  if (stuck !== null) return stuck;
  if (budgets[index].keep > 0) return null;
  const size = silo.size === 1 ? 'one parameter' : `${silo.size} parameters`;
  return `of ${size} its budget keeps none`;
}

/** Whether distances that equal the threshold are all dropped (amb-3). */
const DROPS_TIES: Readonly<Record<ThresholdMethod, boolean>> = { sort: true, select: false, iterative: true };

/** Why nothing leaves a seed that is all zero. */
function findStuckZero(distance: DistanceName, thresholdMethod: ThresholdMethod): string | null {
  switch (distance) {
    case 'absolute':
      return null;
    case 'relative':
      return DROPS_TIES[thresholdMethod]
        ? 'its seed is all zero, its relative distances are all infinite, and tied distances are dropped'
        : null;
    case 'inverse-relative':
      return 'its seed is all zero, and so are its inverse-relative distances';
  }
}

function isZero(seed: Float32Array, { ranges }: Silo): boolean {
  return ranges.every(({ offset, length }) => seed.subarray(offset, offset + length).every((value) => value === 0));
}
