/**
 * What is asked of the page itself: Eq. 1, 2, 4 and 5 are no operation of the protocol, so that no law asks for them; and
 * who rounds the quantile up is right as well, so that no law holds the page to amb-20.
 *
 * @module
 */
import fc from 'fast-check';
import type { Vector } from '../../src/paper.ts';
import { FORMATS, ulp } from '../../spec/oracle/formats.ts';
import type { PaperDtype } from '../../spec/paper.ts';
import type { Drawn, Question } from './question.ts';
import type { Page } from './sources.ts';

/** More than a search among all subsets of eight takes. */
const MOST_TURNS = 50_000;

const VECTORS: Readonly<Record<PaperDtype, (values: readonly number[]) => Vector>> = {
  float32: (values) => Float32Array.from(values),
  float64: (values) => Float64Array.from(values),
};

/** A property of the page: whether it is true of an input. What throws is not. */
function ofPage<Input>(
  id: string,
  inputs: fc.Arbitrary<Input>,
  isTrue: (page: Page, input: Input, of: (values: readonly number[]) => Vector, dtype: PaperDtype) => boolean,
): Question {
  return {
    id,
    holds({ page, dtype, begin }, { runs, seed }: Drawn) {
      const property = fc.property(inputs, (input) => {
        begin(MOST_TURNS);
        return isTrue(page, input, VECTORS[dtype], dtype);
      });
      return Promise.resolve(!fc.check(property, { numRuns: runs, seed, endOnFailure: true }).failed);
    },
  };
}

/** A parameter's seed, and whether it has changed: −0 for 0 is a change. */
type Change = readonly [seed: number, has: boolean];

const silo = fc.array(fc.tuple(fc.constantFrom(0, 1, -3), fc.boolean()), { minLength: 1, maxLength: 12 });
const changed = ([seed, has]: Change): number => (has ? (seed === 0 ? -0 : seed + 1) : seed);
const countOf = (changes: readonly Change[]): bigint => BigInt(changes.filter(([, has]) => has).length);

/** ε in hundredths of a thousandth: that of the count as well as may be, or any. */
const shares = fc.record({ isOfCount: fc.boolean(), any: fc.integer({ min: 1, max: 100_000 }) });

const feasible = ofPage(
  'page/feasible-means-as-many-as-the-budget',
  fc.record({
    // Some there and back, so that each has the same share.
    silos: fc.oneof(
      fc.array(silo, { minLength: 1, maxLength: 3 }),
      fc
        .tuple(silo, fc.integer({ min: 2, max: 3 }))
        .map(([one, count]) => Array.from({ length: count }, (_, i) => (i % 2 === 0 ? one : one.toReversed()))),
    ),
    share: shares,
  }),
  (page, { silos, share }, of) => {
    const all = silos.flat();
    const digits = share.isOfCount ? Math.round((Number(countOf(all)) / all.length) * 100_000) : share.any;
    const isShare = (part: readonly Change[]): boolean =>
      countOf(part) * 100_000n === BigInt(digits) * BigInt(part.length);
    const [theta, theta0, epsilon] = [of(all.map(changed)), of(all.map(([seed]) => seed)), digits / 100_000];
    let to = 0;
    const ranges = silos.map(({ length }) => [to, (to += length)] as const);
    return (
      page.isFeasible(theta, theta0, epsilon) === isShare(all) &&
      page.isFeasibleInEverySilo(theta, theta0, ranges, epsilon) === silos.every(isShare)
    );
  },
);

/** Moves of distinct sizes, of which the largest are kept: of 1, 2, 4, 5 or 8 each share has few digits. */
const moves = fc.constantFrom(1, 2, 4, 5, 8).chain((length) =>
  fc.record({
    keep: fc.integer({ min: 0, max: length }),
    sizes: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: length, maxLength: length }),
  }),
);

const nearest = ofPage('page/nearest-keeps-the-largest-distances', moves, (page, { keep, sizes }, of) => {
  const theta0 = of(sizes.map((_, i) => i + 1));
  const thetaHat = of(sizes.map((size, i) => i + 1 + (i % 2 === 0 ? size : -size)));
  const kept = [...sizes].sort((a, b) => b - a).slice(0, keep);
  const [theta, delta] = [of(sizes.map(() => -1)), theta0.slice()];
  page.nearest(theta, thetaHat, theta0, keep / sizes.length, page.absolute);
  page.absolute(delta, thetaHat, theta);
  const rest = sizes.filter((size) => !kept.includes(size)).reduce((sum, size) => sum + size, 0);
  return (
    sizes.every((size, i) => theta[i] === (kept.includes(size) ? thetaHat[i] : theta0[i])) && page.total(delta) === rest
  );
});

/** Neighbours, some with a power of two above, so that the bits of the lower one are all others; and a weight that rounds up. */
const neighbours = fc.record({
  upper: fc.constantFrom(1, 1.5, 2, 1024, Infinity),
  weight: fc.constantFrom(0.5, 0.75, 1),
  offset: fc.integer({ min: 0, max: 3 }),
});

const roundedUp = ofPage(
  'page/rounded-up-it-is-the-number-below',
  neighbours,
  (page, { upper, weight, offset }, of, dtype) => {
    const { round } = FORMATS[dtype];
    // The lower is as near as the format has it: a half of a unit below a power of two.
    const unit = ulp(FORMATS[dtype], upper);
    const lower =
      upper === Infinity ? 1 : Math.max(...[unit, unit / 2].map((d) => round(upper - d)).filter((x) => x < upper));
    const tau = of([7, 7, 7, 7, 7]).subarray(offset);
    page.interpolate(tau, 1, lower, upper, weight);
    return tau[0] === 7 && tau[1] >= lower && tau[1] < upper;
  },
);

export const PAGE_QUESTIONS: readonly Question[] = [feasible, nearest, roundedUp];
