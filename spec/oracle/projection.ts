/**
 * Equations 6 and 7 on one answer: which elements an answer kept, and whether that set is one that an admissible
 * threshold yields, silo by silo.
 *
 * @module
 */
import { methodNamed, type DistanceKind } from '../implementation.ts';
import { bisect, bisectAnew, isFixedPoint, unique } from './bisection.ts';
import { computeDistanceRange } from './distance.ts';
import type { Arithmetic, Range } from './distance.ts';
import { findFaultAgainstLowestIndex, findFaultAgainstThreshold } from './keptSet.ts';
import type { Element, Fault } from './keptSet.ts';
import { thresholdBelow } from './counts.ts';
import { computeKeptCount, computeThresholdRange } from './quantile.ts';

/** How a silo's threshold was to be found. */
export interface Choice {
  readonly epsilon: number;
  readonly method: string;
  readonly factor: number;
  readonly iterations: number;
  /** The ruling on ties, where the implementation declares it. */
  readonly ties: 'lowest-index' | undefined;
  /** How many each silo keeps, where the implementation declares a rule for it. */
  readonly counts?: readonly Range[];
  readonly arithmetic: Arithmetic;
}

/** The verdict on a silo, and the thresholds that it leaves possible: Alg. 2 carries one to the next step. */
export interface SiloVerdict {
  readonly fault: Fault | undefined;
  readonly thresholds: readonly Range[];
}

/**
 * @param elements - the silo's elements, ascending by index.
 * @param previous - for the iterative method: where its last threshold may lie.
 * @param kept - how many are kept, if a declared rule says so.
 */
export function judgeSilo(
  elements: readonly Element[],
  choice: Choice,
  previous: readonly Range[],
  kept?: Range,
): SiloVerdict {
  const distances = elements.map(({ distance }) => distance);
  switch (methodNamed(choice.method)) {
    case 'quantile':
      return { fault: judgeExact(elements, distances, choice, kept), thresholds: [] };
    case 'iterative':
      return judgeIterative(elements, distances, choice, previous);
  }
}

function judgeIterative(
  elements: readonly Element[],
  distances: readonly Range[],
  choice: Choice,
  previous: readonly Range[],
): SiloVerdict {
  // Alg. 2 with ε = 1 has nothing to bisect for: the ruling keeps everything, the literal rule nearly so.
  if (choice.epsilon === 1) return { fault: judgeQuantile(elements, distances, choice), thresholds: previous };
  const { epsilon, factor, iterations, arithmetic } = choice;
  const constants = { epsilon, factor, iterations };
  const thresholds = unique(
    previous.flatMap((range) =>
      isFixedPoint(range)
        ? bisectAnew(distances, constants, arithmetic)
        : bisect(distances, { ...constants, previous: range }, arithmetic),
    ),
  );
  const possible = thresholds.filter((range) => findFaultAgainstThreshold(elements, range) === undefined);
  if (possible.length > 0) return { fault: undefined, thresholds: possible };
  return { fault: findFaultAgainstThreshold(elements, thresholds[0]), thresholds };
}

function judgeExact(
  elements: readonly Element[],
  distances: readonly Range[],
  choice: Choice,
  kept: Range | undefined,
): Fault | undefined {
  if (kept === undefined) return judgeQuantile(elements, distances, choice);
  if (choice.ties === 'lowest-index') return findFaultAgainstLowestIndex(elements, kept);
  return findFaultAgainstThreshold(elements, thresholdBelow(distances, kept));
}

function judgeQuantile(elements: readonly Element[], distances: readonly Range[], choice: Choice): Fault | undefined {
  const { epsilon, ties, arithmetic } = choice;
  if (epsilon === 1) return findFaultAtOne(elements, distances);
  if (ties === 'lowest-index') {
    return findFaultAgainstLowestIndex(elements, computeKeptCount(epsilon, elements.length, arithmetic.format));
  }
  return findFaultAgainstThreshold(elements, computeThresholdRange(distances, epsilon, arithmetic));
}

/** At ε = 1 both are accepted: everything kept, or everything but the smallest distance. */
function findFaultAtOne(elements: readonly Element[], distances: readonly Range[]): Fault | undefined {
  const smallest = Math.min(...distances.map(({ high }) => high));
  return findFaultAgainstThreshold(
    elements.map((element) => (element.kept === true ? { ...element, kept: undefined } : element)),
    { low: -Infinity, high: smallest },
  );
}

/** The elements of one silo of a `project` answer. */
export function createElements(
  kind: DistanceKind,
  offset: number,
  length: number,
  vectors: {
    readonly seed: readonly number[];
    readonly candidate: readonly number[];
    readonly parameters: readonly number[];
  },
  arithmetic: Arithmetic,
): Element[] {
  return Array.from({ length }, (_, i) => {
    const index = offset + i;
    const [seed, candidate, got] = [vectors.seed[index], vectors.candidate[index], vectors.parameters[index]];
    return {
      index,
      kept: Object.is(seed, candidate) ? undefined : Object.is(got, candidate),
      distance: computeDistanceRange(kind, candidate, seed, arithmetic),
      key: `${seed} ${candidate}`,
    };
  });
}
