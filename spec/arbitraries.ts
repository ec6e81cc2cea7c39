/**
 * The inputs of the laws: vectors with ties, zeros, −0, denormals and all-zero silos; partitions; budgets. Every
 * number is exactly representable in the implementation's own format, so that nobody rounds before he starts.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Capabilities, DistanceKind } from './implementation.ts';
import { FORMATS } from './oracle/formats.ts';
import type { Format } from './oracle/formats.ts';

/** A seed and a candidate, element by element in the same place. */
export interface Pair {
  readonly seed: number;
  readonly candidate: number;
}

/** A seed, a candidate and the lengths of the silos that they are parted into. */
export interface PartedPair {
  readonly seed: readonly number[];
  readonly candidate: readonly number[];
  readonly silos: readonly number[];
}

export function formatOf({ dtype }: Capabilities): Format {
  return FORMATS[dtype];
}

/** Multiples of 2⁻¹⁷ between −8 and 8: sums are exact in float32, products are not. */
export function ordinaryNumbers(format: Format): Arbitrary<number> {
  return fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((k) => format.round(k / 2 ** 17));
}

/** Halves between −4 and 4: every operation on them is exact, and ties are frequent. */
export function coarseNumbers(): Arbitrary<number> {
  return fc.integer({ min: -8, max: 8 }).map((k) => k / 2);
}

/** Multiples of the smallest denormal. */
export function denormalNumbers(format: Format): Arbitrary<number> {
  return fc.integer({ min: -64, max: 64 }).map((k) => k * format.smallest);
}

/** Magnitudes over eighty binary orders, so that products meet no overflow but some meet underflow. */
export function spreadNumbers(format: Format): Arbitrary<number> {
  const exponent = fc.integer({ min: -60, max: 20 });
  return fc.tuple(ordinaryNumbers(format), exponent).map(([x, e]) => format.round(x * 2 ** e));
}

export function zeros(): Arbitrary<number> {
  return fc.constantFrom(0, -0);
}

/** Anything finite that stays clear of overflow. */
export function finiteNumbers(format: Format): Arbitrary<number> {
  return fc.oneof(
    { arbitrary: ordinaryNumbers(format), weight: 4 },
    { arbitrary: coarseNumbers(), weight: 3 },
    { arbitrary: spreadNumbers(format), weight: 2 },
    { arbitrary: zeros(), weight: 1 },
    { arbitrary: denormalNumbers(format), weight: 1 },
  );
}

/** Numbers that a relative distance may divide by: no zero, and nothing so small that the quotient overflows. */
export function divisors(format: Format): Arbitrary<number> {
  const awayFromZero = (x: number): number => (Math.abs(x) < 2 ** -17 ? 1 : x);
  return fc.oneof(ordinaryNumbers(format).map(awayFromZero), coarseNumbers().map(awayFromZero));
}

/** Non-negative distances, with ties, zeros and denormals. */
export function distances(format: Format): Arbitrary<number[]> {
  const positive = (arbitrary: Arbitrary<number>): Arbitrary<number[]> =>
    fc.array(arbitrary.map(Math.abs), { minLength: 1, maxLength: 16 });
  return fc.oneof(
    { arbitrary: positive(ordinaryNumbers(format)), weight: 4 },
    { arbitrary: positive(coarseNumbers()), weight: 3 },
    { arbitrary: positive(finiteNumbers(format)), weight: 2 },
    { arbitrary: positive(denormalNumbers(format)), weight: 1 },
  );
}

/** Distinct whole numbers: bfloat16 still holds every one of them. */
export function distinctIntegers(minLength = 1): Arbitrary<number[]> {
  return fc.uniqueArray(fc.integer({ min: 1, max: 250 }), { minLength, maxLength: 20 });
}

/** Budgets as people write them. */
const USUAL_BUDGETS = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** ε with which nothing rounds. */
export function sixteenths(): Arbitrary<number> {
  return fc.integer({ min: 1, max: 15 }).map((k) => k / 16);
}

/** ε below 1: sixteenths (nothing rounds), usual decimals, tiny ones, anything. */
export function budgetsBelowOne(format: Format): Arbitrary<number> {
  return fc
    .oneof(
      { arbitrary: sixteenths(), weight: 4 },
      { arbitrary: fc.constantFrom(...USUAL_BUDGETS), weight: 3 },
      { arbitrary: fc.integer({ min: 1, max: 2 ** 20 - 1 }).map((k) => k / 2 ** 20), weight: 2 },
      { arbitrary: fc.constantFrom(2 ** -20, 1e-7, 2 ** -40, format.smallestNormal), weight: 1 },
    )
    .map((epsilon) => Math.min(format.round(epsilon), 1 - format.epsilon));
}

/** Every ε in (0, 1]. */
export function budgets(format: Format): Arbitrary<number> {
  return fc.oneof({ arbitrary: budgetsBelowOne(format), weight: 9 }, { arbitrary: fc.constant(1), weight: 1 });
}

/** Seed and candidate of one silo; `relative` keeps clear of zero seeds, about which the paper is silent. */
export function siloPairs(format: Format, kind: DistanceKind, maxLength: number): Arbitrary<Pair[]> {
  const seeds = (arbitrary: Arbitrary<number>): Arbitrary<number> =>
    kind === 'relative' ? divisors(format) : arbitrary;
  const pairs = (arbitrary: Arbitrary<number>): Arbitrary<Pair[]> =>
    fc.array(sometimesUnmoved(seeds(arbitrary), arbitrary), { minLength: 1, maxLength });
  return fc.oneof(
    { arbitrary: pairs(ordinaryNumbers(format)), weight: 4 },
    { arbitrary: pairs(coarseNumbers()), weight: 4 },
    { arbitrary: pairs(finiteNumbers(format)), weight: 2 },
    { arbitrary: allTied(format, kind, maxLength), weight: 1 },
    { arbitrary: fc.array(sometimesUnmoved(seeds(zeros()), coarseNumbers()), { minLength: 1, maxLength }), weight: 1 },
  );
}

function sometimesUnmoved(seeds: Arbitrary<number>, candidates: Arbitrary<number>): Arbitrary<Pair> {
  return fc
    .tuple(seeds, candidates, fc.integer({ min: 0, max: 7 }))
    .map(([seed, candidate, die]) => ({ seed, candidate: die === 7 ? seed : candidate }));
}

/** One pair, again and again, moved up or down: what the first step of AdaFactor makes of absolute distances. */
function allTied(format: Format, kind: DistanceKind, maxLength: number): Arbitrary<Pair[]> {
  const seed = kind === 'relative' ? divisors(format) : ordinaryNumbers(format);
  const signs = fc.array(fc.constantFrom(1, -1), { minLength: 1, maxLength });
  return fc.tuple(seed, signs).map(([value, all]) => {
    const coarse = Math.round(value * 2) / 2 || 1;
    return all.map((sign) => ({ seed: coarse, candidate: coarse + sign * 0.5 }));
  });
}

/** Some silos, each of 1 to `maxLength` elements, one after the other. */
export function partedPairs(
  format: Format,
  kind: DistanceKind,
  { maxSilos = 4, maxLength = 8 }: { readonly maxSilos?: number; readonly maxLength?: number } = {},
): Arbitrary<PartedPair> {
  return fc.array(siloPairs(format, kind, maxLength), { minLength: 1, maxLength: maxSilos }).map(joinSilos);
}

export function joinSilos(silos: readonly (readonly Pair[])[]): PartedPair {
  const all = silos.flat();
  return {
    seed: all.map(({ seed }) => seed),
    candidate: all.map(({ candidate }) => candidate),
    silos: silos.map((pairs) => pairs.length),
  };
}

/** One silo of distinct whole-numbered distances, the same in all three distances: the seeds are 1 and −1. */
export function separatedPairs(minLength = 1): Arbitrary<Pair[]> {
  return fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 250 }), fc.constantFrom(1, -1)), {
      minLength,
      maxLength: 20,
      selector: ([size]) => size,
    })
    .map((all) => all.map(([size, seed]) => ({ seed, candidate: seed * (1 + size) })));
}

/** A distance that the implementation claims. */
export function claimedDistances({ distances: claimed }: Capabilities): Arbitrary<DistanceKind> {
  return fc.constantFrom(...claimed);
}
