/**
 * Wrong fractions and bisections (Eq. 8, Alg. 2).
 *
 * @module
 */
import type { Mutant } from './mutant.ts';
import { LITERAL } from './pieces.ts';

export const WRONG_BISECTIONS: readonly Mutant[] = [
  {
    name: 'Eq. 8: ≥ for > in the count',
    pieces: { count: (delta, tau) => delta.filter((distance) => distance >= tau).length },
    caughtBy: ['eq8/counts-what-is-strictly-above', 'alg2/bisects-exactly'],
  },
  {
    name: 'Eq. 8: a share of |S| − 1',
    pieces: { fraction: (count, size) => count / Math.max(1, size - 1) },
    caughtBy: ['eq8/is-a-share-of-the-silo'],
  },
  {
    name: 'Alg. 2: ≥ ε for > ε',
    pieces: { isOver: (fraction, epsilon) => fraction >= epsilon },
    caughtBy: ['eq8/is-a-share-of-the-silo'],
  },
  {
    name: 'Alg. 2: the halves are exchanged',
    pieces: { halve: ({ lo, hi }, mid, over) => (over ? { lo, hi: mid } : { lo: mid, hi }) },
    caughtBy: [
      'alg2/bisects-exactly',
      'alg2/projection-keeps-what-is-above-its-threshold',
      'alg2/realises-the-budget-within-one-percent',
      'alg2/threshold-is-carried-from-step-to-step',
    ],
  },
  {
    name: 'Alg. 2: the root of c',
    pieces: { bracket: (previous, factor, round) => LITERAL.bracket(previous, Math.sqrt(factor), round) },
    caughtBy: [
      'alg2/ramps-up-in-as-many-steps-as-binary-orders',
      'alg2/tracks-distances-that-drift',
      'alg2/regains-a-lost-bracket',
    ],
  },
  {
    name: 'Alg. 2: the square of c above',
    pieces: { bracket: (previous, factor) => ({ lo: previous / factor, hi: previous * factor * factor }) },
    caughtBy: ['alg2/stays-within-its-bracket', 'alg2/bisects-exactly'],
  },
  {
    name: 'Alg. 2: the geometric middle',
    pieces: { middle: ({ lo, hi }, round) => round(Math.sqrt(lo * hi)) },
    caughtBy: ['alg2/bisects-exactly'],
  },
  {
    name: 'Alg. 2: one iteration too few',
    pieces: { iterations: (given) => given - 1 },
    caughtBy: ['alg2/bisects-exactly', 'eq8/counts-what-is-strictly-above'],
  },
  {
    name: 'Alg. 2: the lower end is the threshold',
    pieces: { threshold: ({ lo }) => lo },
    caughtBy: ['alg2/bisects-exactly', 'alg2/tracks-distances-that-drift'],
  },
  {
    name: 'Alg. 2: every step starts where the first did',
    pieces: { carry: (previous) => previous },
    caughtBy: ['alg2/threshold-is-carried-from-step-to-step'],
  },
  {
    name: 'Alg. 2: training starts from τ = ¼',
    pieces: { start: () => 0.25 },
    caughtBy: ['alg2/starts-at-one'],
  },
  {
    name: 'Alg. 2: 0 and ∞ are kept for good',
    pieces: { reseed: (previous) => previous },
    caughtBy: ['alg2/zero-and-infinity-are-seeded-anew'],
  },
];
