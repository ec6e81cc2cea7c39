/**
 * Equation 8: f(τ) = |{ i : δᵢ > τ }| / |S|. The protocol has no operation for it; one iteration of Alg. 2 shows it:
 * from τ_prev = p and c = 2 the middle is 1.25 p, and τ is 1.625 p where f(1.25 p) > ε, else 0.875 p.
 *
 * @module
 */
import fc from 'fast-check';
import type { Requests } from '../implementation.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import type { Subject } from './law.ts';
import type { Violation } from './outcome.ts';

/** What an input says of the distances around the middle. */
interface Counts {
  readonly above: number;
  readonly equal: number;
  readonly below: number;
  readonly epsilon: number;
  readonly scale: number;
  /** What lies below the middle, in units of p: p itself, or 0. */
  readonly low?: 0 | 1;
}

const needs = { method: 'iterative' } as const;

/** Distances of 2p, 1.25p and p or 0: above, at and below the middle. */
function requestOf({ above, equal, below, epsilon, scale, low = 1 }: Counts): Requests['threshold'] {
  const repeat = (count: number, value: number): number[] => new Array<number>(count).fill(value * scale);
  const distances = [...repeat(below, low), ...repeat(equal, 1.25), ...repeat(above, 2)];
  return { method: 'iterative', distances, epsilon, previous: scale, factor: 2, iterations: 1 };
}

async function judgeHalf(
  { ask, arithmetic }: Subject<'threshold'>,
  counts: Counts,
  isMore: boolean,
): Promise<Violation | undefined> {
  const { threshold } = await ask(requestOf(counts));
  const wanted = arithmetic.format.round((isMore ? 1.625 : 0.875) * counts.scale);
  if (threshold === wanted) return undefined;
  const fraction = `f(mid) = ${counts.above}/${counts.above + counts.equal + counts.below}`;
  const half = isMore ? 'exceeds ε: the upper half' : 'does not exceed ε: the lower half';
  return { got: threshold, wanted: `${wanted}; ${fraction} ${half}` };
}

const count = fc.integer({ min: 0, max: 6 });
/** Powers of two: nothing rounds, in any format. */
const scale = fc.integer({ min: -6, max: 6 }).map((k) => 2 ** k);

/** Distances of 0 are part of the silo like any other. */
const lows = fc.constantFrom<0 | 1>(0, 1);

const countsStrictlyAbove = defineLaw({
  id: 'eq8/counts-what-is-strictly-above',
  equation: 'eq-8',
  claim: 'A distance that equals τ is not counted by f(τ).',
  kind: 'paper',
  accepts: 'exact: nothing rounds',
  operation: 'threshold',
  needs,
  inputs: () =>
    fc.record({ above: count, equal: fc.integer({ min: 1, max: 6 }), below: count, scale }).map((counts) => {
      const size = counts.above + counts.equal + counts.below;
      // Between above/|S| and (above + equal)/|S|, in 256ths: which half it is tells whether the equal were counted.
      const middle = (counts.above + counts.equal / 2) / size;
      return { ...counts, epsilon: Math.min(255, Math.max(1, Math.round(middle * 256))) / 256 };
    }),
  check(subject, counts) {
    const size = counts.above + counts.equal + counts.below;
    return judgeHalf(subject, counts, counts.above > counts.epsilon * size);
  },
});

const sharesOfTheSilo = defineLaw({
  id: 'eq8/is-a-share-of-the-silo',
  equation: 'eq-8',
  claim: 'f(τ) is the count divided by |S|, compared with ε by >: a share that equals ε does not exceed it.',
  kind: 'paper',
  accepts: 'exact: silos of 4, 8 or 16, so that nothing rounds',
  operation: 'threshold',
  needs,
  inputs: () =>
    fc
      .tuple(fc.constantFrom(4, 8, 16), fc.nat(15), fc.constantFrom(-1, 0, 0, 1), scale, lows)
      .map(([size, k, off, p, low]) => {
        const above = 1 + (k % (size - 1));
        // ε at, just below or just above the share.
        const epsilon = above / size + off / 128;
        return { above, equal: 0, below: size - above, epsilon, scale: p, low };
      }),
  check(subject, counts) {
    return judgeHalf(subject, counts, counts.above > counts.epsilon * (counts.above + counts.below));
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [countsStrictlyAbove, sharesOfTheSilo];
