/**
 * The paper, literally, in pieces that can be replaced one by one: each mutant is this with one symbol changed. It
 * shares nothing with src/, so that a slip there is not repeated here.
 *
 * @module
 */
import type { DistanceKind, ParameterDescription, Strategy } from '../implementation.ts';

/** Rounds to the number format. */
export type Round = (x: number) => number;

/** Where a threshold's search stands. */
export interface Bracket {
  readonly lo: number;
  readonly hi: number;
}

/** Every decision of the paper that an implementer may get wrong, one function each. */
export interface Pieces {
  // ---- Eq. 3, 5, 6, 7
  candidate(theta: number, update: number, round: Round): number;
  distance(kind: DistanceKind, candidate: number, seed: number, round: Round): number;
  /** Whether the component at a place has its distance; else it has 0. */
  measures(place: number): boolean;
  /** The distances in the order that the quantile is read from. */
  sort(distances: readonly number[]): number[];
  /** The place of the quantile among m sorted distances. */
  position(epsilon: number, size: number, round: Round): number;
  interpolate(low: number, high: number, weight: number, round: Round): number;
  isKept(distance: number, threshold: number): boolean;
  /** Whether a distance may be kept at all; where the ruling on ties is declared. */
  mayKeep(distance: number): boolean;
  /** The threshold that is applied: the one just found, or the one before. */
  applied(previous: number, threshold: number): number;
  /** Where a silo's τ_prev stands. */
  previousOf(previous: readonly number[], silo: number): number | undefined;
  /** Which of two tied indices comes first, negative for the first; where the ruling on ties is declared. */
  compareTied(a: number, b: number): number;
  /** What stands if nothing is kept. */
  reset(seed: number, before: number): number;
  /** What stands where a candidate is kept. */
  keep(candidate: number, seed: number): number;
  /** What the silos of a request are taken for. */
  silos(lengths: readonly number[]): readonly number[];
  /** Whether an element is kept at all, by its place in its silo and by the silo's place among the silos. */
  reaches(place: number, silo: number): boolean;
  // ---- Eq. 8, Alg. 2
  count(distances: readonly number[], threshold: number): number;
  fraction(count: number, size: number, round: Round): number;
  isOver(fraction: number, epsilon: number): boolean;
  bracket(previous: number, factor: number, round: Round): Bracket;
  middle(bracket: Bracket, round: Round): number;
  /** `excess`: f(mid) − ε */
  halve(bracket: Bracket, mid: number, over: boolean, excess: number): Bracket;
  iterations(given: number): number;
  /** c and T if a request names none. */
  factor: number;
  iterationsLeftOut: number;
  threshold(bracket: Bracket, round: Round): number;
  /** What the next step starts from. */
  carry(previous: number, threshold: number): number;
  /** What training starts from if nothing is given. */
  start(): number;
  /** From where the search starts for a τ_prev of 0 or ∞. */
  reseed(previous: number, quantile: number): number;
  // ---- Eq. 9, Section 3.2
  isChanged(value: number, seed: number): boolean;
  overlap(common: number, a: number, b: number): number;
  /** Parameters of one key share a silo; undefined leaves one out. */
  siloKey(strategy: Strategy, parameter: ParameterDescription): string | undefined;
  // ---- Alg. 1: what the optimizer is shown of a step
  gradient(gradient: number, kept: boolean): number;
  /** `moved`: what became of the parameter in this step. */
  stateUpdate(update: number, kept: boolean, moved: number): number;
  /** The parameters whose scale it takes: those before the step, or the last candidate. */
  optimizerTheta(projected: number, candidate: number): number;
  /** What the update is added to: the parameters before the step, or the last candidate. */
  origin(projected: number, candidate: number): number;
  /** What the distance is measured from and what is returned to: the seed, or the parameters before the step. */
  anchor(seed: number, before: number): number;
  /** What is kept in the step t, counted from 0, by what it would keep alone and what the step before kept. */
  mask(now: boolean, before: boolean, t: number): boolean;
  /** The silos that training parts its parameters into. */
  trainedSilos(lengths: readonly number[], shapes: readonly (readonly number[])[]): readonly number[];
  /** The tensors that the optimizer is shown. */
  shapes(shapes: readonly (readonly number[])[]): readonly (readonly number[])[];
}

/** The pieces as the paper, and this project where it is silent, has them. */
export const LITERAL: Pieces = {
  candidate: (theta, update, round) => round(theta + update),
  distance(kind, candidate, seed, round) {
    const difference = round(Math.abs(candidate - seed));
    switch (kind) {
      case 'absolute':
        return difference;
      case 'relative':
        return difference === 0 ? 0 : round(difference / Math.abs(seed));
      case 'inverse-relative':
        return round(difference * Math.abs(seed));
    }
  },
  measures: () => true,
  sort: (distances) => [...distances].sort((a, b) => a - b),
  position: (epsilon, size, round) => round(round(1 - epsilon) * (size - 1)),
  interpolate: (low, high, weight, round) => (low === high ? low : round(low + round(weight * round(high - low)))),
  isKept: (distance, threshold) => distance > threshold,
  mayKeep: (distance) => distance > 0,
  applied: (_previous, threshold) => threshold,
  previousOf: (previous, silo) => previous[silo],
  compareTied: (a, b) => a - b,
  reset: (seed) => seed,
  keep: (candidate) => candidate,
  silos: (lengths) => lengths,
  reaches: () => true,

  count: (distances, threshold) => distances.filter((distance) => distance > threshold).length,
  fraction: (count, size, round) => round(count / size),
  isOver: (fraction, epsilon) => fraction > epsilon,
  bracket: (previous, factor, round) => ({ lo: round(previous / factor), hi: round(previous * factor) }),
  middle: ({ lo, hi }, round) => round((lo + hi) / 2),
  halve: ({ lo, hi }, mid, over) => (over ? { lo: mid, hi } : { lo, hi: mid }),
  iterations: (given) => given,
  factor: 2,
  iterationsLeftOut: 10,
  threshold: ({ lo, hi }, round) => round((lo + hi) / 2),
  carry: (_previous, threshold) => threshold,
  start: () => 1,
  reseed: (_previous, quantile) => quantile,

  isChanged: (value, seed) => !Object.is(value, seed),
  overlap: (common, a, b) => (a + b === 0 ? 1 : (2 * common) / (a + b)),
  siloKey(strategy, { module, layer }) {
    switch (strategy) {
      case 'none':
        return 'all';
      case 'per-module':
        return module;
      case 'per-module-and-layer':
        return `${module} in layer ${layer}`;
    }
  },

  gradient: (gradient) => gradient,
  stateUpdate: (update) => update,
  optimizerTheta: (projected) => projected,
  origin: (projected) => projected,
  anchor: (seed) => seed,
  mask: (now) => now,
  trainedSilos: (lengths) => lengths,
  shapes: (shapes) => shapes,
};
