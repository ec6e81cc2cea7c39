/**
 * Algorithm 1: one step is gradient, update, candidate, and per silo distances, threshold, projection. Whatever the
 * projection puts back, the optimizer's state has seen the full gradient and made the full update.
 *
 * @module
 */
import fc from 'fast-check';
import { formatOf, joinSilos, separatedPairs } from '../arbitraries.ts';
import type { Capabilities, OptimizerChoice } from '../implementation.ts';
import type { Format } from '../oracle/formats.ts';
import { showNumber } from '../oracle/formats.ts';
import { defineLaw, SILO_BY_SILO } from './law.ts';
import type { Law } from './law.ts';
import type { Violation } from './outcome.ts';
import {
  adafactorWithoutScale,
  anySgd,
  exactSgd,
  gradientNumbers,
  judgeTrajectory,
  rangesOfTraining,
  trainings,
} from './trained.ts';
import type { Training } from './trained.ts';

const base = { equation: 'alg-1', operation: 'train' } as const;
const withSgd = { method: 'quantile', optimizer: 'sgd' } as const;
const withAdafactor = { method: 'quantile', optimizer: 'adafactor' } as const;
const bound =
  'each step is judged from the parameters before it: kept values within the rounding bound of one update and one sum; ' +
  'kept sets may differ only if a distance is within that bound of its threshold';

async function judgeEveryStep(
  { ask, capabilities }: { ask(request: Training): Promise<Answered>; capabilities: Capabilities },
  request: Training,
): Promise<Violation | undefined> {
  return judgeTrajectory(request, (await ask(request)).parameters, capabilities);
}

interface Answered {
  readonly parameters: readonly (readonly number[])[];
}

const sgdStepByStep = defineLaw({
  ...base,
  id: 'alg1/every-step-of-sgd',
  claim: 'Every step moves each silo to the projection of θ + u: the candidate above the threshold, else the seed.',
  kind: 'paper',
  accepts: bound,
  needs: withSgd,
  inputs: (capabilities) =>
    fc.oneof(
      trainings(capabilities, { optimizer: exactSgd(), coarse: true }),
      trainings(capabilities, { optimizer: anySgd(formatOf(capabilities)) }),
    ),
  check: judgeEveryStep,
});

const adafactorStepByStep = defineLaw({
  ...base,
  id: 'alg1/every-step-of-adafactor',
  claim: 'The same holds with AdaFactor, whose second moments have seen every gradient whole.',
  kind: 'paper',
  accepts: bound,
  needs: withAdafactor,
  inputs: (capabilities) => trainings(capabilities, { optimizer: adafactorWithoutScale(formatOf(capabilities)) }),
  check: judgeEveryStep,
});

const parameterScale = defineLaw({
  ...base,
  id: 'alg1/parameter-scale-is-that-of-the-projected-parameters',
  claim:
    'RMS(θ) in AdaFactor’s step size is that of the parameters at which the gradient was taken: the projected ones.',
  kind: 'ruling',
  accepts: bound,
  needs: withAdafactor,
  inputs: (capabilities) =>
    trainings(capabilities, {
      optimizer: adafactorWithoutScale(formatOf(capabilities)).map((choice) => ({
        ...choice,
        multiplyByParameterScale: true,
      })),
    }),
  check: judgeEveryStep,
});

/** One silo in which other elements lead in every step, so that what leads now was put back before. */
function takingTurns(format: Format, optimizer: fc.Arbitrary<OptimizerChoice>): fc.Arbitrary<Training> {
  return fc.integer({ min: 2, max: 8 }).chain((n) => {
    const step = fc.record({
      leader: fc.nat(n - 1),
      all: fc.array(gradientNumbers(format, false), { minLength: n, maxLength: n }),
    });
    return fc.record({
      seed: fc.constant(new Array<number>(n).fill(1)),
      shapes: fc.constant([[n]]),
      silos: fc.constant([n]),
      gradients: fc
        .array(step, { minLength: 2, maxLength: 4 })
        .map((steps) =>
          steps.map(({ leader, all }, t) => all.map((g, i) => format.round(i === leader ? 16 * (t + 1) : g / 4) + 0)),
        ),
      optimizer,
      epsilon: fc.constantFrom(0.125, 0.25),
      distance: fc.constantFrom('absolute', 'relative', 'inverse-relative'),
      method: fc.constant('quantile'),
    });
  });
}

const stateSeesTheFullUpdate = defineLaw({
  ...base,
  id: 'alg1/state-comes-from-the-full-update',
  claim: 'What was put back to the seed keeps its history: its later updates show every gradient that it ever had.',
  kind: 'paper',
  accepts: bound,
  needs: withAdafactor,
  inputs: (capabilities) => claimed(capabilities, adafactorWithoutScale(formatOf(capabilities))),
  check: judgeEveryStep,
});

const momentumSeesTheFullUpdate = defineLaw({
  ...base,
  id: 'alg1/momentum-comes-from-the-full-update',
  claim: 'Momentum averages the full updates, those of what was put back included.',
  kind: 'ruling',
  accepts: bound,
  needs: withAdafactor,
  inputs: (capabilities) =>
    claimed(
      capabilities,
      adafactorWithoutScale(formatOf(capabilities)).map((choice) => ({ ...choice, momentum: 0.5 })),
    ),
  check: judgeEveryStep,
});

function claimed(capabilities: Capabilities, optimizer: fc.Arbitrary<OptimizerChoice>): fc.Arbitrary<Training> {
  return fc
    .tuple(takingTurns(formatOf(capabilities), optimizer), fc.constantFrom(...capabilities.distances))
    .map(([request, distance]) => ({ ...request, distance }));
}

const theSubsetChurns = defineLaw({
  ...base,
  id: 'alg1/what-is-overtaken-returns-to-the-seed',
  claim:
    'When others move farther, what was kept before returns to its seed, not to an earlier value, and they are kept.',
  kind: 'paper',
  accepts: 'exact: small whole numbers',
  needs: withSgd,
  inputs: ({ distances }) =>
    fc.record({
      half: fc.integer({ min: 1, max: 8 }),
      first: fc.integer({ min: 1, max: 8 }),
      ahead: fc.integer({ min: 1, max: 8 }),
      distance: fc.constantFrom(...distances),
      seed: fc.constantFrom(1, -1, 2, -4),
    }),
  async check({ ask }, { half, first, ahead, distance, seed }) {
    // Half of the silo moves in the first step, the other half, farther, in the second: ε = ½ keeps one half.
    const halves = (a: number, b: number): number[] => [
      ...new Array<number>(half).fill(a),
      ...new Array<number>(half).fill(b),
    ];
    const { parameters } = await ask({
      seed: halves(seed, seed),
      shapes: [[2 * half]],
      silos: [2 * half],
      distance,
      method: 'quantile',
      gradients: [halves(-first, 0), halves(0, -first - ahead)],
      optimizer: { name: 'sgd', learningRate: 1 },
      epsilon: 0.5,
    });
    const wanted = [halves(seed + first, seed), halves(seed, seed + first + ahead)];
    for (const [t, theta] of parameters.entries()) {
      const index = theta.findIndex((value, i) => value !== wanted[t][i]);
      if (index >= 0) return { at: `step ${t + 1}, element ${index}`, got: theta[index], wanted: wanted[t][index] };
    }
    return undefined;
  },
});

const noGradientNoChange = defineLaw({
  ...base,
  id: 'alg1/without-a-gradient-nothing-changes',
  claim: 'A step whose gradient is zero leaves the parameters as they are: the subset is its own projection.',
  kind: 'paper',
  accepts: 'exact to the bit, for distinct distances',
  needs: withSgd,
  inputs: ({ distances }) =>
    fc.record({
      pairs: fc.array(separatedPairs(), { minLength: 1, maxLength: 3 }).map(joinSilos),
      epsilon: fc.constantFrom(0.25, 0.5, 0.75),
      distance: fc.constantFrom(...distances),
    }),
  async check({ ask }, { pairs: { seed, candidate, silos }, epsilon, distance }) {
    const { parameters } = await ask({
      seed,
      silos,
      epsilon,
      distance,
      shapes: [[seed.length]],
      method: 'quantile',
      gradients: [seed.map((value, i) => value - candidate[i]), seed.map(() => 0)],
      optimizer: { name: 'sgd', learningRate: 1 },
    });
    const [first, second] = parameters;
    const index = second.findIndex((value, i) => !Object.is(value, first[i]));
    return index < 0
      ? undefined
      : { at: `step 2, element ${index}`, got: second[index], wanted: `${showNumber(first[index])}, as after step 1` };
  },
});

const silosTrainAlone = defineLaw({
  ...base,
  id: 'alg1/silos-train-as-if-alone',
  claim: 'If the optimizer sees one element at a time, training many silos at once is training each of them alone.',
  kind: 'paper',
  accepts: 'exact to the bit',
  needs: { ...withSgd, counts: SILO_BY_SILO },
  inputs: (capabilities) => trainings(capabilities, { optimizer: exactSgd(), maxSteps: 3 }),
  async check({ ask }, request) {
    const { parameters } = await ask(request);
    for (const [s, [from, to]] of rangesOfTraining(request).entries()) {
      const alone = await ask({
        ...request,
        seed: request.seed.slice(from, to),
        shapes: [request.shapes[s]],
        silos: [to - from],
        gradients: request.gradients.map((gradient) => gradient.slice(from, to)),
      });
      for (const [t, theta] of alone.parameters.entries()) {
        const index = theta.findIndex((value, i) => !Object.is(value, parameters[t][from + i]));
        if (index < 0) continue;
        const wanted = `${showNumber(theta[index])}, as the silo alone gives`;
        return { at: `step ${t + 1}, silo ${s}, element ${from + index}`, got: parameters[t][from + index], wanted };
      }
    }
    return undefined;
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [
  sgdStepByStep,
  adafactorStepByStep,
  parameterScale,
  stateSeesTheFullUpdate,
  momentumSeesTheFullUpdate,
  theSubsetChurns,
  noGradientNoChange,
  silosTrainAlone,
];
