/**
 * Algorithm 1, followed: each step of a trajectory is judged from the parameters that the implementation itself held
 * before it, so that no error accumulates and every step is held to the bound of one.
 *
 * @module
 */
import type { DistanceKind, OptimizerChoice } from '../implementation.ts';
import { sizeOf } from '../implementation.ts';
import { createOptimizerOracle } from './adafactor.ts';
import type { BoundedUpdate, OptimizerOracle } from './adafactor.ts';
import { computeUncertainDistanceRange } from './distance.ts';
import type { Arithmetic, Range } from './distance.ts';
import { FLOAT64_ROUNDING, isExactSum, ulp, showNumber } from './formats.ts';
import type { Format } from './formats.ts';
import type { Element } from './keptSet.ts';
import { judgeSilo } from './projection.ts';
import type { Choice } from './projection.ts';

/** What was to be trained. */
export interface Course {
  readonly seed: readonly number[];
  readonly shapes: readonly (readonly number[])[];
  readonly silos: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly optimizer: OptimizerChoice;
  readonly distance: DistanceKind;
  /** One a silo; 1 if none is given (decided). */
  readonly previous?: readonly number[];
}

/** Where a trajectory leaves the path. */
export interface Departure {
  readonly at: string;
  readonly got: unknown;
  readonly wanted: unknown;
}

/** @returns the first step and element that no conforming run could have reached from the step before. */
export function findDeparture(
  course: Course,
  trajectory: readonly (readonly number[])[],
  choice: Choice,
): Departure | undefined {
  const { seed, silos } = course;
  const optimizer = createTensorOracles(course, choice.arithmetic);
  let thresholds: (readonly Range[])[] = silos.map((_, s) => {
    const start = course.previous?.[s] ?? 1;
    return [{ low: start, high: start }];
  });
  let before: readonly number[] = seed;
  let doubts: readonly number[] = seed.map(() => 0);
  for (const [t, after] of trajectory.entries()) {
    const step = `step ${t + 1}`;
    const candidates = computeCandidates(
      before,
      doubts,
      optimizer(before, course.gradients[t], doubts),
      choice.arithmetic,
    );
    const elements: Element[] = [];
    for (const [i, candidate] of candidates.entries()) {
      if (!isPossible(after[i], candidate, seed[i])) {
        const wanted = `${candidate.value} ± ${candidate.error} (the candidate) or ${showNumber(seed[i])} (the seed)`;
        return { at: `${step}, element ${i}`, got: after[i], wanted };
      }
      elements.push(createElement(course.distance, i, seed[i], after[i], candidate, choice.arithmetic));
    }
    const next: (readonly Range[])[] = [];
    let offset = 0;
    for (const [s, length] of silos.entries()) {
      const verdict = judgeSilo(elements.slice(offset, offset + length), choice, thresholds[s], choice.counts?.[s]);
      if (verdict.fault !== undefined) {
        const { index, got, wanted } = verdict.fault;
        return { at: `${step}, silo ${s}, element ${index}`, got: `${got}, ${showNumber(after[index])}`, wanted };
      }
      next.push(verdict.thresholds);
      offset += length;
    }
    thresholds = next;
    doubts = after.map((value, i) => computeDoubt(value, candidates[i], seed[i], choice.arithmetic.format));
    before = after;
  }
  return undefined;
}

/** θ̂ᵢ and how far a conforming one may lie from it. */
interface Candidate {
  readonly value: number;
  readonly error: number;
}

/**
 * By how much what an implementation holds may differ from what it shows: half a unit, if it holds more digits than
 * its format has (float64 behind float32 answers); nothing for a sum that did not round, nor for a seed, unless it may be
 * a candidate that shows as the seed.
 */
function computeDoubt(shown: number, { value, error }: Candidate, seed: number, format: Format): number {
  const half = ulp(format, shown) / 2;
  const isReset = Object.is(shown, seed) && Math.abs(value - seed) > error + half;
  return error === 0 || isReset ? 0 : half;
}

/** Eq. 3 with its roundings: the update's own, and that of the sum. */
function computeCandidates(
  theta: readonly number[],
  doubts: readonly number[],
  { update, error }: BoundedUpdate,
  { format, flushes }: Arithmetic,
): Candidate[] {
  return theta.map((value, i) => {
    const sum = value + update[i];
    if (error[i] + doubts[i] === 0 && isExactSum(format, value, update[i])) return { value: sum, error: 0 };
    // That of the sum, and of the one above, which is in float64 as well.
    const rounding = (format.epsilon / 2 + FLOAT64_ROUNDING) * Math.abs(sum) + format.smallest;
    return { value: sum, error: error[i] + doubts[i] + rounding + (flushes ? format.smallestNormal : 0) };
  });
}

function isPossible(got: number, { value, error }: Candidate, seed: number): boolean {
  return Object.is(got, seed) || Math.abs(got - value) <= error;
}

function createElement(
  kind: DistanceKind,
  index: number,
  seed: number,
  got: number,
  { value, error }: Candidate,
  arithmetic: Arithmetic,
): Element {
  if (!Object.is(got, seed)) {
    // A kept value is the candidate itself, so its distance is known as well as any, but for the digits not shown.
    const doubt = computeDoubt(got, { value, error }, seed, arithmetic.format);
    const distance = computeUncertainDistanceRange(kind, got, doubt, seed, arithmetic);
    return { index, kept: true, distance, key: error === 0 ? `${seed} ${got}` : `${index}` };
  }
  return {
    index,
    kept: Math.abs(value - seed) <= error ? undefined : false,
    distance: computeUncertainDistanceRange(kind, value, error, seed, arithmetic),
    key: error === 0 ? `${seed} ${value}` : `${index}`,
  };
}

/** One oracle for each tensor; together they take and give flat vectors. */
function createTensorOracles({ shapes, optimizer }: Course, { format }: Arithmetic): OptimizerOracle {
  const tensors = shapes.map((shape) => ({
    size: sizeOf(shape),
    oracle: createOptimizerOracle(optimizer, shape, format),
  }));
  return (theta, gradient, doubts) => {
    let from = 0;
    const parts = tensors.map(({ size, oracle }) => {
      const to = from + size;
      const part = oracle(theta.slice(from, to), gradient.slice(from, to), doubts.slice(from, to));
      from = to;
      return part;
    });
    return { update: parts.flatMap((part) => part.update), error: parts.flatMap((part) => part.error) };
  };
}
