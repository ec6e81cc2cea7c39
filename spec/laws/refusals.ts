/**
 * What is refused: an error of kind `invalid-input`, after which the implementation continues to answer.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { budgetsBelowOne, claimedDistances, formatOf, partedPairs } from '../arbitraries.ts';
import type { Capabilities, Operation, OptimizerChoice, Outputs, Requests } from '../implementation.ts';
import { PROGRAMS } from '../oracle/programs.ts';
import { defineLaw, describeError } from './law.ts';
import type { Law, Needs } from './law.ts';
import { asProjections } from './projected.ts';
import type { Projection } from './projected.ts';

interface Options<O extends Operation> {
  readonly id: string;
  readonly claim: string;
  readonly operation: O;
  readonly needs?: Needs;
  /** Requests that are wrong in one respect. */
  bad(capabilities: Capabilities): Arbitrary<Requests[O]>;
  /** A request that is right, asked after each wrong one, and whether its output is. */
  good(capabilities: Capabilities): Requests[O];
  isRight(output: Outputs[O]): boolean;
}

function refusalLaw<O extends Operation>(options: Options<O>): Law<Requests[O]> {
  const { id, claim, operation, needs = {}, bad, good, isRight } = options;
  return defineLaw<O, Requests[O]>({
    id,
    claim,
    operation,
    needs,
    inputs: bad,
    equation: 'protocol',
    kind: 'ruling',
    accepts: 'an error of kind invalid-input; then the right answer to a right request',
    async check({ answer, ask, capabilities }, request) {
      const got = await answer(request);
      if ('skip' in got) return { skip: got.skip };
      if ('output' in got) return { got: got.output, wanted: 'an error of kind invalid-input' };
      if (got.error.kind !== 'invalid-input') {
        return { got: describeError(got.error), wanted: 'an error of kind invalid-input', errorKind: got.error.kind };
      }
      const after = await ask(good(capabilities));
      return isRight(after) ? undefined : { at: 'the next request', got: after, wanted: 'the right answer to it' };
    },
  });
}

const outside = fc.constantFrom(0, -0, -0.5, 1.5, 2, NaN, Infinity, -Infinity);

const goodThreshold = { distances: [4, 4, 4], epsilon: 0.5 } as const;

function isFour({ threshold }: Outputs['threshold']): boolean {
  return Math.abs(threshold - 4) < 0.25;
}

const epsilonOfAThreshold = refusalLaw({
  id: 'refusals/epsilon-of-a-threshold',
  claim: 'A threshold for an ε outside (0, 1] is refused.',
  operation: 'threshold',
  needs: { method: 'quantile' },
  bad: () => outside.map((epsilon) => ({ method: 'quantile', distances: [1, 2, 3], epsilon })),
  good: () => ({ ...goodThreshold, method: 'quantile' }),
  isRight: isFour,
});

function goodProjection({ distances }: Capabilities): Projection {
  const [distance] = distances;
  return { seed: [1, 1, 1], candidate: [2, 1, 1], silos: [3], epsilon: 0.5, distance, method: 'quantile' };
}

function isFirstKept({ parameters }: Outputs['project']): boolean {
  return parameters[0] === 2 && parameters[1] === 1 && parameters[2] === 1;
}

function projections(capabilities: Capabilities): Arbitrary<Projection> {
  const format = formatOf(capabilities);
  return claimedDistances(capabilities).chain((distance) =>
    asProjections(partedPairs(format, distance), fc.constant(distance), budgetsBelowOne(format)),
  );
}

const projecting = {
  operation: 'project',
  needs: { method: 'quantile' },
  good: goodProjection,
  isRight: isFirstKept,
} as const;

const epsilonOfAProjection = refusalLaw({
  ...projecting,
  id: 'refusals/epsilon-of-a-projection',
  claim: 'A projection for an ε outside (0, 1] is refused.',
  bad: (capabilities) =>
    fc.tuple(projections(capabilities), outside).map(([request, epsilon]) => ({ ...request, epsilon })),
});

const nanCandidates = refusalLaw({
  ...projecting,
  id: 'refusals/a-candidate-that-is-not-a-number',
  claim: 'NaN in a candidate is refused: never kept, never silently reset.',
  bad: (capabilities) =>
    fc.tuple(projections(capabilities), fc.nat()).map(([request, draw]) => {
      const place = draw % request.candidate.length;
      return { ...request, candidate: request.candidate.map((value, i) => (i === place ? NaN : value)) };
    }),
});

const silosThatDoNotAddUp = refusalLaw({
  ...projecting,
  id: 'refusals/silos-that-do-not-add-up',
  claim: 'Silos whose lengths do not add up to the number of parameters are refused.',
  bad: (capabilities) =>
    fc
      .tuple(projections(capabilities), fc.integer({ min: 1, max: 3 }))
      .map(([request, more]) => ({ ...request, silos: [...request.silos, more] })),
});

const candidatesOfAnotherLength = refusalLaw({
  ...projecting,
  id: 'refusals/a-candidate-of-another-length',
  claim: 'A candidate that is longer or shorter than the seed is refused.',
  bad: (capabilities) =>
    fc.tuple(projections(capabilities), fc.boolean()).map(([request, longer]) => ({
      ...request,
      candidate: longer ? [...request.candidate, 1] : request.candidate.slice(1),
    })),
});

/** Names that are nobody's, the empty one and near misses among them. */
const unknown = fc.constantFrom('', 'manhattan', 'Absolute', 'absolut', 'per-layer', 'quantil', 'adam', 'toString');

/** The first element is at the distance 1, the second at 0, whatever the distance. */
const measured = {
  good: ({ distances: [kind] }: Capabilities) => ({ kind, seed: [1, 1], candidate: [2, 1] }),
  isRight: ({ distances: [first, second] }: Outputs['distance']) => first === 1 && second === 0,
};

const unknownDistances = refusalLaw({
  id: 'refusals/an-unknown-distance',
  claim: 'A distance of an unknown name is refused.',
  operation: 'distance',
  bad: () => unknown.map((kind) => ({ kind, seed: [1, 2], candidate: [2, 3] })),
  ...measured,
});

const unknownMethods = refusalLaw({
  id: 'refusals/an-unknown-method',
  claim: 'A threshold by a method of an unknown name is refused.',
  operation: 'threshold',
  bad: () => unknown.map((method) => ({ ...goodThreshold, method })),
  good: ({ thresholds: [method] }) => ({ ...goodThreshold, method, previous: 4, factor: 1.0625, iterations: 1 }),
  isRight: isFour,
});

const unknownStrategies = refusalLaw({
  id: 'refusals/an-unknown-silo-strategy',
  claim: 'A silo strategy of an unknown name is refused.',
  operation: 'silos',
  bad: () =>
    unknown.map((strategy) => ({ strategy, parameters: [{ name: 'a', module: 'a', layer: null, shape: [1] }] })),
  good: ({ silos: [strategy] }) => ({ strategy, parameters: [{ name: 'a', module: 'a', layer: null, shape: [1] }] }),
  isRight: ({ silos }) => silos.length === 1 && silos[0].length === 1 && silos[0][0] === 'a',
});

const goodOptimization = { parameters: [1], shape: [1], gradients: [[1]] } as const;

/** An optimizer of those claimed, of AdaFactor in a dialect of those claimed, which takes the learning rate and has no momentum. */
function claimedOptimizer({ optimizers: [name], dialects = ['t5x'] }: Capabilities): OptimizerChoice {
  const choice = { name, learningRate: 1 };
  if (name !== 'adafactor' || dialects.length === 0 || dialects.includes('t5x')) return choice;
  const [dialect] = dialects;
  const { relativeStep, momentum } = PROGRAMS[dialect];
  return {
    ...choice,
    dialect,
    ...(relativeStep ? { relativeStep: false } : {}),
    ...(momentum === null ? {} : { momentum: null }),
  };
}

/** Every optimizer answers about −1. */
const optimized = {
  good: (capabilities: Capabilities) => ({ ...goodOptimization, optimizer: claimedOptimizer(capabilities) }),
  isRight: ({ updates: [[update]] }: Outputs['optimize']) => Math.abs(update + 1) < 0.25,
};

const unknownOptimizers = refusalLaw({
  id: 'refusals/an-unknown-optimizer',
  claim: 'An optimizer of an unknown name is refused.',
  operation: 'optimize',
  bad: () => unknown.map((name) => ({ ...goodOptimization, optimizer: { name, learningRate: 1 } })),
  ...optimized,
});

const nanGradients = refusalLaw({
  id: 'refusals/a-gradient-that-is-not-a-number',
  claim: 'NaN in a gradient is refused.',
  operation: 'train',
  needs: { method: 'quantile', optimizer: 'sgd' },
  bad: (capabilities) =>
    fc.tuple(fc.nat(3), fc.nat(2)).map(([step, place]) => ({
      ...goodTraining(capabilities),
      gradients: Array.from({ length: 4 }, (_, t) => [0, 1, 2].map((i) => (t === step && i === place ? NaN : 1))),
    })),
  good: goodTraining,
  isRight: ({ parameters: [theta] }) => theta[0] === 2 && theta[1] === 1 && theta[2] === 1,
});

function goodTraining({ distances: [distance] }: Capabilities): Requests['train'] {
  return {
    seed: [1, 1, 1],
    shapes: [[3]],
    silos: [3],
    gradients: [[-1, 0, 0]],
    distance,
    optimizer: { name: 'sgd', learningRate: 1 },
    epsilon: 0.5,
    method: 'quantile',
  };
}

const unknownDialects = refusalLaw({
  id: 'refusals/an-unknown-dialect',
  claim: 'A dialect of AdaFactor of an unknown name is refused, not read as the default.',
  operation: 'optimize',
  needs: { optimizer: 'adafactor' },
  bad: () =>
    fc
      .constantFrom('', 'T5X', 'tensorflow', 'pytorch', 'toString')
      .map((dialect) => ({ ...goodOptimization, optimizer: { name: 'adafactor', learningRate: 1, dialect } })),
  good: () => ({ ...goodOptimization, optimizer: { name: 'adafactor', learningRate: 1 } }),
  isRight: optimized.isRight,
});

const training = { operation: 'train', needs: { method: 'quantile', optimizer: 'sgd' }, good: goodTraining } as const;

function isFirstTrained({ parameters: [theta] }: Outputs['train']): boolean {
  return theta[0] === 2 && theta[1] === 1 && theta[2] === 1;
}

const epsilonOfATraining = refusalLaw({
  ...training,
  id: 'refusals/epsilon-of-a-training',
  claim: 'A training for an ε outside (0, 1] is refused.',
  bad: (capabilities) => outside.map((epsilon) => ({ ...goodTraining(capabilities), epsilon })),
  isRight: isFirstTrained,
});

const trainingsThatDoNotAddUp = refusalLaw({
  ...training,
  id: 'refusals/a-training-that-does-not-add-up',
  claim: 'Silos, shapes or gradients that do not fit the number of parameters are refused.',
  bad: (capabilities) =>
    fc
      .constantFrom<Partial<Requests['train']>>(
        { silos: [2] },
        { silos: [3, 1] },
        { shapes: [[2]] },
        { shapes: [[2, 2]] },
        { gradients: [[-1, 0]] },
        {
          gradients: [
            [-1, 0, 0],
            [-1, 0, 0, 0],
          ],
        },
      )
      .map((wrong) => ({ ...goodTraining(capabilities), ...wrong })),
  isRight: isFirstTrained,
});

const distancesOfDifferentLengths = refusalLaw({
  id: 'refusals/a-distance-of-different-lengths',
  claim: 'A distance between vectors of different lengths is refused.',
  operation: 'distance',
  bad: ({ distances: [kind] }) =>
    fc.constantFrom([1], [1, 2, 3], []).map((candidate) => ({ kind, seed: [1, 2], candidate })),
  ...measured,
});

const overlapsOfDifferentLengths = refusalLaw({
  id: 'refusals/an-overlap-of-different-lengths',
  claim: 'An overlap of vectors of different lengths is refused.',
  operation: 'overlap',
  bad: () =>
    fc
      .constantFrom({ a: [1] }, { a: [1, 2, 3] }, { b: [1] }, { b: [1, 2, 3] })
      .map((wrong) => ({ seed: [0, 0], a: [1, 1], b: [1, 1], ...wrong })),
  good: () => ({ seed: [0, 0], a: [1, 1], b: [1, 1] }),
  isRight: ({ overlap }) => overlap === 1,
});

const gradientsOfAnotherShape = refusalLaw({
  id: 'refusals/an-optimization-that-does-not-add-up',
  claim: 'A shape or a gradient that does not fit the number of parameters is refused.',
  operation: 'optimize',
  bad: (capabilities) =>
    fc
      .constantFrom<Partial<Requests['optimize']>>(
        { shape: [2] },
        { shape: [1, 2] },
        { gradients: [[1, 1]] },
        { gradients: [[1], []] },
      )
      .map((wrong) => ({ ...goodOptimization, optimizer: claimedOptimizer(capabilities), ...wrong })),
  ...optimized,
});

/** The laws of this file. */
export const laws: readonly Law[] = [
  epsilonOfAThreshold,
  epsilonOfAProjection,
  nanCandidates,
  silosThatDoNotAddUp,
  candidatesOfAnotherLength,
  unknownDistances,
  unknownMethods,
  unknownStrategies,
  unknownOptimizers,
  nanGradients,
  unknownDialects,
  epsilonOfATraining,
  trainingsThatDoNotAddUp,
  distancesOfDifferentLengths,
  overlapsOfDifferentLengths,
  gradientsOfAnotherShape,
];
