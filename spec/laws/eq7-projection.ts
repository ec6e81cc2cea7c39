/**
 * Equation 7: θᵢ = θ̂ᵢ where δᵢ > τ_S, else θ⁰ᵢ; and the rulings on ties, on zero distances and on ε = 1.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import {
  budgets,
  budgetsBelowOne,
  claimedDistances,
  coarseNumbers,
  formatOf,
  joinSilos,
  sixteenths,
  zeros,
} from '../arbitraries.ts';
import type { Pair } from '../arbitraries.ts';
import {
  halves,
  halvesButZero,
  MANY_SILOS,
  recipes,
  sizesInTurn,
  smallSilos,
  WEIGHT_OF_SIZES,
} from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import type { Capabilities } from '../implementation.ts';
import { computeDistanceRange } from '../oracle/distance.ts';
import { showNumber } from '../oracle/formats.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import type { LawDefinition } from './law.ts';
import { asProjections, elementsOf, judgeKeptSets, projections } from './projected.ts';
import type { Projection } from './projected.ts';

type ProjectLaw = LawDefinition<'project', Projection>;

const base = { equation: 'eq-7', operation: 'project', needs: { method: 'quantile' } } as const;

/** Silos of coarse numbers alone: nothing rounds, nearly everything ties. No zero seeds. */
function tiedPairs(maxLength: number): Arbitrary<Pair[]> {
  const seeds = coarseNumbers().map((x) => (x === 0 ? 1 : x));
  return fc.array(fc.record({ seed: seeds, candidate: coarseNumbers() }), { minLength: 1, maxLength });
}

const everyValueIsOneOfTwo: ProjectLaw = {
  ...base,
  id: 'eq7/kept-values-are-the-candidates',
  claim: 'Afterwards every parameter is the candidate’s value or the seed’s, bit for bit.',
  kind: 'paper',
  accepts: 'exact to the bit',
  inputs: (capabilities) => projections(capabilities, budgets(formatOf(capabilities))),
  async check({ ask }, request) {
    const { parameters } = await ask(request);
    const { seed, candidate } = request;
    const index = parameters.findIndex((value, i) => !Object.is(value, candidate[i]) && !Object.is(value, seed[i]));
    if (index < 0) return undefined;
    const wanted = `${showNumber(candidate[index])} (the candidate) or ${showNumber(seed[index])} (the seed)`;
    return { at: `element ${index}`, got: parameters[index], wanted };
  },
};
const keptValuesAreTheCandidates = defineLaw(everyValueIsOneOfTwo);

const keptSet: ProjectLaw = {
  ...base,
  id: 'eq7/kept-are-those-above-the-threshold',
  claim: 'A parameter keeps its candidate if and only if its distance exceeds its silo’s threshold.',
  kind: 'paper',
  accepts: 'any set that an admissible threshold yields on distances within 2 ulp; with ties declared, that set',
  inputs: (capabilities) => projections(capabilities),
  async check({ ask, capabilities }, request) {
    return judgeKeptSets(request, (await ask(request)).parameters, capabilities);
  },
};
const keptAreThoseAboveTheThreshold = defineLaw(keptSet);

const resetToSeed: ProjectLaw = {
  ...base,
  id: 'eq7/what-is-not-kept-returns-to-the-seed',
  claim: 'What is not kept holds the seed’s bits, not zero and not a mixture.',
  kind: 'paper',
  accepts: 'exact to the bit',
  inputs: (capabilities) =>
    asProjections(
      fc.array(tiedPairs(8), { minLength: 1, maxLength: 3 }).map(joinSilos),
      claimedDistances(capabilities),
      budgetsBelowOne(formatOf(capabilities)),
    ),
  async check({ ask, capabilities }, request) {
    const { parameters } = await ask(request);
    for (const element of elementsOf(request, parameters, capabilities).flat()) {
      const { index, kept } = element;
      if (kept === false && !Object.is(parameters[index], request.seed[index])) {
        return {
          at: `element ${index}`,
          got: parameters[index],
          wanted: `the seed, ${showNumber(request.seed[index])}`,
        };
      }
    }
    return undefined;
  },
};
const whatIsNotKeptReturnsToTheSeed = defineLaw(resetToSeed);

const tiedSets: ProjectLaw = {
  ...base,
  id: 'eq7/ties-are-decided-exactly',
  claim:
    'Tied distances at the threshold are all dropped (Eq. 7’s >), or, if `ties` is declared, the lowest indices ' +
    'are kept until exactly min(k, non-zero distances) are.',
  kind: 'ruling',
  accepts: 'exactly that set; nothing rounds on these inputs',
  inputs: (capabilities) =>
    asProjections(
      fc.array(tiedPairs(10), { minLength: 1, maxLength: 3 }).map(joinSilos),
      claimedDistances(capabilities),
      sixteenths(),
    ),
  async check({ ask, capabilities }, request) {
    return judgeKeptSets(request, (await ask(request)).parameters, capabilities);
  },
};
const tiesAreDecidedExactly = defineLaw(tiedSets);

const zeroNeverKept: ProjectLaw = {
  ...base,
  id: 'eq7/a-zero-distance-is-never-kept',
  claim: 'A parameter whose distance is 0 keeps the seed’s bits, be it −0 for 0 or a zero seed that weighs nothing.',
  kind: 'ruling',
  accepts: 'exact to the bit, for ε below 1',
  inputs: (capabilities) => {
    const zeroSeeds = fc.record({ seed: zeros(), candidate: fc.oneof(zeros(), coarseNumbers()) });
    const others = fc.record({ seed: coarseNumbers(), candidate: coarseNumbers() });
    const silo = fc.array(fc.oneof(zeroSeeds, others), { minLength: 1, maxLength: 8 });
    return asProjections(
      fc.array(silo, { minLength: 1, maxLength: 3 }).map(joinSilos),
      claimedDistances(capabilities),
      budgetsBelowOne(formatOf(capabilities)),
    );
  },
  async check({ ask, arithmetic }, request) {
    const { parameters } = await ask(request);
    const { seed, candidate, distance } = request;
    const index = parameters.findIndex(
      (value, i) =>
        computeDistanceRange(distance, candidate[i], seed[i], arithmetic).high === 0 && !Object.is(value, seed[i]),
    );
    if (index < 0) return undefined;
    return {
      at: `element ${index}`,
      got: parameters[index],
      wanted: `the seed, ${showNumber(seed[index])}: its distance is 0`,
    };
  },
};
const aZeroDistanceIsNeverKept = defineLaw(zeroNeverKept);

const fullBudget: ProjectLaw = {
  ...base,
  id: 'eq7/at-one-everything-is-kept',
  claim: 'At ε = 1 everything is kept, or (the literal rule) everything but the smallest distance of each silo.',
  kind: 'ruling',
  accepts: 'both',
  inputs: (capabilities) => projections(capabilities, fc.constant(1)),
  async check({ ask, capabilities }, request) {
    return judgeKeptSets(request, (await ask(request)).parameters, capabilities);
  },
};
const atOneEverythingIsKept = defineLaw(fullBudget);

/** A silo of that size among small ones, or as many silos of one to four elements. */
function projectionsOfSize(capabilities: Capabilities, size: number, isOneSilo: boolean): Arbitrary<Projection> {
  const parts = fc.record({ recipe: recipes(size), before: fc.nat(3), after: fc.nat(3) });
  const pairs = parts.map(({ recipe, before, after }) => {
    const silos = isOneSilo ? [before, recipe.size, after].filter((length) => length > 0) : smallSilos(recipe);
    const whole = { ...recipe, size: silos.reduce((sum, length) => sum + length, 0) };
    return { seed: halvesButZero(whole, 0), candidate: halves(whole, 1), silos };
  });
  // Of a few elements a tiny budget keeps none, whichever silo they are of.
  const epsilons = isOneSilo ? budgetsBelowOne(formatOf(capabilities)) : sixteenths();
  return asProjections(pairs, claimedDistances(capabilities), epsilons);
}

const silosOfEverySize = defineLaw({
  ...keptSet,
  id: 'eq7/silos-of-every-size',
  claim: 'The same holds for silos of any size, around powers of two and beyond 2¹⁶, and for a hundred silos.',
  weight: WEIGHT_OF_SIZES,
  inputs: (capabilities) =>
    turns([
      ...sizesInTurn().map((size) => projectionsOfSize(capabilities, size, true)),
      projectionsOfSize(capabilities, MANY_SILOS, false),
    ]),
});

/** The laws of this file. */
export const laws: readonly Law[] = [
  keptValuesAreTheCandidates,
  keptAreThoseAboveTheThreshold,
  whatIsNotKeptReturnsToTheSeed,
  tiesAreDecidedExactly,
  aZeroDistanceIsNeverKept,
  atOneEverythingIsKept,
  silosOfEverySize,
];
