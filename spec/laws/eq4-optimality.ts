/**
 * Equation 4: θ = argmin of D(θ̂, θ) over what the budget allows. By brute force: no other way to change as many
 * parameters of a silo lies nearer to the candidate.
 *
 * @module
 */
import fc from 'fast-check';
import { budgetsBelowOne, claimedDistances, formatOf, joinSilos, siloPairs } from '../arbitraries.ts';
import type { Capabilities } from '../implementation.ts';
import { computeLeastDistance } from '../oracle/bruteForce.ts';
import { computeExactDistance } from '../oracle/distance.ts';
import type { Arbitrary } from 'fast-check';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import { asProjections, rangesOf } from './projected.ts';
import type { Projection } from './projected.ts';

/** Small enough to try all subsets: 2⁸. */
const SIZE = 8;

const noOtherSubsetLiesNearer = defineLaw({
  id: 'eq4/no-other-subset-lies-nearer',
  equation: 'eq-4',
  claim: 'Of all ways to change as many parameters of a silo, the one taken has the least distance to the candidate.',
  kind: 'paper',
  accepts: 'a total within |S| times twice the 2 ulp of a distance',
  operation: 'project',
  needs: { method: 'quantile' },
  inputs: smallProjections,
  async check({ ask, arithmetic }, request) {
    const { parameters } = await ask(request);
    const { seed, candidate, distance, silos } = request;
    for (const [s, [offset, length]] of rangesOf(silos).entries()) {
      const indices = Array.from({ length }, (_, i) => offset + i);
      const costs = indices.map((i) => computeExactDistance(distance, candidate[i], seed[i]));
      const isChanged = (i: number): boolean => !Object.is(parameters[i], seed[i]);
      const count = indices.filter(isChanged).length;
      const total = indices
        .filter((i) => !isChanged(i))
        .map((i) => costs[i - offset])
        .reduce((sum, cost) => sum + cost, 0);
      const least = computeLeastDistance(costs, count);
      // Where two distances are within 2 ulp each, either may be taken for the larger one.
      const { epsilon, smallest } = arithmetic.format;
      const slack = 4 * length * (epsilon * Math.max(...costs) + smallest);
      if (!(total <= least + slack)) {
        return { at: `silo ${s}`, got: `a distance of ${total} with ${count} changed`, wanted: `at most ${least}` };
      }
    }
    return undefined;
  },
});

function smallProjections(capabilities: Capabilities): Arbitrary<Projection> {
  const format = formatOf(capabilities);
  return claimedDistances(capabilities).chain((distance) => {
    const silos = fc.array(siloPairs(format, distance, SIZE), { minLength: 1, maxLength: 2 }).map(joinSilos);
    return asProjections(silos, fc.constant(distance), budgetsBelowOne(format));
  });
}

/** The laws of this file. */
export const laws: readonly Law[] = [noOtherSubsetLiesNearer];
