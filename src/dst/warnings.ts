/**
 * What is allowed but cannot work as one may think: said before training, not found after it.
 *
 * @module
 */
import type { Silo } from './notation.ts';
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
  if (isZero(seed, silo)) {
    if (distance === 'inverse-relative') return 'its seed is all zero, and so are its inverse-relative distances';
    if (distance === 'relative' && threshold.method !== 'select') {
      return 'its seed is all zero, its relative distances are all infinite, and tied distances are dropped';
    }
  }
  if (budgets[index].keep > 0) return null;
  const size = silo.size === 1 ? 'one parameter' : `${silo.size} parameters`;
  return `of ${size} its budget keeps none`;
}

function isZero(seed: Float32Array, { stretches }: Silo): boolean {
  return stretches.every(({ offset, length }) => seed.subarray(offset, offset + length).every((value) => value === 0));
}
