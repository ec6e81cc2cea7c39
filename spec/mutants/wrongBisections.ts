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
    caughtBy: ['eq8/counts-what-is-strictly-above'],
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
    name: 'Alg. 2: 0 and ∞ never change again',
    pieces: { reseed: (previous) => previous },
    caughtBy: ['alg2/zero-and-infinity-are-seeded-anew', 'alg2/projection-seeds-zero-and-infinity-anew'],
  },
  {
    name: 'Eq. 8: what lies below is counted',
    pieces: { count: (delta, tau) => delta.filter((distance) => distance < tau).length },
    caughtBy: ['eq8/counts-what-is-strictly-above', 'alg2/bisects-exactly'],
  },
  {
    name: 'Eq. 8: a share of the distances above 0',
    pieces: {
      count: countAsShareOfPositive,
    },
    caughtBy: ['eq8/is-a-share-of-the-silo'],
  },
  {
    name: 'Alg. 2: compared with 1 − ε',
    pieces: { isOver: (fraction, epsilon) => fraction > 1 - epsilon },
    caughtBy: ['alg2/bisects-exactly', 'eq8/is-a-share-of-the-silo'],
  },
  {
    name: 'Alg. 2: the square root of c below',
    pieces: { bracket: (previous, factor) => ({ lo: previous / Math.sqrt(factor), hi: previous * factor }) },
    caughtBy: ['alg2/bisects-exactly'],
  },
  {
    name: 'Alg. 2: the bracket begins at τ_prev',
    pieces: { bracket: (previous, factor) => ({ lo: previous, hi: previous * factor }) },
    caughtBy: ['alg2/bisects-exactly', 'alg2/tracks-distances-that-drift'],
  },
  {
    name: 'Alg. 2: the bracket ends at τ_prev',
    pieces: { bracket: (previous, factor) => ({ lo: previous / factor, hi: previous }) },
    caughtBy: ['alg2/bisects-exactly', 'alg2/regains-a-lost-bracket'],
  },
  {
    name: 'Alg. 2: the bracket is τ_prev ± c',
    pieces: { bracket: (previous, factor) => ({ lo: Math.max(0, previous - factor), hi: previous + factor }) },
    caughtBy: ['alg2/stays-within-its-bracket', 'alg2/bisects-exactly'],
  },
  {
    name: 'Alg. 2: c is 2, whatever is asked',
    pieces: { bracket: (previous, _factor, round) => LITERAL.bracket(previous, 2, round) },
    caughtBy: ['alg2/bisects-exactly'],
  },
  {
    name: 'Alg. 2: T is 10, whatever is asked',
    pieces: { iterations: () => 10 },
    caughtBy: ['alg2/bisects-exactly', 'eq8/counts-what-is-strictly-above'],
  },
  {
    name: 'Alg. 2: one iteration too many',
    pieces: { iterations: (given) => given + 1 },
    caughtBy: ['alg2/bisects-exactly', 'eq8/is-a-share-of-the-silo'],
  },
  {
    name: 'Alg. 2: the upper end is the threshold',
    pieces: { threshold: ({ hi }) => hi },
    caughtBy: ['alg2/bisects-exactly', 'alg2/tracks-distances-that-drift'],
  },
  {
    name: 'Alg. 2: stops where f is within a hundredth of ε',
    pieces: {
      halve: (bracket, mid, over, excess) =>
        Math.abs(excess) < 0.01 ? { lo: mid, hi: mid } : LITERAL.halve(bracket, mid, over, excess),
    },
    caughtBy: ['alg2/bisects-exactly'],
  },
  {
    name: 'Alg. 2: silos share the first one’s threshold',
    pieces: { previousOf: (previous) => previous[0] },
    caughtBy: ['alg2/projection-keeps-what-is-above-its-threshold', 'alg2/threshold-is-carried-from-step-to-step'],
  },
  {
    name: 'Alg. 2: the threshold that was given is not used',
    pieces: { previousOf: () => undefined },
    caughtBy: ['alg2/projection-keeps-what-is-above-its-threshold', 'alg2/threshold-is-carried-from-step-to-step'],
  },
  {
    name: 'Alg. 2: the threshold is applied a step late',
    breaks: ['alg-2', 'eq-7'],
    pieces: { applied: (previous) => previous },
    caughtBy: ['alg2/projection-keeps-what-is-above-its-threshold', 'alg2/threshold-is-carried-from-step-to-step'],
  },
  {
    name: 'Alg. 2: what is carried is a running mean',
    pieces: { carry: (previous, threshold) => (previous + threshold) / 2 },
    caughtBy: ['alg2/threshold-is-carried-from-step-to-step'],
  },
  {
    name: 'Alg. 2: 0 and ∞ start from 1',
    pieces: { reseed: () => 1 },
    caughtBy: ['alg2/zero-and-infinity-are-seeded-anew'],
  },
  {
    name: 'Alg. 2: the threshold has a floor of 1e-12',
    pieces: { threshold: ({ lo, hi }, round) => Math.max(1e-12, round((lo + hi) / 2)) },
    caughtBy: ['alg2/denormal-thresholds-follow-the-bisection'],
  },
  {
    name: 'Alg. 2: thresholds are remembered between requests',
    breaks: ['alg-2', 'protocol'],
    remembers: 'thresholds',
    caughtBy: ['stateless/no-threshold-is-remembered'],
  },
];

/** So that its share of all distances is the share of those above 0. */
function countAsShareOfPositive(delta: readonly number[], tau: number): number {
  const above = delta.filter((distance) => distance > 0).length;
  return (delta.filter((distance) => distance > tau).length * delta.length) / Math.max(1, above);
}
