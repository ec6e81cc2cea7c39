/**
 * All right answers to a request, operation by operation, out of the oracles that the laws use: the protocol's table
 * "what is accepted" as data.
 *
 * @module
 */
import type { Asked } from '../asking/hear.ts';
import type { Capabilities, DistanceKind, Requests, Strategy } from '../implementation.ts';
import { methodNamed, STRATEGIES } from '../implementation.ts';
import { arithmeticOf } from '../laws/law.ts';
import { bisect } from '../oracle/bisection.ts';
import { computeDistanceRange, computeExactDistance, DISTANCE_ULPS, widen } from '../oracle/distance.ts';
import type { Arithmetic, Range } from '../oracle/distance.ts';
import { ulp } from '../oracle/formats.ts';
import { computeOverlap } from '../oracle/overlap.ts';
import { computeCell, computeThresholdRange, THRESHOLD_ULPS } from '../oracle/quantile.ts';
import { computeSilos } from '../oracle/silos.ts';
import { asBound, below } from './bounds.ts';
import { encodeShort } from '../wire/json.ts';
import { acceptedProjection } from './projections.ts';
import { acceptedTrajectories } from './trajectories.ts';
import { acceptedUpdates } from './updates.ts';
import type { Accepted, Content } from './vector.ts';

/** @returns what may be answered, or undefined if that is too much to be written down. */
export function acceptedAnswers(asked: Asked, capabilities: Capabilities): Accepted[] | undefined {
  const declared = (ties: 'lowest-index' | undefined, flushesDenormals: boolean): Content[] | undefined => {
    const { name, version, language, dtype, operations, distances, thresholds, silos, optimizers } = capabilities;
    const rest = { name, version, language, dtype, operations, distances, thresholds, silos, optimizers };
    return contentsOf(asked, { ...rest, flushesDenormals, ...(ties === undefined ? {} : { ties }) });
  };
  const dropped = declared(undefined, false);
  const lowest = declared('lowest-index', false);
  if (dropped === undefined || lowest === undefined) return undefined;
  if (isSame(dropped, lowest)) {
    // What flushing allows comes on top of what is right without it.
    const flushed = declared(undefined, true) ?? [];
    return [...dropped, ...only(flushed, dropped).map((content) => when(content, { flushesDenormals: true }))];
  }
  const flushes = { flushesDenormals: true } as const;
  return [
    ...dropped.map((content) => when(content, { ties: 'dropped' })),
    ...only(declared(undefined, true), dropped).map((content) => when(content, { ties: 'dropped', ...flushes })),
    ...lowest.map((content) => when(content, { ties: 'lowest-index' })),
    ...only(declared('lowest-index', true), lowest).map((c) => when(c, { ties: 'lowest-index', ...flushes })),
  ];
}

function when(content: Content, condition: NonNullable<Accepted['when']>): Accepted {
  return { when: condition, ...content };
}

function only(contents: readonly Content[] | undefined, known: readonly Content[]): Content[] {
  return (contents ?? []).filter((content) => !known.some((other) => isSame(content, other)));
}

function isSame(a: unknown, b: unknown): boolean {
  return encodeShort(a) === encodeShort(b);
}

function contentsOf({ op, input }: Asked, capabilities: Capabilities): Content[] | undefined {
  const arithmetic = arithmeticOf(capabilities);
  switch (op) {
    case 'silos': {
      const strategy = STRATEGIES.find((name: Strategy) => name === input.strategy);
      return strategy === undefined ? undefined : [{ silos: computeSilos(strategy, input.parameters) }];
    }
    case 'distance': {
      const kind = capabilities.distances.find((name: DistanceKind) => name === input.kind);
      return kind === undefined ? undefined : [acceptedDistances(kind, input, arithmetic)];
    }
    case 'threshold':
      return thresholdRanges(input, arithmetic).map((range) => ({
        threshold: asBound(arithmetic.format, flushed(range, arithmetic)),
      }));
    case 'project': {
      const projection = acceptedProjection(input, capabilities);
      return projection && [projection];
    }
    case 'overlap':
      return [{ overlap: asBound(arithmetic.format, overlapRange(input, arithmetic)) }];
    case 'optimize':
      return [acceptedUpdates(input, arithmetic)];
    case 'train':
      return acceptedTrajectories(input, capabilities);
  }
}

/** Within 2 ulp of the exact value, or of the formula's steps each rounded. */
function acceptedDistances(kind: DistanceKind, input: Requests['distance'], arithmetic: Arithmetic): Content {
  const distances = input.seed.map((seed, i) => {
    const candidate = input.candidate[i];
    const near = widen(arithmetic.format, [computeExactDistance(kind, candidate, seed)], DISTANCE_ULPS);
    const range = computeDistanceRange(kind, candidate, seed, arithmetic);
    return asBound(arithmetic.format, {
      low: Math.min(near.low, range.low),
      high: Math.max(near.high, range.high),
    });
  });
  return { distances };
}

function thresholdRanges(request: Requests['threshold'], arithmetic: Arithmetic): Range[] {
  const points = request.distances.map((distance) => ({ low: distance, high: distance }));
  switch (methodNamed(request.method)) {
    case 'quantile':
      return quantileRanges(request, points, arithmetic);
    case 'iterative':
      return iterativeRanges(request, points, arithmetic);
  }
}

function quantileRanges(request: Requests['threshold'], points: readonly Range[], arithmetic: Arithmetic): Range[] {
  const { format } = arithmetic;
  const near = computeThresholdRange(points, request.epsilon, arithmetic);
  // At ε = 1 the literal rule's smallest distance is right, and so is all that keeps it too.
  if (request.epsilon === 1) return [{ low: -Infinity, high: near.high }];
  const cell = computeCell(request.distances, request.epsilon, format);
  const keepsTheSame = cell.low < cell.high ? [{ low: cell.low, high: below(format, cell.high) }] : [];
  return joinOverlapping([near, ...keepsTheSame]);
}

function iterativeRanges(request: Requests['threshold'], points: readonly Range[], arithmetic: Arithmetic): Range[] {
  const { format } = arithmetic;
  const { previous = 1, factor = 2, iterations = 10, epsilon } = request;
  const bisectFrom = (start: Range): Range[] =>
    bisect(points, { epsilon, previous: start, factor, iterations }, arithmetic);
  if (previous !== 0 && previous !== Infinity) return widenAll(bisectFrom({ low: previous, high: previous }));
  // Begun again from the exact quantile: that itself, or what Alg. 2 makes of it.
  const cell = computeCell(request.distances, epsilon, format);
  const starts = [computeThresholdRange(points, epsilon, arithmetic), asPoint(cell.low), asPoint(cell.high)];
  return widenAll([...starts, ...starts.flatMap(bisectFrom)]);

  function widenAll(ranges: readonly Range[]): Range[] {
    return joinOverlapping(ranges.map(({ low, high }) => widen(format, [low, high], THRESHOLD_ULPS)));
  }
}

/** A threshold among the denormals is 0 for who flushes them. */
function flushed({ low, high }: Range, { format, flushes }: Arithmetic): Range {
  return flushes && low < format.smallestNormal ? { low: Math.min(low, 0), high } : { low, high };
}

function asPoint(x: number): Range {
  return { low: x, high: x };
}

/** Ranges that touch as one, in ascending order. */
function joinOverlapping(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.low - b.low || a.high - b.high)) {
    const last = joined[joined.length - 1];
    if (joined.length === 0 || range.low > last.high) joined.push(range);
    else joined[joined.length - 1] = { low: last.low, high: Math.max(last.high, range.high) };
  }
  return joined;
}

/** The one division rounded, 1 ulp either way. */
function overlapRange({ seed, a, b }: Requests['overlap'], { format }: Arithmetic): Range {
  const wanted = format.round(computeOverlap(seed, a, b));
  const slack = wanted === 0 ? 0 : ulp(format, wanted);
  return { low: wanted - slack, high: wanted + slack };
}
