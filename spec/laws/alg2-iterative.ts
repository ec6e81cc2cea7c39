/**
 * Algorithm 2, one call at a time: lo = τ_prev / c, hi = τ_prev · c; T times the half in which f(τ) = ε lies; τ = the
 * middle of what is left. How it behaves over many steps is in `alg2-convergence.ts`.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import {
  budgetsBelowOne,
  claimedDistances,
  coarseNumbers,
  distances,
  formatOf,
  ordinaryNumbers,
  partedPairs,
} from '../arbitraries.ts';
import { BISECTION, given, projectionFactors } from '../asking/factors.ts';
import { coverPairs } from '../asking/pairs.ts';
import { halves, recipes, sizesInTurn, WEIGHT_OF_SIZES } from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import type { Capabilities, Requests } from '../implementation.ts';
import { bisect } from '../oracle/bisection.ts';
import { widen } from '../oracle/distance.ts';
import type { Arithmetic, Range } from '../oracle/distance.ts';
import type { Format } from '../oracle/formats.ts';
import { computeCell, computeThresholdRange, THRESHOLD_ULPS } from '../oracle/quantile.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import type { Violation } from './outcome.ts';
import { asProjections, DEFAULT_FACTOR, DEFAULT_ITERATIONS, judgeKeptSets } from './projected.ts';
import type { Projection } from './projected.ts';
import { exactSgd, judgeTrajectory, trainings } from './trained.ts';
import type { Training } from './trained.ts';

const method = 'iterative';
const accepts =
  'within 2 ulp of Alg. 2 in the declared format or in float64, at every branch that rounding leaves open';

/** A bisection request with all its constants given. */
export type Request = Requests['threshold'] & {
  readonly previous: number;
  readonly factor: number;
  readonly iterations: number;
};

function judge(request: Request, tau: number, arithmetic: Arithmetic): Violation | undefined {
  const points = asPoints(request.distances);
  const { previous } = request;
  const ends = bisect(points, { ...request, previous: { low: previous, high: previous } }, arithmetic);
  const accepted = ends.map(({ low, high }) => widen(arithmetic.format, [low, high], THRESHOLD_ULPS));
  if (accepted.some(({ low, high }) => tau >= low && tau <= high)) return undefined;
  return { got: tau, wanted: ends.map(({ low, high }) => (low === high ? low : `${low} … ${high}`)) };
}

export function asPoints(delta: readonly number[]): Range[] {
  return delta.map((distance) => ({ low: distance, high: distance }));
}

export function requests(format: Format): Arbitrary<Request> {
  const coarse = fc.array(coarseNumbers().map(Math.abs), { minLength: 1, maxLength: 16 });
  const anywhere = fc.record({
    method: fc.constant(method),
    distances: fc.oneof(distances(format), coarse),
    epsilon: budgetsBelowOne(format),
    previous: thresholds(format),
    factor: factors(format),
    iterations: fc.integer({ min: 1, max: 12 }),
  });
  return fc.oneof({ arbitrary: anywhere, weight: 3 }, { arbitrary: onTheGrid(), weight: 2 });
}

/** Distances that lie exactly where the first middles do, sixteenths of τ_prev, and shares that equal ε. */
function onTheGrid(): Arbitrary<Request> {
  const grid = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 16 });
  return fc
    .tuple(grid, fc.integer({ min: 1, max: 15 }), fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .map(([places, share, order, iterations]) => ({
      method,
      factor: 2,
      iterations,
      previous: 2 ** order,
      epsilon: share / 16,
      distances: places.map((k) => (k / 16) * 2 ** order),
    }));
}

/** Positive thresholds over twenty binary orders, half of them powers of two, from which nothing rounds. */
export function thresholds(format: Format): Arbitrary<number> {
  const power = fc.integer({ min: -10, max: 10 }).map((k) => 2 ** k);
  const any = ordinaryNumbers(format).map((x) => Math.abs(x) || 1);
  return fc.oneof(power, any);
}

function factors(format: Format): Arbitrary<number> {
  return fc.constantFrom(2, 1.5, 4, 1.25).map((factor) => format.round(factor));
}

const exactBisection = defineLaw({
  id: 'alg2/bisects-exactly',
  equation: 'alg-2',
  claim: 'From τ_prev, c and T the threshold is that of Algorithm 2, iteration by iteration.',
  kind: 'paper',
  accepts,
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) => requests(formatOf(capabilities)),
  async check({ ask, arithmetic }, request) {
    return judge(request, (await ask(request)).threshold, arithmetic);
  },
});

const staysInTheBracket = defineLaw({
  id: 'alg2/stays-within-its-bracket',
  equation: 'alg-2',
  claim: 'No step moves the threshold by more than the factor c, up or down.',
  kind: 'paper',
  accepts: 'the bracket widened by 2 ulp',
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) => requests(formatOf(capabilities)),
  async check({ ask, arithmetic }, request) {
    const { threshold } = await ask(request);
    const ends = [request.previous / request.factor, request.previous * request.factor];
    const { low, high } = widen(arithmetic.format, ends, THRESHOLD_ULPS);
    return threshold >= low && threshold <= high ? undefined : { got: threshold, wanted: `${low} ≤ τ ≤ ${high}` };
  },
});

const keepsAboveItsThreshold = defineLaw({
  id: 'alg2/projection-keeps-what-is-above-its-threshold',
  equation: 'alg-2',
  claim: 'With the iterative method each silo keeps what exceeds Algorithm 2’s threshold, from its own τ_prev.',
  kind: 'paper',
  accepts: 'any set that an accepted threshold yields on distances within 2 ulp',
  operation: 'project',
  needs: { method },
  inputs: iterativeProjections,
  async check({ ask, capabilities }, request) {
    return judgeKeptSets(request, (await ask(request)).parameters, capabilities);
  },
});

function iterativeProjections(capabilities: Capabilities): Arbitrary<Projection> {
  const format = formatOf(capabilities);
  return claimedDistances(capabilities)
    .chain((distance) => asProjections(partedPairs(format, distance), fc.constant(distance), budgetsBelowOne(format)))
    .chain((request) =>
      fc
        .record({
          previous: fc.array(thresholds(format), { minLength: request.silos.length, maxLength: request.silos.length }),
          factor: factors(format),
          iterations: fc.integer({ min: 1, max: 10 }),
        })
        .map((constants) => ({ ...request, ...constants, method })),
    );
}

function iterativeTrainings(capabilities: Capabilities): Arbitrary<Training> {
  const options = { optimizer: exactSgd(), coarse: true, maxSteps: 5 };
  const iterations = fc.integer({ min: 2, max: 10 });
  return fc
    .tuple(trainings(capabilities, options), iterations, fc.constantFrom(2, 4))
    .map(([request, count, factor]) => ({ ...request, method, iterations: count, factor }));
}

const thresholdIsCarried = defineLaw({
  id: 'alg2/threshold-is-carried-from-step-to-step',
  equation: 'alg-2',
  claim: 'Each silo’s threshold is where its bisection begins in the next step.',
  kind: 'paper',
  accepts: 'any set that an accepted threshold yields, over all branches that rounding leaves open',
  operation: 'train',
  needs: { method, optimizer: 'sgd' },
  inputs: (capabilities) =>
    iterativeTrainings(capabilities).chain((request) =>
      fc
        .array(thresholds(formatOf(capabilities)), {
          minLength: request.silos.length,
          maxLength: request.silos.length,
        })
        .map((previous) => ({ ...request, previous })),
    ),
  async check({ ask, capabilities }, request) {
    return judgeTrajectory(request, (await ask(request)).parameters, capabilities);
  },
});

const startsAtOne = defineLaw({
  id: 'alg2/starts-at-one',
  equation: 'alg-2',
  claim: 'If no threshold is given to start from, training starts from τ = 1 in every silo.',
  kind: 'ruling',
  accepts: 'any set that an accepted threshold yields, over all branches that rounding leaves open',
  operation: 'train',
  needs: { method, optimizer: 'sgd' },
  inputs: iterativeTrainings,
  async check({ ask, capabilities }, request) {
    return judgeTrajectory(request, (await ask(request)).parameters, capabilities);
  },
});

const denormalThresholdsFollow = defineLaw({
  id: 'alg2/denormal-thresholds-follow-the-bisection',
  equation: 'alg-2',
  claim:
    'A threshold that distances of 0 have brought down to the smallest numbers is bisected from there like any other: ' +
    'it climbs back by at most c a step, and does not begin at the quantile again.',
  kind: 'ruling',
  accepts: 'within 2 ulp of Alg. 2; if denormals are flushed, also the result for τ_prev = 0',
  operation: 'threshold',
  needs: { method },
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    const silent = fc.array(fc.constant(0), { minLength: 1, maxLength: 8 });
    return fc.record({
      method: fc.constant(method),
      distances: fc.oneof(silent, fc.array(coarseNumbers().map(Math.abs), { minLength: 1, maxLength: 8 })),
      epsilon: fc.constantFrom(0.25, 0.5),
      previous: fc.integer({ min: 1, max: 64 }).map((k) => k * format.smallest),
      factor: fc.constantFrom(2, 4),
      iterations: fc.integer({ min: 1, max: 10 }),
    });
  },
  async check({ ask, arithmetic }, request) {
    const { threshold } = await ask(request);
    if (arithmetic.flushes) {
      const points = asPoints(request.distances);
      const { low, high } = computeThresholdRange(points, request.epsilon, arithmetic);
      const cell = computeCell(request.distances, request.epsilon, arithmetic.format);
      const most = Math.max(high, cell.high, 2 * request.factor * arithmetic.format.smallestNormal);
      return threshold >= 0 && threshold <= most ? undefined : { got: threshold, wanted: `${low} … ${most}` };
    }
    return judge(request, threshold, arithmetic);
  },
});

const bisectionOfEverySize = defineLaw({
  id: 'alg2/of-every-size',
  equation: 'alg-2',
  claim: 'Algorithm 2 counts all distances, of any number of them, around powers of two and beyond 2¹⁶.',
  kind: 'paper',
  accepts,
  operation: 'threshold',
  needs: { method },
  weight: WEIGHT_OF_SIZES,
  inputs: (capabilities) =>
    turns(
      sizesInTurn().map((size) =>
        fc
          .record({
            recipe: recipes(size),
            epsilon: budgetsBelowOne(formatOf(capabilities)),
            previous: fc.constantFrom(0.5, 1, 2),
            factor: fc.constantFrom(2, 4),
            iterations: fc.integer({ min: 1, max: 12 }),
          })
          .map(({ recipe, ...constants }) => ({ method, distances: halves(recipe, 0).map(Math.abs), ...constants })),
      ),
    ),
  async check({ ask, arithmetic }, request) {
    return judge(request, (await ask(request)).threshold, arithmetic);
  },
});

/** Each constant given or left out, each two of them together. */
const CONSTANTS_IN_PAIRS = coverPairs(BISECTION);

const constantsInPairs = defineLaw({
  id: 'alg2/constants-alone-in-pairs-and-left-out',
  equation: 'alg-2',
  claim: 'A request that names no c, no T or no τ_prev means 2, 10 and 1; each can be named without the others.',
  kind: 'ruling',
  accepts,
  operation: 'threshold',
  needs: { method },
  weight: 2,
  inputs: (capabilities) => {
    const format = formatOf(capabilities);
    const delta = fc.array(ordinaryNumbers(format).map(Math.abs), { minLength: 1, maxLength: 12 });
    return turns(
      CONSTANTS_IN_PAIRS.map((row) =>
        fc.record({
          method: fc.constant(method),
          distances: delta,
          epsilon: budgetsBelowOne(format),
          constants: fc.constant(given(row)),
        }),
      ),
    );
  },
  async check({ ask, arithmetic }, { constants, ...request }) {
    const { threshold } = await ask({ ...request, ...constants });
    return judge({ ...request, ...DEFAULT_CONSTANTS, ...constants }, threshold, arithmetic);
  },
});

const DEFAULT_CONSTANTS = { factor: DEFAULT_FACTOR, iterations: DEFAULT_ITERATIONS, previous: 1 };

const projectionConstantsInPairs = defineLaw({
  id: 'alg2/projection-constants-alone-in-pairs-and-left-out',
  equation: 'alg-2',
  claim: 'In a projection too c is 2, T is 10 and every τ_prev is 1 if nothing is said.',
  kind: 'ruling',
  accepts: 'any set that an accepted threshold yields on distances within 2 ulp',
  operation: 'project',
  needs: { method },
  weight: 2,
  inputs: (capabilities) =>
    turns(
      coverPairs(projectionFactors(method, capabilities)).map(({ distance, previous, ...constants }) =>
        asProjections(
          partedPairs(formatOf(capabilities), distance),
          fc.constant(distance),
          budgetsBelowOne(formatOf(capabilities)),
        ).map((request) => ({
          ...request,
          method,
          ...given({ ...constants, previous: previous === undefined ? undefined : request.silos.map(() => previous) }),
        })),
      ),
    ),
  async check({ ask, capabilities }, request) {
    return judgeKeptSets(request, (await ask(request)).parameters, capabilities);
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [
  exactBisection,
  staysInTheBracket,
  keepsAboveItsThreshold,
  thresholdIsCarried,
  startsAtOne,
  denormalThresholdsFollow,
  bisectionOfEverySize,
  constantsInPairs,
  projectionConstantsInPairs,
];
