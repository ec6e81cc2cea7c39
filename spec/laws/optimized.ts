/**
 * What the laws about `optimize` share: requests whose gradients are given, and the judge of every update.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { coarseNumbers, formatOf, ordinaryNumbers } from '../arbitraries.ts';
import { given, optimizerFactors } from '../asking/factors.ts';
import type { Rank } from '../asking/factors.ts';
import { coverPairs } from '../asking/pairs.ts';
import { turns } from '../asking/turns.ts';
import type { Capabilities, Dialect, OptimizerChoice, Requests } from '../implementation.ts';
import { sizeOf } from '../implementation.ts';
import { createOptimizerOracle } from '../oracle/adafactor.ts';
import type { OptimizerOracle } from '../oracle/adafactor.ts';
import type { Arithmetic } from '../oracle/distance.ts';
import { isExactSum } from '../oracle/formats.ts';
import type { Format } from '../oracle/formats.ts';
import type { Subject } from './law.ts';
import type { Violation } from './outcome.ts';
import { gradientNumbers } from './trained.ts';

export type Request = Requests['optimize'];

export const base = { equation: 'app-f', operation: 'optimize' } as const;
export const accepts =
  'a relative bound from the format’s epsilon, the number of elements (means in any order) and the number of steps; ' +
  'beside it the rounding of θ + u, for who updates in place and answers with the difference';

/** Every update within its bound, θ being what the updates so far make of it. */
export async function judgeEveryUpdate(
  { ask, arithmetic }: Subject<'optimize'>,
  request: Request,
): Promise<Violation | undefined> {
  const { updates } = await ask(request);
  const oracle = createOptimizerOracle(request.optimizer, request.shape, arithmetic.format);
  return judgeUpdates(updates, request, oracle, arithmetic);
}

/** The first update that the oracle does not accept. */
export function judgeUpdates(
  updates: readonly (readonly number[])[],
  request: Request,
  oracle: OptimizerOracle,
  arithmetic: Arithmetic,
): Violation | undefined {
  const { format } = arithmetic;
  let theta = request.parameters;
  // By how much the θ that it holds may differ from the sum of what it has shown: its scale and weight decay show it.
  let doubts = theta.map(() => 0);
  for (const [t, gradient] of request.gradients.entries()) {
    const { update, error } = oracle(theta, gradient, doubts);
    const bound = (i: number): number => error[i] + computeInPlaceRounding(theta[i], update[i], error[i], arithmetic);
    const index = updates[t].findIndex((got, i) => !(Math.abs(got - update[i]) <= bound(i)));
    if (index >= 0) {
      const wanted = `${update[index]} ± ${bound(index)}`;
      return { at: `step ${t + 1}, element ${index}`, got: updates[t][index], wanted };
    }
    const [before, made] = [theta, updates[t]];
    theta = theta.map((value, i) => format.round(value + made[i]));
    doubts = doubts.map((doubt, i) => 2 * doubt + format.epsilon * (Math.abs(before[i]) + Math.abs(made[i])));
  }
  return undefined;
}

export interface Sizes {
  readonly shapes: Arbitrary<readonly number[]>;
  readonly choice: Arbitrary<Partial<OptimizerChoice>>;
  readonly name?: string;
  readonly steps?: { readonly minLength: number; readonly maxLength: number };
}

export function requests(
  capabilities: Capabilities,
  { shapes, choice, name = 'adafactor', steps = { minLength: 1, maxLength: 5 } }: Sizes,
): Arbitrary<Request> {
  const format = formatOf(capabilities);
  return fc.tuple(shapes, choice).chain(([shape, options]) => {
    const size = sizeOf(shape);
    const vector = (numbers: Arbitrary<number>): Arbitrary<number[]> =>
      fc.array(numbers, { minLength: size, maxLength: size });
    return fc.record({
      optimizer: rates(format).map((learningRate) => ({ name, learningRate, ...options })),
      parameters: fc.oneof(vector(ordinaryNumbers(format)), vector(fc.constant(0)), vector(coarseNumbers())),
      shape: fc.constant(shape),
      gradients: fc.array(vector(gradientNumbers(format, false)), steps).map((gradients) =>
        // Of a row and a column without any gradient v̂ underflows where it is written as one product: a law of its own.
        shape.length < 2 ? gradients : gradients.map((gradient) => gradient.map((g) => (g === 0 ? 2 ** -3 : g))),
      ),
    });
  });
}

/** Small tensors of a rank, the last two dimensions the largest, so that all programs factor the same. */
export function shapesOfRank(rank: Rank): Arbitrary<readonly number[]> {
  switch (rank) {
    case 'vector':
      return vectors();
    case 'matrix':
      return matrices();
    case 'stack':
      return stacks();
  }
}

/** Matrices one after the other. */
export function stacks(): Arbitrary<readonly number[]> {
  return fc.constantFrom([2, 2, 3], [2, 3, 2], [3, 3, 4], [2, 2, 2], [1, 2, 3], [2, 2, 2, 2]);
}

/** A dialect's options, each with every level of every other and of the rank, given and left out. */
export function optionsInPairs(capabilities: Capabilities, dialect: Dialect): Arbitrary<Request> {
  const name = dialect === 't5x' ? {} : { dialect };
  return turns(
    coverPairs(optimizerFactors(dialect)).map(({ rank, ...options }) =>
      requests(capabilities, { shapes: shapesOfRank(rank), choice: fc.constant({ ...name, ...given(options) }) }),
    ),
  );
}

export function rates(format: Format): Arbitrary<number> {
  return fc.constantFrom(1, 0.5, 0.1, 0.01, 0.001).map((rate) => format.round(rate));
}

export function vectors(): Arbitrary<readonly number[]> {
  return fc.integer({ min: 1, max: 10 }).map((n) => [n]);
}

export function matrices(): Arbitrary<readonly number[]> {
  return fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }));
}

/** What is lost of an update by who adds it to θ and answers with the difference; and by who flushes denormals. */
export function computeInPlaceRounding(theta: number, update: number, error: number, arithmetic: Arithmetic): number {
  const { format, flushes } = arithmetic;
  const slack = flushes ? format.smallestNormal : 0;
  if (error === 0 && isExactSum(format, theta, update)) return slack;
  return slack + format.epsilon * Math.abs(theta + update);
}
