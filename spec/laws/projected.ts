/**
 * What the laws about `project` share: a request that a generator makes, and its answer cut into silos.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { budgetsBelowOne, claimedDistances, formatOf, joinSilos, partedPairs, separatedPairs } from '../arbitraries.ts';
import type { PartedPair } from '../arbitraries.ts';
import type { Capabilities, DistanceKind, Requests } from '../implementation.ts';
import { computeDeclaredCounts } from '../oracle/counts.ts';
import type { Range } from '../oracle/distance.ts';
import type { Element } from '../oracle/keptSet.ts';
import { createElements, judgeSilo } from '../oracle/projection.ts';
import type { Choice } from '../oracle/projection.ts';
import { showNumber } from '../oracle/formats.ts';
import { computeCountAbove } from '../oracle/quantile.ts';
import { arithmeticOf } from './law.ts';
import type { Violation } from './outcome.ts';

/** A `project` request whose distance has a known name. */
export type Projection = Requests['project'] & { readonly distance: DistanceKind };

/** Alg. 2's constants where a request names none (decided). */
export const DEFAULT_FACTOR = 2;
export const DEFAULT_ITERATIONS = 10;

/** Requests for the exact quantile over parted vectors of every sort. */
export function projections(
  capabilities: Capabilities,
  epsilons: Arbitrary<number> = budgetsBelowOne(formatOf(capabilities)),
  sizes: { readonly maxSilos?: number; readonly maxLength?: number } = {},
): Arbitrary<Projection> {
  return claimedDistances(capabilities).chain((distance) =>
    asProjections(partedPairs(formatOf(capabilities), distance, sizes), fc.constant(distance), epsilons),
  );
}

/** Requests whose distances are distinct whole numbers: nothing ties and nothing rounds. */
export function separatedProjections(
  capabilities: Capabilities,
  { maxSilos, minLength = 1 }: { readonly maxSilos: number; readonly minLength?: number },
): Arbitrary<Projection> {
  const pairs = fc.array(separatedPairs(minLength), { minLength: 1, maxLength: maxSilos }).map(joinSilos);
  return asProjections(pairs, claimedDistances(capabilities), budgetsBelowOne(formatOf(capabilities)));
}

/** The distances of a separated request, which are the same in every kind: its seeds are 1 and −1. */
export function separatedDistances({ seed, candidate }: Projection): number[] {
  return candidate.map((value, i) => Math.abs(value - seed[i]));
}

export function asProjections(
  pairs: Arbitrary<PartedPair>,
  distances: Arbitrary<DistanceKind>,
  epsilons: Arbitrary<number>,
): Arbitrary<Projection> {
  return fc
    .tuple(pairs, distances, epsilons)
    .map(([parted, distance, epsilon]) => ({ ...parted, distance, epsilon, method: 'quantile' }));
}

/** The silos as [offset, length]. */
export function rangesOf(silos: readonly number[]): [number, number][] {
  let offset = 0;
  return silos.map((length) => [(offset += length) - length, length]);
}

/** The answer's elements, silo by silo. */
export function elementsOf(
  request: Projection,
  parameters: readonly number[],
  capabilities: Capabilities,
): readonly Element[][] {
  return rangesOf(request.silos).map(([offset, length]) =>
    createElements(request.distance, offset, length, { ...request, parameters }, arithmeticOf(capabilities)),
  );
}

/** How the silos of a request are to be judged. */
export function choiceOf(
  request: Omit<Projection, 'seed' | 'candidate'> | Requests['train'],
  capabilities: Capabilities,
): Choice {
  const { counts = 'quantile' } = capabilities;
  const { format } = arithmeticOf(capabilities);
  const isCounted = counts !== 'quantile' && request.method === 'quantile';
  return {
    ...(isCounted ? { counts: computeDeclaredCounts(counts, request.silos, request.epsilon, format) } : {}),
    epsilon: request.epsilon,
    method: request.method,
    factor: request.factor ?? DEFAULT_FACTOR,
    iterations: request.iterations ?? DEFAULT_ITERATIONS,
    ties: capabilities.ties,
    arithmetic: arithmeticOf(capabilities),
  };
}

/** Whether each silo keeps a set that an admissible threshold yields. */
export function judgeKeptSets(
  request: Projection,
  parameters: readonly number[],
  capabilities: Capabilities,
): Violation | undefined {
  const choice = choiceOf(request, capabilities);
  for (const [s, elements] of elementsOf(request, parameters, capabilities).entries()) {
    const previous = request.previous?.[s] ?? 1;
    const { fault } = judgeSilo(elements, choice, [{ low: previous, high: previous }], choice.counts?.[s]);
    if (fault === undefined) continue;
    const { index, wanted } = fault;
    const value = parameters[index];
    const isOneOfTwo = Object.is(value, request.seed[index]) || Object.is(value, request.candidate[index]);
    const got = isOneOfTwo ? fault.got : `${showNumber(value)}, neither the seed’s value nor the candidate’s`;
    return { at: `silo ${s}, element ${index}`, got, wanted };
  }
  return undefined;
}

/** How many of a separated request's elements are kept, silo by silo. */
export function computeCounts(request: Projection, capabilities: Capabilities): readonly Range[] {
  const { counts, arithmetic } = choiceOf(request, capabilities);
  const all = separatedDistances(request);
  return (
    counts ??
    rangesOf(request.silos).map(([offset, length]) =>
      computeCountAbove(all.slice(offset, offset + length), request.epsilon, arithmetic),
    )
  );
}

/** How many elements differ from the seed, silo by silo. */
export function countChanged(
  seed: readonly number[],
  parameters: readonly number[],
  silos: readonly number[],
): number[] {
  return rangesOf(silos).map(
    ([offset, length]) =>
      Array.from({ length }, (_, i) => Object.is(seed[offset + i], parameters[offset + i])).filter((same) => !same)
        .length,
  );
}
