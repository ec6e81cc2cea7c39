/**
 * The right answers to `train`: every trajectory that a conforming implementation may take. If rounding leaves a
 * silo two sets to keep, both are followed.
 *
 * @module
 */
import type { Capabilities, DistanceKind, Requests } from '../implementation.ts';
import { sizeOf } from '../implementation.ts';
import { arithmeticOf } from '../laws/law.ts';
import { choiceOf, rangesOf } from '../laws/projected.ts';
import { computeUncertainDistanceRange } from '../oracle/distance.ts';
import type { Range } from '../oracle/distance.ts';
import type { Element } from '../oracle/keptSet.ts';
import { asBound } from './bounds.ts';
import { findKeptSets } from './keptSets.ts';
import type { KeptSet } from './keptSets.ts';
import { addRanges, computeUpdateRanges } from './updates.ts';
import type { Bound, Content } from './vector.ts';

/** More trajectories than this, and an input is no readable vector. */
const MOST_BRANCHES = 4;

interface Branch {
  /** What θ may have been before each step so far. */
  readonly history: readonly (readonly Range[])[];
  /** Where each silo's last threshold may lie. */
  readonly thresholds: readonly (readonly Range[])[];
  readonly parameters: readonly (readonly Bound[])[];
}

/** @returns undefined if they are too many to be written down. */
export function acceptedTrajectories(request: Requests['train'], capabilities: Capabilities): Content[] | undefined {
  const distance = capabilities.distances.find((kind: DistanceKind) => kind === request.distance);
  if (distance === undefined) return undefined;
  const start: Branch = {
    history: [request.seed.map((value) => ({ low: value, high: value }))],
    thresholds: request.silos.map((_, s) => {
      const previous = request.previous?.[s] ?? 1;
      return [{ low: previous, high: previous }];
    }),
    parameters: [],
  };
  let branches: Branch[] = [start];
  for (let t = 0; t < request.gradients.length; t++) {
    const next: Branch[] = [];
    for (const branch of branches) {
      const steps = takeStep({ ...request, distance }, branch, capabilities);
      if (steps === undefined) return undefined;
      next.push(...steps);
    }
    if (next.length === 0 || next.length > MOST_BRANCHES) return undefined;
    branches = next;
  }
  return branches.map(({ parameters }) => ({ parameters }));
}

type Training = Requests['train'] & { readonly distance: DistanceKind };

/** All ways in which a step may end. */
function takeStep(request: Training, branch: Branch, capabilities: Capabilities): Branch[] | undefined {
  const { seed, silos, distance } = request;
  const arithmetic = arithmeticOf(capabilities);
  const theta = branch.history[branch.history.length - 1];
  const updates = computeAllUpdates(request, branch.history, capabilities);
  const candidates = theta.map((range, i) => addRanges(range, updates[i], arithmetic));
  const choice = choiceOf(request, capabilities);

  // Who counts what it keeps counts candidates that differ from the seed. If one may or may not, both are followed.
  const counts = choice.ties !== undefined && choice.method === 'quantile' && choice.epsilon < 1;
  const mayBeSeed = ({ low, high }: Range, i: number): boolean => low !== high && low <= seed[i] && seed[i] <= high;

  let ways: (readonly KeptSet[])[] = [[]];
  for (const [s, [offset, length]] of rangesOf(silos).entries()) {
    const doubtful: number[] = [];
    const elements = Array.from({ length }, (_, place): Element => {
      const index = offset + place;
      const { low, high } = candidates[index];
      const [value, error] = low === high ? [low, 0] : [(low + high) / 2, (high - low) / 2];
      const range = computeUncertainDistanceRange(distance, value, error, seed[index], arithmetic);
      const isUnmoved = seed[index] >= low && seed[index] <= high;
      if (counts && mayBeSeed(candidates[index], index)) doubtful.push(place);
      const key = error === 0 ? `${seed[index]} ${value}` : `${index}`;
      return { index, kept: isUnmoved ? undefined : true, distance: range, key };
    });
    const sets: KeptSet[] = [];
    for (const moved of subsetsOf(doubtful)) {
      const tried = elements.map((element, place) => (moved.includes(place) ? { ...element, kept: true } : element));
      const found = findKeptSets(tried, choice, branch.thresholds[s]);
      if (found === undefined) return undefined;
      sets.push(...found.filter(({ kept }) => !sets.some((known) => known.kept.join() === kept.join())));
    }
    ways = ways.flatMap((way) => sets.map((set) => [...way, set]));
    if (ways.length > MOST_BRANCHES) return undefined;
  }
  return ways.map((way) => {
    const kept = way.flatMap((set) => set.kept);
    const after = candidates.map((candidate, i): Range => {
      const reset = { low: seed[i], high: seed[i] };
      if (kept[i]) return candidate;
      // Where the candidate may be the seed or beside it, either is right.
      return mayBeSeed(candidate, i) ? candidate : reset;
    });
    const bounds = after.map((range, i) =>
      !kept[i] && range.low === range.high ? seed[i] : asBound(arithmetic.format, range),
    );
    return {
      history: [...branch.history, after],
      thresholds: choice.method === 'quantile' ? branch.thresholds : way.map(({ thresholds }) => thresholds),
      parameters: [...branch.parameters, bounds],
    };
  });
}

/** Of a short list. */
function subsetsOf(places: readonly number[]): number[][] {
  return places.reduce<number[][]>(
    (subsets, place) => [...subsets, ...subsets.map((subset) => [...subset, place])],
    [[]],
  );
}

/** One optimizer for each tensor; together they give a flat update. */
function computeAllUpdates(
  { shapes, gradients, optimizer }: Training,
  history: readonly (readonly Range[])[],
  capabilities: Capabilities,
): Range[] {
  const { format } = arithmeticOf(capabilities);
  let to = 0;
  return shapes.flatMap((shape) => {
    const from = to;
    to += sizeOf(shape);
    const part = <Item>(vector: readonly Item[]): Item[] => vector.slice(from, to);
    return computeUpdateRanges({ optimizer, shape, gradients: gradients.map(part) }, history.map(part), format);
  });
}
