/**
 * Normalised distances instead of silos (Appendix B): one threshold over all modules, whose distances are first
 * divided by the module's size or by its mean magnitude.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import type { Normalisation, Range } from './notation.ts';
import type { Projection } from './problem.ts';
import { partition } from './silos.ts';

/** A range, and what the distances in it are multiplied by. */
export interface ScaledRange extends Range {
  readonly scale: number;
}

/**
 * The factors of Appendix B, a list for each silo: δ / |module| or δ / mean|θ⁰| of the module, so that a single
 * threshold over all modules treats them alike. The factor is a float32 value, and so is its product with δ. Without
 * normalisation every factor is 1.
 *
 * @appendix B
 * @ruling amb-10
 * @restored
 */
export function computeScales({ silos, parameters, normalisation, seed }: Projection): ScaledRange[][] {
  if (normalisation === null) return silos.map(({ ranges }) => ranges.map((part) => ({ ...part, scale: 1 })));
  const groups = partition(parameters, normalisation.over).flatMap(({ ranges, size }) => {
    const scale = Math.fround(1 / divisorOf(normalisation, seed, ranges, size));
    return ranges.map((range) => ({ ...range, scale }));
  });
  groups.sort((a, b) => a.offset - b.offset);
  return silos.map(({ ranges }) => ranges.flatMap((range) => intersect(range, groups)));
}

/**
 * Multiplies distances by their factor. If the factor is +∞, as in a module whose seed is all zero, 0 stays 0 and
 * the rest becomes +∞, as with the relative distance.
 *
 * @appendix B
 * @ruling amb-10
 * @decided
 */
export function normaliseDistances(distances: Float32Array, scale: number, kernels: Kernels): void {
  if (scale === 1) return;
  if (scale < Infinity) kernels.scale(distances, distances, scale);
  else for (let i = 0; i < distances.length; i++) if (distances[i] > 0) distances[i] = Infinity;
}

function divisorOf({ by }: Normalisation, seed: Float32Array, ranges: readonly Range[], size: number): number {
  switch (by) {
    case 'size':
      return size;
    case 'mean':
      return computeMeanMagnitude(seed, ranges);
  }
}

/** mean|θ⁰| in float64. */
function computeMeanMagnitude(seed: Float32Array, ranges: readonly Range[]): number {
  let [sum, count] = [0, 0];
  for (const { offset, length } of ranges) {
    for (let i = offset; i < offset + length; i++) sum += Math.abs(seed[i]);
    count += length;
  }
  return sum / count;
}

/** The parts of a range, each inside one group. */
function intersect({ offset, length }: Range, groups: readonly ScaledRange[]): ScaledRange[] {
  return groups.flatMap((group) => {
    const from = Math.max(offset, group.offset);
    const to = Math.min(offset + length, group.offset + group.length);
    return from < to ? [{ offset: from, length: to - from, scale: group.scale }] : [];
  });
}
