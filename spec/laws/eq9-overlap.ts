/**
 * Equation 9: of the parameters that differ from the seed, the share that two checkpoints have in common.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { coarseNumbers, finiteNumbers, formatOf } from '../arbitraries.ts';
import { halves, recipes, sizesInTurn, WEIGHT_OF_SIZES } from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import type { Requests } from '../implementation.ts';
import type { Arithmetic } from '../oracle/distance.ts';
import { isWithinUlps } from '../oracle/formats.ts';
import { computeChanged, computeOverlap } from '../oracle/overlap.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import type { Violation } from './outcome.ts';

type Input = Requests['overlap'];

const accepts = 'equal: the one division rounded in the declared format, 1 ulp either way';

function judge(input: Input, overlap: number, { format }: Arithmetic): Violation | undefined {
  const wanted = computeOverlap(input.seed, input.a, input.b);
  if (isWithinUlps(format, overlap, wanted, 1)) return undefined;
  const [a, b] = [computeChanged(input.seed, input.a), computeChanged(input.seed, input.b)];
  const sizes = `|A| = ${a.size}, |B| = ${b.size}, |A ∩ B| = ${[...a].filter((i) => b.has(i)).length}`;
  return { got: overlap, wanted: `${wanted}: ${sizes}` };
}

/** For each element: its seed, and whether a and b changed it. */
type Change = readonly [seed: number, inA: boolean, inB: boolean];

function asInput(changes: readonly Change[]): Input {
  return {
    seed: changes.map(([seed]) => seed),
    a: changes.map(([seed, inA]) => (inA ? seed + 1 : seed)),
    // Where both changed an element they need not agree on its value.
    b: changes.map(([seed, , inB], i) => (inB ? seed + 1 + (i % 2) : seed)),
  };
}

/** Both subsets have the same, non-zero size: what is in a alone is paired with what is in b alone. */
function subsetsOfOneSize(): Arbitrary<Input> {
  return fc
    .record({ common: fc.nat(6), each: fc.nat(6), neither: fc.nat(6), seed: coarseNumbers() })
    .filter(({ common, each }) => common + each > 0)
    .map(({ common, each, neither, seed }) => {
      const times = (count: number, inA: boolean, inB: boolean): Change[] =>
        Array.from({ length: count }, () => [seed, inA, inB] as const);
      return asInput([
        ...times(each, true, false),
        ...times(common, true, true),
        ...times(neither, false, false),
        ...times(each, false, true),
      ]);
    });
}

function subsets(): Arbitrary<Input> {
  const change = fc.tuple(coarseNumbers(), fc.boolean(), fc.boolean());
  const none = fc.tuple(coarseNumbers(), fc.constant(false), fc.constant(false));
  const lists = fc.oneof(
    { arbitrary: fc.array<Change>(change, { minLength: 1, maxLength: 20 }), weight: 15 },
    { arbitrary: fc.array<Change>(none, { minLength: 1, maxLength: 4 }), weight: 1 }, // two empty subsets
  );
  return lists.map(asInput);
}

const shareInCommon = defineLaw({
  id: 'eq9/share-in-common',
  equation: 'eq-9',
  claim: 'Two subsets of one size k overlap by |A ∩ B| / k.',
  kind: 'paper',
  accepts,
  operation: 'overlap',
  inputs: subsetsOfOneSize,
  async check({ ask, arithmetic }, input) {
    return judge(input, (await ask(input)).overlap, arithmetic);
  },
});

const isSymmetric = defineLaw({
  id: 'eq9/is-symmetric',
  equation: 'eq-9',
  claim: 'The overlap of A and B is that of B and A, whatever their sizes.',
  kind: 'ruling',
  accepts: 'equal',
  operation: 'overlap',
  inputs: subsets,
  async check({ ask }, { seed, a, b }) {
    const [there, back] = [await ask({ seed, a, b }), await ask({ seed, a: b, b: a })];
    return there.overlap === back.overlap ? undefined : { got: back.overlap, wanted: there.overlap };
  },
});

const unequalSizes = defineLaw({
  id: 'eq9/unequal-sizes',
  equation: 'eq-9',
  claim: 'Subsets of different sizes overlap by 2|A ∩ B| / (|A| + |B|); two empty ones overlap by 1.',
  kind: 'ruling',
  accepts,
  operation: 'overlap',
  inputs: subsets,
  async check({ ask, arithmetic }, input) {
    return judge(input, (await ask(input)).overlap, arithmetic);
  },
});

const differsInBits = defineLaw({
  id: 'eq9/differs-means-other-bits',
  equation: 'eq-9',
  claim: 'A parameter differs from the seed if its bits do: −0 differs from 0.',
  kind: 'ruling',
  accepts,
  operation: 'overlap',
  inputs: (capabilities) => {
    const numbers = finiteNumbers(formatOf(capabilities));
    const change = fc.tuple(numbers, fc.boolean(), fc.boolean());
    return fc.array(change, { minLength: 1, maxLength: 20 }).map((changes) => ({
      seed: changes.map(([seed]) => seed),
      a: changes.map(([seed, inA]) => (inA ? -seed : seed)),
      b: changes.map(([seed, , inB]) => (inB ? -seed : seed)),
    }));
  },
  async check({ ask, arithmetic }, input) {
    return judge(input, (await ask(input)).overlap, arithmetic);
  },
});

/** Two ranges of one length, each anywhere, around the end as well. */
function rangesOfSize(size: number): Arbitrary<Input> {
  return fc.record({ recipe: recipes(size), length: fc.nat(), from: fc.nat(), to: fc.nat() }).map((drawn) => {
    const n = drawn.recipe.size;
    const seed = halves(drawn.recipe, 0);
    const isIn = (i: number, start: number): boolean => (i + (start % n)) % n <= drawn.length % n;
    return asInput(seed.map((value, i) => [value, isIn(i, drawn.from), isIn(i, drawn.to)]));
  });
}

const overlapOfEverySize = defineLaw({
  id: 'eq9/of-every-size',
  equation: 'eq-9',
  claim: 'The same holds for vectors of any length, around powers of two and beyond 2¹⁶.',
  kind: 'paper',
  accepts,
  operation: 'overlap',
  weight: WEIGHT_OF_SIZES,
  inputs: () => turns(sizesInTurn().map(rangesOfSize)),
  async check({ ask, arithmetic }, input) {
    return judge(input, (await ask(input)).overlap, arithmetic);
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [shareInCommon, isSymmetric, unequalSizes, differsInBits, overlapOfEverySize];
