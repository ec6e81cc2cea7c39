/**
 * AdaFactor on what is large, long and arbitrary: tensors of any size and rank, thirty steps, every option beside every
 * other, and none.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { formatOf, ordinaryNumbers } from '../arbitraries.ts';
import { RANKS } from '../asking/factors.ts';
import {
  halves,
  halvesButZero,
  hasMean,
  MANY_STEPS,
  recipes,
  sizesInTurn,
  sizesOfMeans,
  WEIGHT_OF_SIZES,
} from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import { sizeOf } from '../implementation.ts';
import { adafactorLaw, options } from './adafactor.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import { optionsInPairs, rates, requests, shapesOfRank, stacks as stackShapes } from './optimized.ts';

const stacks = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/stacks-are-factored-matrix-by-matrix',
  claim: 'A tensor of rank 3 and more is factored along its last two dimensions, and clipped and scaled as a whole.',
  kind: 'ruling',
  inputs: (capabilities) =>
    requests(capabilities, {
      shapes: stackShapes(),
      choice: options(formatOf(capabilities)).map((choice) => ({ ...choice, minDimSizeToFactor: 2 })),
    }),
});

const inPairs = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/options-alone-and-in-pairs',
  claim: 'Each option means the same beside each other one and without it, on vectors, matrices and stacks.',
  kind: 'ruling',
  weight: 3,
  inputs: (capabilities) => optionsInPairs(capabilities, 't5x'),
});

const defaults = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/defaults',
  claim: 'If nothing is said, ε₁ is 10⁻³⁰, ε₂ is 10⁻³, d is 1, and the step is scaled by max(ε₂, RMS(θ)).',
  kind: 'ruling',
  weight: 3,
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    // So small that ε₁ is seen beside g², and ε₂ beside θ.
    const gradients = [0, -50].map((order) => ordinaryNumbers(format).map((x) => format.round((x || 1) * 2 ** order)));
    const parameters = [fc.constant(0), ordinaryNumbers(format).map((x) => x * 2 ** -13), ordinaryNumbers(format)];
    return turns(
      gradients.flatMap((gradient) =>
        parameters.map((parameter) =>
          fc.record({ learningRate: rates(format), n: fc.integer({ min: 1, max: 6 }) }).chain(({ learningRate, n }) => {
            const vector = (numbers: Arbitrary<number>) => fc.array(numbers, { minLength: n, maxLength: n });
            return fc.record({
              optimizer: fc.constant({ name: 'adafactor', learningRate }),
              parameters: vector(parameter),
              shape: fc.constant([n]),
              gradients: fc.array(vector(gradient), { minLength: 1, maxLength: 3 }),
            });
          }),
        ),
      ),
    );
  },
});

const LARGEST_SIDE = 65;

/** Vectors of every size, and matrices with rows and columns around the small powers of two. */
const everySize = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/of-every-size',
  claim: 'The same holds for vectors of any length and for matrices of any number of rows and columns.',
  weight: WEIGHT_OF_SIZES / 2,
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    const shapes = (size: number): Arbitrary<(n: number) => number[]>[] => [
      fc.constant((n) => [n]),
      ...(size <= LARGEST_SIDE && hasMean(3 * size, format)
        ? [fc.constant((n: number) => [n, 3]), fc.constant((n: number) => [3, n])]
        : []),
    ];
    return turns(
      sizesInTurn(sizesOfMeans(format)).flatMap((size) =>
        shapes(size).map((shapeOf) =>
          fc
            .record({
              shapeOf,
              recipe: recipes(size),
              learningRate: rates(format),
              multiplyByParameterScale: fc.boolean(),
              clippingThreshold: fc.constantFrom(1, 1024),
              steps: fc.integer({ min: 1, max: size < 1000 ? 3 : 1 }),
            })
            .map(({ shapeOf: of, recipe, steps, ...choice }) => {
              const shape = of(recipe.size);
              const whole = { ...recipe, size: sizeOf(shape) };
              return {
                optimizer: { name: 'adafactor', minDimSizeToFactor: 2, ...choice },
                parameters: halves(whole, 0),
                shape,
                gradients: Array.from({ length: steps }, (_, t) => halvesButZero(whole, t + 1)),
              };
            }),
        ),
      ),
    );
  },
});

const manySteps = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/thirty-steps',
  claim: 'The same holds for thirty steps: the second moments forget as 1 − t^−0.8 says.',
  weight: 10,
  inputs: (capabilities) =>
    turns(
      RANKS.map((rank) =>
        requests(capabilities, {
          shapes: shapesOfRank(rank),
          choice: options(formatOf(capabilities)),
          steps: { minLength: MANY_STEPS, maxLength: MANY_STEPS },
        }),
      ),
    ),
});

/** The laws of this file. */
export const laws: readonly Law[] = [stacks, inPairs, defaults, everySize, manySteps];
