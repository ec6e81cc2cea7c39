/**
 * Wrong distances (Eq. 5, Table 1).
 *
 * @module
 */
import type { DistanceKind } from '../implementation.ts';
import type { Mutant } from './mutant.ts';
import { FORMATS } from '../oracle/formats.ts';
import { LITERAL } from './pieces.ts';
import type { Round } from './pieces.ts';

export const WRONG_DISTANCES: readonly Mutant[] = [
  {
    name: 'Eq. 5: the weight is the seed with its sign',
    pieces: { distance: (kind, c, s, round) => weighed(kind, c, s, round, (difference) => round(difference * s)) },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed'],
  },
  {
    name: 'Eq. 5: the weight is the candidate',
    pieces: {
      distance: (kind, c, s, round) => weighed(kind, c, s, round, (difference) => round(difference * Math.abs(c))),
    },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed', 'eq5/a-zero-seed-weighs-nothing'],
  },
  {
    name: 'Eq. 5: the weight has a floor',
    pieces: {
      distance: (kind, c, s, round) =>
        weighed(kind, c, s, round, (difference) => round(difference * Math.max(Math.abs(s), 1e-6))),
    },
    caughtBy: ['eq5/a-zero-seed-weighs-nothing', 'eq5/small-products-underflow-as-the-format-says'],
  },
  {
    name: 'Eq. 5: an overflow is taken for 0',
    breaks: ['eq-5', 'tab-1'],
    pieces: {
      distance: (kind, c, s, round) => finiteOrZero(LITERAL.distance(kind, c, s, round)),
    },
    caughtBy: ['eq5/large-products-overflow-to-infinity', 'tab1/relative-to-a-zero-seed-is-infinite'],
  },
  {
    name: 'Tab. 1: the difference keeps its sign',
    pieces: { distance: (kind, c, s, round) => LITERAL.distance(kind, c, s, round) * (c < s ? -1 : 1) },
    caughtBy: [
      'tab1/absolute-is-the-difference',
      'tab1/relative-is-difference-over-seed',
      'eq5/inverse-relative-is-difference-times-seed',
    ],
  },
  {
    name: 'Tab. 1: absolute and relative are exchanged',
    pieces: {
      distance: (kind, c, s, round) => LITERAL.distance(exchange(kind), c, s, round),
    },
    caughtBy: ['tab1/absolute-is-the-difference', 'tab1/relative-is-difference-over-seed'],
  },
  {
    name: 'Tab. 1: the difference is squared',
    pieces: { distance: (kind, c, s, round) => round(LITERAL.distance(kind, c, s, round) ** 2) },
    caughtBy: ['tab1/absolute-is-the-difference'],
  },
  {
    name: 'Tab. 1: the relative distance divides by the candidate',
    pieces: {
      distance: (kind, c, s, round) =>
        kind === 'relative' ? LITERAL.distance(kind, s, c, round) : LITERAL.distance(kind, c, s, round),
    },
    caughtBy: ['tab1/relative-is-difference-over-seed'],
  },
  {
    name: 'Tab. 1: the relative distance adds 1e-8 to what it divides by',
    pieces: {
      distance: (kind, c, s, round) =>
        kind === 'relative' ? round(Math.abs(c - s) / (Math.abs(s) + 1e-8)) : LITERAL.distance(kind, c, s, round),
    },
    caughtBy: ['tab1/relative-to-a-zero-seed-is-infinite', 'tab1/relative-is-difference-over-seed'],
  },
  {
    name: 'Tab. 1: a distance from a zero seed is taken for 0',
    pieces: {
      distance: (kind, c, s, round) => (kind === 'relative' && s === 0 ? 0 : LITERAL.distance(kind, c, s, round)),
    },
    caughtBy: ['tab1/relative-to-a-zero-seed-is-infinite'],
  },
  {
    name: 'Tab. 1: 0/0 is NaN',
    pieces: {
      distance: (kind, c, s, round) =>
        kind === 'relative' ? round(Math.abs(c - s) / Math.abs(s)) : LITERAL.distance(kind, c, s, round),
    },
    caughtBy: ['tab1/relative-to-a-zero-seed-is-infinite'],
  },
  {
    name: 'Eq. 5: inverse-relative divides, as relative does',
    pieces: {
      distance: (kind, c, s, round) => LITERAL.distance(kind === 'inverse-relative' ? 'relative' : kind, c, s, round),
    },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed'],
  },
  {
    name: 'Eq. 5: the weight is squared',
    pieces: { distance: (kind, c, s, round) => weighed(kind, c, s, round, (difference) => round(difference * s * s)) },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed'],
  },
  {
    name: 'Eq. 5: products are subtracted, |θ̂θ⁰ − θ⁰²|',
    pieces: {
      distance: (kind, c, s, round) =>
        kind === 'inverse-relative'
          ? round(Math.abs(round(c * s) - round(s * s)))
          : LITERAL.distance(kind, c, s, round),
    },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed'],
  },
  {
    name: 'distances in bfloat16 behind float32 answers',
    breaks: ['eq-5', 'tab-1'],
    pieces: { distance: (kind, c, s) => LITERAL.distance(kind, c, s, FORMATS.bfloat16.round) },
    caughtBy: ['tab1/absolute-is-the-difference', 'eq5/inverse-relative-is-difference-times-seed'],
  },
  {
    name: 'denormals flushed, and not said so',
    breaks: ['eq-5', 'tab-1'],
    round: (x) => (Math.abs(x) < 2 ** -126 ? 0 : Math.fround(x)),
    caughtBy: ['eq5/small-products-underflow-as-the-format-says'],
  },
];

function weighed(
  kind: DistanceKind,
  candidate: number,
  seed: number,
  round: Round,
  weigh: (difference: number) => number,
): number {
  const difference = round(Math.abs(candidate - seed));
  return kind === 'inverse-relative' ? weigh(difference) : LITERAL.distance('absolute', candidate, seed, round);
}

function finiteOrZero(distance: number): number {
  return distance === Infinity ? 0 : distance;
}

function exchange(kind: DistanceKind): DistanceKind {
  switch (kind) {
    case 'absolute':
      return 'relative';
    case 'relative':
      return 'absolute';
    case 'inverse-relative':
      return kind;
  }
}
