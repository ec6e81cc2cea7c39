/**
 * Appendix F: AdaFactor as published (Shazeer & Stern 2018) with t5x's semantics, and SGD. Each update is judged from
 * the parameters that the implementation's own earlier updates lead to.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { formatOf, ordinaryNumbers } from '../arbitraries.ts';
import { halves, recipes, SIZES } from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import type { OptimizerChoice } from '../implementation.ts';
import { sizeOf } from '../implementation.ts';
import { computeRms } from '../oracle/adafactor.ts';
import type { Format } from '../oracle/formats.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import type { LawDefinition } from './law.ts';
import { accepts, base, judgeEveryUpdate, matrices, rates, requests, vectors } from './optimized.ts';
import type { Request } from './optimized.ts';
import { anySgd, exactSgd } from './trained.ts';

/** The published options, the ones that the tests of t5x turn included. */
export function options(format: Format): Arbitrary<Partial<OptimizerChoice>> {
  return fc.record({
    decayRate: fc.constantFrom(0.8, 0.5, 1),
    // Small, as published; and large enough to be seen beside a gradient.
    epsilon1: fc.constantFrom(1e-30, 2 ** -8),
    epsilon2: fc.constantFrom(0.001, 0.25).map((x) => format.round(x)),
    clippingThreshold: fc.constantFrom(1, 0.5, 2),
    multiplyByParameterScale: fc.boolean(),
    minDimSizeToFactor: fc.constantFrom(2, 3),
  });
}

export const adafactorLaw: Omit<LawDefinition<'optimize', Request>, 'id' | 'claim' | 'inputs'> = {
  ...base,
  kind: 'paper',
  accepts,
  needs: { optimizer: 'adafactor' },
  check: judgeEveryUpdate,
};

const unfactored = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/vectors-step-by-step',
  claim:
    'A vector’s second moments are v = β₂v + (1 − β₂)(g² + ε₁) with β₂ = 1 − t^−0.8, and u = −lr·scale·clip(g/√v).',
  inputs: (capabilities) => requests(capabilities, { shapes: vectors(), choice: options(formatOf(capabilities)) }),
});

const factored = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/matrices-step-by-step',
  claim: 'A matrix’s second moments are the product of its rows’ and columns’ means, over the mean of the rows’.',
  inputs: (capabilities) => requests(capabilities, { shapes: matrices(), choice: options(formatOf(capabilities)) }),
});

const factoredWhereBothDimensionsAreLarge = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/factors-where-the-smaller-dimension-is-large-enough',
  claim: 'A matrix is factored if its second-largest dimension is at least the minimum, and otherwise kept in full.',
  inputs: (capabilities) =>
    requests(capabilities, {
      shapes: fc.constantFrom([3, 4], [4, 3], [2, 4], [4, 2]),
      choice: fc.constant({ minDimSizeToFactor: 3, multiplyByParameterScale: false }),
    }),
});

const factorsFrom128 = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/factors-from-128-by-default',
  claim: 'Without an option a matrix of 128 × 128 is factored and one of 127 × 128 is not.',
  kind: 'ruling',
  weight: 50,
  inputs: () => fc.record({ large: fc.integer({ min: 0, max: 127 * 128 - 1 }) }),
  async check(subject, { large }) {
    for (const rows of [127, 128]) {
      // One large gradient: its row and its column tell whether the second moments are factored.
      const gradient = Array.from({ length: rows * 128 }, (_, i) => (i === large ? 16 : 1));
      const violation = await judgeEveryUpdate(subject, {
        optimizer: { name: 'adafactor', learningRate: 0.5, multiplyByParameterScale: false },
        parameters: gradient.map(() => 1),
        shape: [rows, 128],
        gradients: [gradient],
      });
      if (violation !== undefined) return { ...violation, at: `${rows} × 128, ${violation.at ?? ''}` };
    }
    return undefined;
  },
});

const firstStepIsOne = defineLaw({
  ...base,
  id: 'adafactor/first-step-is-plus-or-minus-one',
  claim:
    'β₂ is 0 at the first step: every element of an unfactored update is ±1 times its scale, against its gradient.',
  kind: 'paper',
  accepts: 'the bound of one step',
  needs: { optimizer: 'adafactor' },
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    const gradient = fc.tuple(ordinaryNumbers(format), fc.integer({ min: -8, max: 8 }));
    return fc.record({
      learningRate: rates(format),
      // As it is by default, and out of the way, so that it hides nothing.
      clippingThreshold: fc.constantFrom(1, 1024),
      gradient: fc.array(
        gradient.map(([x, order]) => format.round((x === 0 ? 1 : x) * 2 ** order)),
        { minLength: 1, maxLength: 10 },
      ),
    });
  },
  async check({ ask, arithmetic }, { learningRate, clippingThreshold, gradient }) {
    const { updates } = await ask({
      optimizer: { name: 'adafactor', learningRate, clippingThreshold, multiplyByParameterScale: false },
      // From 0 even an update in place shows its bits.
      parameters: gradient.map(() => 0),
      shape: [gradient.length],
      gradients: [gradient],
    });
    // v, its root, the quotient; the RMS over n of them; the products: below 2(n + 12) units.
    const bound = 2 * (gradient.length + 12) * arithmetic.format.epsilon * learningRate;
    const index = updates[0].findIndex((u, i) => !(Math.abs(u + Math.sign(gradient[i]) * learningRate) <= bound));
    if (index < 0) return undefined;
    const wanted = `${-Math.sign(gradient[index]) * learningRate} ± ${bound}`;
    return { at: `element ${index}`, got: updates[0][index], wanted };
  },
});

const noGradientNoUpdate = defineLaw({
  ...base,
  id: 'adafactor/no-gradient-no-update',
  claim: 'If the gradient is 0 the update is 0, in every step.',
  kind: 'paper',
  accepts: 'exact',
  needs: { optimizer: 'adafactor' },
  inputs: (capabilities) =>
    fc
      .tuple(
        requests(capabilities, { shapes: fc.oneof(vectors(), matrices()), choice: options(formatOf(capabilities)) }),
        fc.nat(),
      )
      .map(([request, draw]) => {
        const still = draw % request.parameters.length;
        const gradients = request.gradients.map((gradient) => gradient.map((g, i) => (i === still ? 0 : g)));
        return { ...request, gradients, still };
      }),
  async check({ ask }, { still, ...request }) {
    const { updates } = await ask(request);
    const step = updates.findIndex((update) => update[still] !== 0);
    return step < 0
      ? undefined
      : { at: `step ${step + 1}, element ${still}`, got: updates[step][still], wanted: '0: its gradient is 0' };
  },
});

const updatesAreClipped = defineLaw({
  ...base,
  id: 'adafactor/updates-are-clipped-by-their-rms',
  claim: 'No update’s root mean square exceeds the clipping threshold times rate and scale.',
  kind: 'paper',
  accepts: 'the bound of a mean of squares, n + 8 units',
  needs: { optimizer: 'adafactor' },
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    const growing = fc.integer({ min: 0, max: 8 }).map((order) => 2 ** order);
    return fc.record({
      learningRate: rates(format),
      clippingThreshold: fc.constantFrom(1, 0.5, 2),
      gradients: fc.array(growing, { minLength: 2, maxLength: 5 }).map((sizes) => [...sizes].sort((a, b) => a - b)),
      size: fc.integer({ min: 1, max: 8 }),
    });
  },
  async check({ ask, arithmetic }, { learningRate, clippingThreshold, gradients, size }) {
    const { updates } = await ask({
      optimizer: { name: 'adafactor', learningRate, clippingThreshold, multiplyByParameterScale: false },
      parameters: new Array<number>(size).fill(0),
      shape: [size],
      gradients: gradients.map((g) => new Array<number>(size).fill(g)),
    });
    // θ has moved by at most t such updates before the t-th is added to it.
    const limitOf = (t: number): number =>
      learningRate * clippingThreshold * (1 + (size + 8 + t) * arithmetic.format.epsilon);
    const step = updates.findIndex((update, t) => !(computeRms(update) <= limitOf(t)));
    return step < 0
      ? undefined
      : { at: `step ${step + 1}`, got: `an RMS of ${computeRms(updates[step])}`, wanted: `at most ${limitOf(step)}` };
  },
});

const momentum = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/momentum-averages-the-updates',
  claim: 'With momentum the update is m = β₁m + (1 − β₁)u, without a correction for the start.',
  kind: 'ruling',
  inputs: (capabilities) =>
    requests(capabilities, {
      shapes: vectors(),
      choice: fc.constantFrom(0.5, 0.875).map((beta) => ({ momentum: beta, multiplyByParameterScale: false })),
    }),
});

const weightDecay = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/weight-decay-is-not-scaled-by-the-rate',
  claim: 'With weight decay w the update is −m − wθ: after the momentum, and w is not multiplied by the learning rate.',
  kind: 'ruling',
  inputs: (capabilities) =>
    requests(capabilities, {
      shapes: vectors(),
      choice: fc.constantFrom(0.5, 0.125).map((w) => ({ weightDecay: w, multiplyByParameterScale: false })),
    }),
});

const silentRowsAndColumns = defineLaw({
  ...adafactorLaw,
  id: 'adafactor/a-silent-row-and-column-is-no-nan',
  claim: 'If a whole row and a whole column have no gradient, their element stays as it is: v̂ must not underflow to 0.',
  kind: 'ruling',
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    return fc.tuple(matrices(), ordinaryNumbers(format), fc.nat(24)).map(([shape, g, draw]) => {
      const size = sizeOf(shape);
      const alone = Array.from({ length: size }, (_, i) => (i === draw % size ? g || 1 : 0));
      return {
        optimizer: { name: 'adafactor', learningRate: 0.5, minDimSizeToFactor: 2, multiplyByParameterScale: false },
        parameters: alone.map(() => 1),
        shape,
        gradients: [alone],
      };
    });
  },
});

const sgd = defineLaw({
  ...base,
  id: 'sgd/update-is-minus-rate-times-gradient',
  claim: 'Stochastic gradient descent updates by −lr · g.',
  kind: 'paper',
  accepts: 'exact if nothing rounds, else one rounding',
  needs: { optimizer: 'sgd' },
  inputs: (capabilities) => {
    const rate = fc.oneof(exactSgd(), anySgd(formatOf(capabilities)));
    const small = requests(capabilities, { shapes: vectors(), choice: rate, name: 'sgd' });
    const ofSize = (size: number): Arbitrary<Request> =>
      fc.tuple(recipes(size), exactSgd()).map(([recipe, optimizer]) => ({
        optimizer,
        parameters: halves(recipe, 0),
        shape: [recipe.size],
        gradients: [halves(recipe, 1)],
      }));
    return turns([...new Array<typeof small>(5 * SIZES.length).fill(small), ...SIZES.map(ofSize)]);
  },
  check: judgeEveryUpdate,
});

/** The laws of this file. */
export const laws: readonly Law[] = [
  unfactored,
  factored,
  factoredWhereBothDimensionsAreLarge,
  factorsFrom128,
  firstStepIsOne,
  noGradientNoUpdate,
  updatesAreClipped,
  momentum,
  weightDecay,
  silentRowsAndColumns,
  sgd,
];
