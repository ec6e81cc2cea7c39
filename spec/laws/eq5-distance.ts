/**
 * Equation 5 and Table 1: the distance of one component, and the rulings on zero seeds, underflow and overflow.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import {
  claimedDistances,
  coarseNumbers,
  denormalNumbers,
  divisors,
  finiteNumbers,
  formatOf,
  ordinaryNumbers,
  spreadNumbers,
  zeros,
} from '../arbitraries.ts';
import type { Pair } from '../arbitraries.ts';
import { halves, halvesButZero, recipes, sizesInTurn, WEIGHT_OF_SIZES } from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import type { Capabilities, DistanceKind, Requests } from '../implementation.ts';
import { computeDistanceRange, computeExactDistance, widen, DISTANCE_ULPS } from '../oracle/distance.ts';
import type { Arithmetic } from '../oracle/distance.ts';
import { defineLaw } from './law.ts';
import type { Law, LawAnchor, LawKind } from './law.ts';
import type { Violation } from './outcome.ts';

type Input = Requests['distance'] & { readonly kind: DistanceKind };

const accepts = 'within 2 ulp of the exact value in the declared format; denormals as 0 if it flushes them';

function judge(input: Input, distances: readonly number[], arithmetic: Arithmetic): Violation | undefined {
  for (const [i, got] of distances.entries()) {
    const [candidate, seed] = [input.candidate[i], input.seed[i]];
    const exact = computeExactDistance(input.kind, candidate, seed);
    const near = widen(arithmetic.format, [exact], DISTANCE_ULPS);
    const range = computeDistanceRange(input.kind, candidate, seed, arithmetic);
    const [low, high] = [Math.min(near.low, range.low), Math.max(near.high, range.high)];
    if (!(got >= low && got <= high)) {
      return { at: `element ${i}: candidate ${candidate}, seed ${seed}`, got, wanted: `${exact} within 2 ulp` };
    }
  }
  return undefined;
}

interface Options {
  readonly id: string;
  readonly equation: LawAnchor;
  readonly claim: string;
  readonly distance: DistanceKind;
  readonly kind: LawKind;
  pairs(capabilities: Capabilities): Arbitrary<Pair>;
}

function distanceLaw({ id, equation, claim, distance, kind, pairs }: Options): Law<Input> {
  return defineLaw({
    id,
    equation,
    claim,
    kind,
    accepts,
    operation: 'distance',
    needs: { distance },
    inputs: (capabilities) =>
      fc.array(pairs(capabilities), { minLength: 1, maxLength: 20 }).map((all) => ({
        kind: distance,
        seed: all.map(({ seed }) => seed),
        candidate: all.map(({ candidate }) => candidate),
      })),
    async check({ ask, arithmetic }, input) {
      return judge(input, (await ask(input)).distances, arithmetic);
    },
  });
}

function pairsOf(seeds: Arbitrary<number>, candidates: Arbitrary<number>): Arbitrary<Pair> {
  const moved = fc.record({ seed: seeds, candidate: candidates });
  const unmoved = seeds.map((seed) => ({ seed, candidate: seed }));
  return fc.oneof({ arbitrary: moved, weight: 7 }, { arbitrary: unmoved, weight: 1 });
}

/** Numbers whose differences, products and quotients stay normal: the ground that the formulas alone decide. */
function tame(capabilities: Capabilities): Arbitrary<number> {
  const format = formatOf(capabilities);
  return fc.oneof(ordinaryNumbers(format), coarseNumbers(), spreadNumbers(format));
}

const inverseRelative = distanceLaw({
  id: 'eq5/inverse-relative-is-difference-times-seed',
  equation: 'eq-5',
  claim: 'The inverse-relative distance of a component is |θ̂ᵢ − θ⁰ᵢ| · |θ⁰ᵢ|.',
  distance: 'inverse-relative',
  kind: 'paper',
  pairs: (capabilities) => pairsOf(tame(capabilities), tame(capabilities)),
});

const absolute = distanceLaw({
  id: 'tab1/absolute-is-the-difference',
  equation: 'tab-1',
  claim: 'The absolute distance of a component is |θ̂ᵢ − θ⁰ᵢ|.',
  distance: 'absolute',
  kind: 'paper',
  pairs: (capabilities) => pairsOf(tame(capabilities), tame(capabilities)),
});

const relative = distanceLaw({
  id: 'tab1/relative-is-difference-over-seed',
  equation: 'tab-1',
  claim: 'The relative distance of a component is |θ̂ᵢ − θ⁰ᵢ| / |θ⁰ᵢ|.',
  distance: 'relative',
  kind: 'paper',
  pairs: (capabilities) => pairsOf(divisors(formatOf(capabilities)), tame(capabilities)),
});

const zeroSeedIsInfinitelyFar = distanceLaw({
  id: 'tab1/relative-to-a-zero-seed-is-infinite',
  equation: 'tab-1',
  claim: 'Relative to a zero seed any difference is +∞, and no difference is 0.',
  distance: 'relative',
  kind: 'ruling',
  pairs: (capabilities) => pairsOf(zeros(), fc.oneof(zeros(), tame(capabilities))),
});

const zeroSeedWeighsNothing = distanceLaw({
  id: 'eq5/a-zero-seed-weighs-nothing',
  equation: 'eq-5',
  claim: 'The inverse-relative distance from a zero seed is 0, however far the candidate lies: it never moves.',
  distance: 'inverse-relative',
  kind: 'ruling',
  pairs: (capabilities) => pairsOf(zeros(), fc.oneof(zeros(), finiteNumbers(formatOf(capabilities)))),
});

const underflowCollapses = distanceLaw({
  id: 'eq5/small-products-underflow-as-the-format-says',
  equation: 'eq-5',
  claim: 'If |Δ|·|θ⁰| underflows, it is the nearest denormal or 0 of the declared format.',
  distance: 'inverse-relative',
  kind: 'ruling',
  pairs: (capabilities) => {
    const format = formatOf(capabilities);
    const root = Math.sqrt(format.smallestNormal);
    const small = ordinaryNumbers(format).map((x) => format.round(x * root));
    const any = fc.oneof(small, denormalNumbers(format), zeros());
    return pairsOf(any, any);
  },
});

const overflowIsInfinite = distanceLaw({
  id: 'eq5/large-products-overflow-to-infinity',
  equation: 'eq-5',
  claim: 'If |Δ|·|θ⁰| overflows, it is +∞, not an error and not NaN.',
  distance: 'inverse-relative',
  kind: 'ruling',
  pairs: (capabilities) => {
    const format = formatOf(capabilities);
    const root = Math.sqrt(format.overflow === Infinity ? Number.MAX_VALUE : format.overflow);
    const large = ordinaryNumbers(format).map((x) => format.round(x * root));
    return pairsOf(large, large);
  },
});

const distancesOfEverySize = defineLaw({
  id: 'eq5/of-every-size',
  equation: 'eq-5',
  claim: 'Each component has its own distance in vectors of any length, around powers of two and beyond 2¹⁶.',
  kind: 'paper',
  accepts,
  operation: 'distance',
  weight: WEIGHT_OF_SIZES,
  inputs: (capabilities) =>
    turns(
      sizesInTurn().map((size) =>
        fc.tuple(recipes(size), claimedDistances(capabilities)).map(([recipe, kind]) => ({
          kind,
          seed: halvesButZero(recipe, 0),
          candidate: halves(recipe, 1),
        })),
      ),
    ),
  async check({ ask, arithmetic }, input) {
    return judge(input, (await ask(input)).distances, arithmetic);
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [
  inverseRelative,
  absolute,
  relative,
  zeroSeedIsInfinitelyFar,
  zeroSeedWeighsNothing,
  underflowCollapses,
  overflowIsInfinite,
  distancesOfEverySize,
];
