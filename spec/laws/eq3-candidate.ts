/**
 * Equation 3: θ̂⁽ᵗ⁾ = θ⁽ᵗ⁻¹⁾ + u⁽ᵗ⁾. Seen through `train` at ε = 1, where at most the smallest distance of a silo returns.
 *
 * @module
 */
import fc from 'fast-check';
import { budgetsBelowOne, formatOf } from '../arbitraries.ts';
import { isExact, ulp } from '../oracle/formats.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import { anySgd, exactSgd, judgeTrajectory, trainings } from './trained.ts';

const candidateIsParametersPlusUpdate = defineLaw({
  id: 'eq3/candidate-is-parameters-plus-update',
  equation: 'eq-3',
  claim: 'What a step keeps is the value before the step plus the optimizer’s update.',
  kind: 'paper',
  accepts: 'exact if nothing rounds, else one rounding of the update and one of the sum',
  operation: 'train',
  needs: { method: 'quantile', optimizer: 'sgd' },
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    const epsilon = fc.oneof(fc.constant(1), budgetsBelowOne(format));
    return fc.oneof(
      trainings(capabilities, { optimizer: exactSgd(), epsilon, coarse: true }),
      trainings(capabilities, { optimizer: anySgd(format), epsilon }),
    );
  },
  async check({ ask, capabilities }, request) {
    return judgeTrajectory(request, (await ask(request)).parameters, capabilities);
  },
});

const updatesAddUp = defineLaw({
  id: 'eq3/updates-add-up-on-what-is-kept',
  equation: 'eq-3',
  claim: 'An element that every step keeps ends at the seed plus the sum of its updates.',
  kind: 'paper',
  accepts: 'exact: whole numbers',
  operation: 'train',
  needs: { method: 'quantile', optimizer: 'sgd' },
  inputs: ({ distances }) =>
    fc.record({
      distance: fc.constantFrom(...distances),
      steps: fc.integer({ min: 1, max: 5 }),
      sizes: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 8 }),
    }),
  async check({ ask }, { distance, steps, sizes }) {
    // One element in a silo of ever-growing, ever-larger steps beside others that stand still: it alone is kept.
    const seed = sizes.map(() => 1);
    const place = sizes.indexOf(Math.max(...sizes));
    const gradient = sizes.map((size, i) => (i === place ? -size : 0));
    const { parameters } = await ask({
      seed,
      shapes: [[seed.length]],
      silos: [seed.length],
      distance,
      method: 'quantile',
      epsilon: 0.5,
      gradients: Array.from({ length: steps }, () => gradient),
      optimizer: { name: 'sgd', learningRate: 1 },
    });
    for (const [t, theta] of parameters.entries()) {
      const wanted = 1 + (t + 1) * sizes[place];
      if (theta[place] !== wanted) return { at: `step ${t + 1}, element ${place}`, got: theta[place], wanted };
    }
    return undefined;
  },
});

const sumsAreRoundedToTheNearest = defineLaw({
  id: 'eq3/sums-are-rounded-to-the-nearest',
  equation: 'eq-3',
  claim: 'What is kept is the number of the format nearest to θ + u, not one of its neighbours: no sum is cut off.',
  kind: 'ruling',
  accepts: 'half a unit of the sum in the last place, and a hundredth of it for who rounds twice',
  operation: 'train',
  needs: { method: 'quantile', optimizer: 'sgd' },
  inputs: (capabilities) =>
    // One step from given numbers by an exact update: the sum alone rounds.
    trainings(capabilities, { optimizer: exactSgd(), epsilon: fc.constant(1), maxSteps: 1 }),
  async check({ ask, arithmetic: { format, flushes } }, request) {
    const [parameters] = (await ask(request)).parameters;
    for (const [i, got] of parameters.entries()) {
      const update = -request.optimizer.learningRate * request.gradients[0][i];
      const sum = request.seed[i] + update;
      if (!isExact(format, update) || Object.is(got, request.seed[i])) continue;
      const bound = 0.51 * ulp(format, sum) + (flushes ? format.smallestNormal : 0);
      if (!(Math.abs(got - sum) <= bound)) {
        return { at: `element ${i}`, got, wanted: `${format.round(sum)}, the nearest to ${sum}` };
      }
    }
    return undefined;
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [candidateIsParametersPlusUpdate, updatesAddUp, sumsAreRoundedToTheNearest];
