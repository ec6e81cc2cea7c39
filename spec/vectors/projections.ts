/**
 * The right answers to `project`: for each silo the contents that it may have afterwards.
 *
 * @module
 */
import type { Capabilities, DistanceKind, Requests } from '../implementation.ts';
import { arithmeticOf } from '../laws/law.ts';
import { choiceOf, rangesOf } from '../laws/projected.ts';
import { createElements } from '../oracle/projection.ts';
import { findKeptSets } from './keptSets.ts';
import type { Content } from './vector.ts';

/** @returns undefined if they are too many to be written down. */
export function acceptedProjection(request: Requests['project'], capabilities: Capabilities): Content | undefined {
  const { seed, candidate } = request;
  const distance = capabilities.distances.find((kind: DistanceKind) => kind === request.distance);
  if (distance === undefined) return undefined;
  const choice = choiceOf({ ...request, distance }, capabilities);
  const stretches: number[][][] = [];
  for (const [s, [offset, length]] of rangesOf(request.silos).entries()) {
    const vectors = { seed, candidate, parameters: candidate };
    const elements = createElements(distance, offset, length, vectors, arithmeticOf(capabilities));
    const previous = request.previous?.[s] ?? 1;
    const sets = findKeptSets(elements, choice, [{ low: previous, high: previous }]);
    if (sets === undefined || sets.length === 0) return undefined;
    stretches.push(
      sets.map(({ kept }) => kept.map((isKept, i) => (isKept ? candidate[offset + i] : seed[offset + i]))),
    );
  }
  return { stretches };
}
