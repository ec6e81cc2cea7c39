/**
 * Equation 2: the same for every silo alone, Σ over S of 1[θᵢ ≠ θ⁰ᵢ] = ε|S|.
 *
 * @module
 */
import fc from 'fast-check';
import { budgetsBelowOne, formatOf, siloPairs, joinSilos, claimedDistances } from '../arbitraries.ts';
import { showNumber } from '../oracle/formats.ts';
import { defineLaw, SILO_BY_SILO } from './law.ts';
import type { Law } from './law.ts';
import {
  asProjections,
  computeCounts,
  countChanged,
  projections,
  separatedProjections,
  rangesOf,
} from './projected.ts';

const eachSiloHasItsOwnBudget = defineLaw({
  id: 'eq2/each-silo-has-its-own-budget',
  equation: 'eq-2',
  claim: 'In every silo of distinct distances ⌈ε(|S| − 1)⌉ parameters differ from the seed.',
  kind: 'paper',
  accepts:
    'exact; if ε(|S| − 1) is within rounding of a whole number, the counts on either side; with `counts` declared, that count',
  operation: 'project',
  needs: { method: 'quantile' },
  inputs: (capabilities) => separatedProjections(capabilities, { maxSilos: 4 }),
  async check({ ask, capabilities }, request) {
    const { parameters } = await ask(request);
    const wanted = computeCounts(request, capabilities);
    const counts = countChanged(request.seed, parameters, request.silos);
    for (const [s, { low, high }] of wanted.entries()) {
      const changed = counts[s];
      if (changed < low || changed > high) {
        return { at: `silo ${s}`, got: `${changed} changed`, wanted: `${low} to ${high} changed` };
      }
    }
    return undefined;
  },
});

const silosDoNotSeeEachOther = defineLaw({
  id: 'eq2/silos-do-not-see-each-other',
  equation: 'eq-2',
  claim: 'The projection of many silos is the projection of each of them alone.',
  kind: 'paper',
  accepts: 'exact to the bit',
  operation: 'project',
  needs: { method: 'quantile', counts: SILO_BY_SILO },
  inputs: (capabilities) => projections(capabilities, undefined, { maxSilos: 3 }),
  async check({ ask }, request) {
    const { parameters } = await ask(request);
    for (const [s, [offset, length]] of rangesOf(request.silos).entries()) {
      const part = (vector: readonly number[]): number[] => vector.slice(offset, offset + length);
      const alone = await ask({
        ...request,
        seed: part(request.seed),
        candidate: part(request.candidate),
        silos: [length],
      });
      const differs = part(parameters).findIndex((value, i) => !Object.is(value, alone.parameters[i]));
      if (differs < 0) continue;
      const [got, wanted] = [parameters[offset + differs], alone.parameters[differs]];
      return {
        at: `silo ${s}, element ${offset + differs}`,
        got,
        wanted: `${showNumber(wanted)}, as the silo alone gives`,
      };
    }
    return undefined;
  },
});

const aSiloOfOneNeverTrains = defineLaw({
  id: 'eq2/a-silo-of-one-never-trains',
  equation: 'eq-2',
  claim: 'In a silo of one the threshold is its own distance, which does not exceed itself: it returns to the seed.',
  kind: 'paper',
  accepts: 'exact to the bit, for ε below 1',
  operation: 'project',
  needs: { method: 'quantile', counts: ['quantile', 'floor'] },
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    return claimedDistances(capabilities).chain((distance) => {
      const silos = fc.array(siloPairs(format, distance, 1), { minLength: 1, maxLength: 4 }).map(joinSilos);
      return asProjections(silos, fc.constant(distance), budgetsBelowOne(format));
    });
  },
  async check({ ask }, request) {
    const { parameters } = await ask(request);
    const index = parameters.findIndex((value, i) => !Object.is(value, request.seed[i]));
    return index < 0
      ? undefined
      : { at: `element ${index}`, got: parameters[index], wanted: `the seed, ${showNumber(request.seed[index])}` };
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [eachSiloHasItsOwnBudget, silosDoNotSeeEachOther, aSiloOfOneNeverTrains];
