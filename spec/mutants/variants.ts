/**
 * Right implementations that must never be accused: other formats, other orders of rounding, other rules on ties.
 *
 * @module
 */
import type { DistanceKind } from '../implementation.ts';
import { FORMATS, isDenormal } from '../oracle/formats.ts';
import type { Variant } from './literal.ts';
import { LITERAL } from './pieces.ts';
import type { Pieces, Round } from './pieces.ts';

/** A right implementation; `paperOnly`: one that decides otherwise where the paper is silent. */
export interface RightVariant extends Variant {
  readonly paperOnly?: true;
}

const { float32 } = FORMATS;
const { fround } = Math;

function flush(x: number): number {
  const rounded = float32.round(x);
  return isDenormal(float32, rounded) ? 0 : rounded;
}

/** No rounding but that of what is stored. */
function keepAll(x: number): number {
  return x;
}

/** Denormals taken for 0 wherever a number is read, compared ones included: what XLA and many accelerators do. */
const DENORMALS_ARE_ZERO: Partial<Pieces> = {
  distance: (kind, candidate, seed, round) => LITERAL.distance(kind, flush(candidate), flush(seed), round),
  sort: (delta) => LITERAL.sort(delta.map(flush)),
  count: (delta, tau) => LITERAL.count(delta.map(flush), flush(tau)),
  isKept: (distance, tau) => LITERAL.isKept(flush(distance), flush(tau)),
};

/** Half of the terms, then the other half: sums as vector units and trees of threads make them. */
function sumPairwise(values: readonly number[], round: Round): number {
  if (values.length <= 1) return round(values[0] ?? 0);
  const half = values.length >> 1;
  return round(sumPairwise(values.slice(0, half), round) + sumPairwise(values.slice(half), round));
}

/** low · (1 − w) + high · w, the weights taken first: jnp.quantile. */
function interpolateByWeights(low: number, high: number, weight: number, round: Round): number {
  return round(round(low * round(1 - weight)) + round(high * weight));
}

/** g · v^−½ in two roundings, as t5x and optax have it: at the first step not always ±1. */
function byReciprocalRoot(gradient: number, v: number): number {
  return gradient * fround(1 / Math.sqrt(v));
}

/** |Δ| · (1/|θ⁰|) */
function byReciprocalSeed(kind: DistanceKind, candidate: number, seed: number, round: Round): number {
  if (kind !== 'relative' || seed === 0) return LITERAL.distance(kind, candidate, seed, round);
  return round(round(Math.abs(candidate - seed)) * round(1 / Math.abs(seed)));
}

/** Zero seeds as XLA has them: x/0 is ∞ and 0/0 is NaN. */
function distanceInJax(kind: DistanceKind, candidate: number, seed: number, round: Round): number {
  return weighWithoutRulings(kind, round(Math.abs(flush(candidate) - flush(seed))), flush(seed), round);
}

/** The same in float64. */
function distanceInNumPy(kind: DistanceKind, candidate: number, seed: number): number {
  return weighWithoutRulings(kind, Math.abs(candidate - seed), seed, keepAll);
}

function weighWithoutRulings(kind: DistanceKind, difference: number, seed: number, round: Round): number {
  switch (kind) {
    case 'absolute':
      return difference;
    case 'relative':
      return round(difference / Math.abs(seed));
    case 'inverse-relative':
      return round(difference * Math.abs(seed));
  }
}

export const RIGHT_VARIANTS: readonly RightVariant[] = [
  { name: 'float32' },
  { name: 'float64', dtype: 'float64' },
  { name: 'bfloat16', dtype: 'bfloat16' },
  { name: 'bfloat16, computed in float32', dtype: 'bfloat16', round: float32.round },
  { name: 'float32, computed in float64', round: keepAll },
  { name: 'float32, held in float64 and rounded on the wire', round: keepAll, store: keepAll },
  { name: 'float32, rounded twice', round: (x) => fround(FORMATS.float64.round(x) * (1 + 2 ** -50)) },
  { name: 'float32, ties by the lowest index', ties: 'lowest-index' },
  { name: 'bfloat16, ties by the lowest index', ties: 'lowest-index', dtype: 'bfloat16' },
  {
    name: 'float32, denormals flushed',
    flushesDenormals: true,
    round: flush,
    pieces: {
      distance: (kind, candidate, seed, round) => LITERAL.distance(kind, flush(candidate), flush(seed), round),
    },
  },
  {
    name: 'float32, denormals flushed and taken for zero',
    flushesDenormals: true,
    round: flush,
    pieces: DENORMALS_ARE_ZERO,
  },
  {
    name: 'float32, denormals taken for zero, ties by the lowest index',
    flushesDenormals: true,
    ties: 'lowest-index',
    round: flush,
    pieces: DENORMALS_ARE_ZERO,
  },
  {
    name: 'the other way to interpolate',
    pieces: { interpolate: interpolateByWeights },
  },
  {
    name: 'NumPy’s way to interpolate: from the nearer end',
    pieces: {
      interpolate: (low, high, weight, round) =>
        weight < 0.5 || high === Infinity || low === high
          ? LITERAL.interpolate(low, high, weight, round)
          : round(high - round(round(high - low) * round(1 - weight))),
    },
  },
  {
    name: 'products fused with sums',
    pieces: {
      interpolate: (low, high, weight, round) => (low === high ? low : round(low + weight * round(high - low))),
      position: (epsilon, size, round) => round(size - 1 - epsilon * (size - 1)),
    },
    optimizer: { store: keepAll, average: (previous, next, decay) => fround(decay * previous + (1 - decay) * next) },
  },
  {
    name: 'the position from ε(m − 1)',
    pieces: { position: (epsilon, size, round) => round(size - 1 - round(epsilon * (size - 1))) },
  },
  {
    name: 'everything kept at ε = 1',
    pieces: { position: (epsilon, size, round) => (epsilon === 1 ? -1 : LITERAL.position(epsilon, size, round)) },
  },
  {
    name: 'a relative distance by the reciprocal of the seed',
    pieces: {
      distance: byReciprocalSeed,
    },
  },
  {
    name: 'reciprocals in Algorithm 2',
    pieces: {
      bracket: (previous, factor, round) => ({ lo: round(previous * round(1 / factor)), hi: round(previous * factor) }),
      middle: ({ lo, hi }, round) => round(lo + round(round(hi - lo) / 2)),
      threshold: ({ lo, hi }, round) => round(round(lo / 2) + round(hi / 2)),
      fraction: (count, size, round) => round(count * round(1 / size)),
    },
  },
  {
    name: 'a quotient of square roots in AdaFactor',
    optimizer: { combine: (row, column, rowMean) => (row * column) / rowMean },
  },
  {
    name: 'float32 sums in pairs',
    optimizer: { sum: sumPairwise },
  },
  {
    name: 'float32 sums from the end',
    optimizer: { sum: (values, round) => values.reduceRight((sum, value) => round(sum + round(value)), 0) },
  },
  {
    name: 'a reciprocal root in AdaFactor',
    optimizer: { precondition: byReciprocalRoot },
  },
  {
    name: 'a reciprocal root that is estimated, and every step rounded',
    optimizer: {
      precondition: (gradient, v) => gradient * fround((1 / Math.sqrt(v)) * (1 - 2 ** -23)),
      decay: (step, rate) => fround(1 - fround(fround(step ** -fround(rate)))),
      average: (previous, next, decay) => fround(decay * previous) + fround(fround(1 - decay) * next),
    },
  },
  {
    // Algorithm 4 of Shazeer and Stern as it is written: of a silent row and column v̂ underflows, and 0/0 is NaN.
    name: 'a product of row and column in float32',
    paperOnly: true,
    optimizer: { combine: (row, column, rowMean) => fround(fround(row * column) / rowMean) },
  },
  {
    name: 'a literal translation into JAX',
    paperOnly: true,
    flushesDenormals: true,
    round: flush,
    accepts: () => true,
    pieces: {
      ...DENORMALS_ARE_ZERO,
      distance: distanceInJax,
      // NaN at an infinite distance, 0 · ∞.
      interpolate: interpolateByWeights,
      reseed: (previous) => previous,
      start: () => 2 ** -7,
      isChanged: (value, seed) => value !== seed,
      overlap: (common, a) => common / a,
      optimizerTheta: (_projected, candidate) => candidate,
    },
    optimizer: { precondition: byReciprocalRoot, store: keepAll, sum: sumPairwise, minDimSizeToFactor: 2 },
  },
  {
    name: 'a literal translation into NumPy',
    paperOnly: true,
    round: keepAll,
    store: keepAll,
    accepts: () => true,
    pieces: {
      distance: distanceInNumPy,
      reseed: (previous) => previous,
      isChanged: (value, seed) => value !== seed,
      overlap: (common, a) => common / a,
    },
  },
];
