/**
 * The level that a law belongs to: by its operation, and by the algorithm that it asks for.
 *
 * @module
 */
import type { Operation } from '../implementation.ts';
import type { Law } from '../laws/law.ts';
import type { Level } from './record.ts';

const LEVEL_OF: Readonly<Record<Operation, Level>> = {
  silos: 'core',
  distance: 'core',
  threshold: 'thresholds',
  project: 'core',
  overlap: 'core',
  optimize: 'optimizer',
  train: 'trajectory',
};

/**
 * `core`: silos, distances, projection and overlap; `thresholds`: the quantile; `bisection`: Algorithm 2, whichever
 * operation asks for it; `optimizer`: single updates; `trajectory`: Algorithm 1 over many steps.
 */
export function levelOf({ operation, needs, equation }: Law): Level {
  const isBisection = needs.method === 'iterative' || equation === 'alg-2';
  return isBisection ? 'bisection' : LEVEL_OF[operation];
}
