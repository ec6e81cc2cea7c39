/**
 * Algorithm 1 on what is large, long and arbitrary: silos that are not the tensors, of any size and number, thirty
 * steps, and every option beside every other.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { budgetsBelowOne, claimedDistances, formatOf, sixteenths } from '../arbitraries.ts';
import { given, LAYOUTS, trainingFactors, trainingOptimizers } from '../asking/factors.ts';
import { coverPairs } from '../asking/pairs.ts';
import {
  halvesButZero,
  MANY_SILOS,
  MANY_STEPS,
  recipes,
  sizesInTurn,
  sizesOf,
  smallSilos,
  WEIGHT_OF_SIZES,
} from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import type { Capabilities, OptimizerChoice, OptimizerName } from '../implementation.ts';
import { defineLaw } from './law.ts';
import type { Law, Subject } from './law.ts';
import { shapesOfRank } from './optimized.ts';
import type { Violation } from './outcome.ts';
import { adafactorWithoutScale, exactSgd, judgeTrajectory, trainings } from './trained.ts';
import type { Training } from './trained.ts';

const base = {
  equation: 'alg-1',
  operation: 'train',
  kind: 'paper',
  accepts:
    'each step is judged from the parameters before it, within the rounding bound of one update and one sum; ' +
    'kept sets may differ only if a distance is within that bound of its threshold',
  needs: { method: 'quantile' },
  check: judgeEveryStep,
} as const;

async function judgeEveryStep(
  { ask, capabilities }: Subject<'train'>,
  request: Training,
): Promise<Violation | undefined> {
  return judgeTrajectory(request, (await ask(request)).parameters, capabilities);
}

/** The plain form of an optimizer: exact updates of SGD, AdaFactor without the parameter scale. */
function plain(name: OptimizerName, capabilities: Capabilities): Arbitrary<OptimizerChoice> {
  switch (name) {
    case 'sgd':
      return exactSgd();
    case 'adafactor':
      return adafactorWithoutScale(formatOf(capabilities));
  }
}

/** Three small tensors, the first of any shape, the others vectors. */
function tensorsFrom(first: Arbitrary<readonly number[]>): Arbitrary<readonly (readonly number[])[]> {
  return fc.tuple(first, fc.constantFrom([3], [4]), fc.constantFrom([1], [2], [5]));
}

const silosAreNotTheTensors = defineLaw({
  ...base,
  id: 'alg1/silos-across-and-within-tensors',
  claim: 'The optimizer goes tensor by tensor and the projection silo by silo, however the two lie to each other.',
  weight: 2,
  inputs: (capabilities) =>
    turns(
      trainingOptimizers(capabilities).flatMap((name) =>
        LAYOUTS.map((layout) =>
          trainings(capabilities, {
            optimizer: plain(name, capabilities),
            coarse: name === 'sgd',
            tensors: tensorsFrom(shapesOfRank('matrix')),
            layout,
          }),
        ),
      ),
    ),
});

/** One tensor with a silo of that size among small ones, or as many small silos. */
function trainingsOfSize(capabilities: Capabilities, size: number, isOneSilo: boolean): Arbitrary<Training> {
  const optimizers = trainingOptimizers(capabilities);
  const name = optimizers.includes('sgd') ? 'sgd' : 'adafactor';
  return fc
    .record({
      recipe: recipes(size),
      before: fc.nat(3),
      after: fc.nat(3),
      steps: fc.integer({ min: 1, max: size < 1000 ? 3 : 1 }),
      optimizer: plain(name, capabilities),
      // Of a few elements a tiny budget keeps none, whichever silo they are of.
      epsilon: isOneSilo ? budgetsBelowOne(formatOf(capabilities)) : sixteenths(),
      distance: claimedDistances(capabilities),
    })
    .map(({ recipe, before, after, steps, ...choice }) => {
      const silos = isOneSilo ? [before, recipe.size, after].filter((length) => length > 0) : smallSilos(recipe);
      const whole = { ...recipe, size: silos.reduce((sum, length) => sum + length, 0) };
      return {
        ...choice,
        silos,
        seed: halvesButZero(whole, 0),
        shapes: [[whole.size]],
        gradients: Array.from({ length: steps }, (_, t) => halvesButZero(whole, t + 1)),
        method: 'quantile',
      };
    });
}

const silosOfEverySize = defineLaw({
  ...base,
  id: 'alg1/silos-of-every-size',
  claim: 'The same holds for silos of any size, around powers of two and beyond 2¹⁶, and for a hundred silos.',
  weight: WEIGHT_OF_SIZES,
  inputs: (capabilities) =>
    turns([
      ...sizesInTurn(sizesOf('train', capabilities)).map((size) => trainingsOfSize(capabilities, size, true)),
      trainingsOfSize(capabilities, MANY_SILOS, false),
    ]),
});

const manySteps = defineLaw({
  ...base,
  id: 'alg1/thirty-steps',
  claim: 'The same holds for thirty steps.',
  weight: 15,
  inputs: (capabilities) =>
    turns(
      trainingOptimizers(capabilities).map((name) =>
        trainings(capabilities, {
          optimizer: plain(name, capabilities),
          coarse: name === 'sgd',
          minSteps: MANY_STEPS,
          maxSteps: MANY_STEPS,
        }),
      ),
    ),
});

/** Requests of one optimizer and method with each two levels of what can be said of them. */
function inPairs(capabilities: Capabilities, optimizer: OptimizerName, method: string): Arbitrary<Training>[] {
  const factors = trainingFactors(optimizer, method, capabilities);
  return coverPairs(factors).map((row) => {
    const { rank, layout, distance, factor, iterations, previous, ...options } = row;
    return trainings(capabilities, {
      optimizer: fc
        .constantFrom(1, 0.5, 0.25)
        .map((learningRate) => ({ name: optimizer, learningRate, ...given(options) })),
      tensors: tensorsFrom(shapesOfRank(rank)),
      layout,
      distance,
    }).map((request) => ({
      ...request,
      method,
      ...given({
        factor,
        iterations,
        previous: previous === undefined ? undefined : request.silos.map(() => previous),
      }),
    }));
  });
}

const optionsInPairs = defineLaw({
  ...base,
  id: 'alg1/options-alone-in-pairs-and-left-out',
  claim:
    'Each option of optimizer and method means the same beside each other one and without it, in every distance, on ' +
    'tensors of any rank and with silos that lie to them in any way.',
  kind: 'ruling',
  needs: {},
  weight: 2,
  inputs: (capabilities) =>
    turns(
      trainingOptimizers(capabilities).flatMap((name) =>
        capabilities.thresholds.flatMap((method) => inPairs(capabilities, name, method)),
      ),
    ),
});

/** The laws of this file. */
export const laws: readonly Law[] = [silosAreNotTheTensors, silosOfEverySize, manySteps, optionsInPairs];
