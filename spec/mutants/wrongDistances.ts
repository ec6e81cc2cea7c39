/**
 * Wrong distances (Eq. 5, Table 1).
 *
 * @module
 */
import type { DistanceKind } from '../implementation.ts';
import type { Mutant } from './mutant.ts';
import { LITERAL } from './pieces.ts';

export const WRONG_DISTANCES: readonly Mutant[] = [
  {
    name: 'Eq. 5: the weight is the seed with its sign',
    pieces: { distance: (kind, c, s, round) => weighed(kind, c, s, (difference) => round(difference * s)) },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed'],
  },
  {
    name: 'Eq. 5: the weight is the candidate',
    pieces: { distance: (kind, c, s, round) => weighed(kind, c, s, (difference) => round(difference * Math.abs(c))) },
    caughtBy: ['eq5/inverse-relative-is-difference-times-seed', 'eq5/a-zero-seed-weighs-nothing'],
  },
  {
    name: 'Eq. 5: the weight has a floor',
    pieces: {
      distance: (kind, c, s, round) =>
        weighed(kind, c, s, (difference) => round(difference * Math.max(Math.abs(s), 1e-6))),
    },
    caughtBy: ['eq5/a-zero-seed-weighs-nothing', 'eq5/small-products-underflow-as-the-format-says'],
  },
  {
    name: 'Eq. 5: an overflow is taken for 0',
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
];

function weighed(kind: string, candidate: number, seed: number, weigh: (difference: number) => number): number {
  const difference = Math.abs(candidate - seed);
  return kind === 'inverse-relative' ? weigh(difference) : LITERAL.distance('absolute', candidate, seed, Math.fround);
}

function finiteOrZero(distance: number): number {
  return distance === Infinity ? 0 : distance;
}

function exchange(kind: DistanceKind): DistanceKind {
  if (kind === 'inverse-relative') return kind;
  return kind === 'absolute' ? 'relative' : 'absolute';
}
