/**
 * Equation 1: Σᵢ 1[θᵢ ≠ θ⁰ᵢ] = εn. The literal quantile keeps ⌈ε(n − 1)⌉ of n distinct distances.
 *
 * @module
 */
import fc from 'fast-check';
import { budgetsBelowOne, coarseNumbers, formatOf, joinSilos } from '../arbitraries.ts';
import { showNumber } from '../oracle/formats.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import { asProjections, computeCounts, countChanged, separatedProjections } from './projected.ts';

const accepts =
  'exact; if ε(n − 1) is within rounding of a whole number, the counts on either side (ε in the declared format); with `counts` declared, that count';

const asManyChangeAsTheBudgetAllows = defineLaw({
  id: 'eq1/as-many-change-as-the-budget-allows',
  equation: 'eq-1',
  claim: 'Of n distinct distances in one silo, ⌈ε(n − 1)⌉ parameters differ from the seed afterwards.',
  kind: 'paper',
  accepts,
  operation: 'project',
  needs: { method: 'quantile' },
  inputs: (capabilities) => separatedProjections(capabilities, { maxSilos: 1 }),
  async check({ ask, capabilities }, request) {
    const { parameters } = await ask(request);
    const [changed] = countChanged(request.seed, parameters, request.silos);
    const [{ low, high }] = computeCounts(request, capabilities);
    return changed >= low && changed <= high
      ? undefined
      : { got: `${changed} changed`, wanted: `${low} to ${high} changed` };
  },
});

const whatDidNotMoveIsNotCounted = defineLaw({
  id: 'eq1/what-did-not-move-does-not-change',
  equation: 'eq-1',
  claim: 'If fewer elements moved than the budget allows, no other element differs from the seed.',
  kind: 'paper',
  accepts: 'exact',
  operation: 'project',
  needs: { method: 'quantile' },
  inputs: (capabilities) => {
    const element = fc.tuple(coarseNumbers(), fc.integer({ min: 0, max: 3 }));
    const pairs = fc.array(element, { minLength: 1, maxLength: 16 }).map((elements) =>
      joinSilos([
        elements.map(([value, die]) => {
          const seed = value === 0 ? 1 : value;
          return { seed, candidate: die === 3 ? seed * 2 : seed };
        }),
      ]),
    );
    const distances = fc.constantFrom(...capabilities.distances);
    return asProjections(pairs, distances, budgetsBelowOne(formatOf(capabilities)));
  },
  async check({ ask }, request) {
    const { parameters } = await ask(request);
    const index = parameters.findIndex(
      (value, i) => Object.is(request.seed[i], request.candidate[i]) && !Object.is(value, request.seed[i]),
    );
    return index < 0
      ? undefined
      : {
          at: `element ${index}`,
          got: parameters[index],
          wanted: `${showNumber(request.seed[index])}, where it already was`,
        };
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [asManyChangeAsTheBudgetAllows, whatDidNotMoveIsNotCounted];
