/**
 * What the laws about `train` share: requests whose gradients are given, and the judge that follows a trajectory.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import {
  budgetsBelowOne,
  claimedDistances,
  coarseNumbers,
  divisors,
  formatOf,
  ordinaryNumbers,
} from '../arbitraries.ts';
import type { Layout } from '../asking/factors.ts';
import type { Capabilities, DistanceKind, OptimizerChoice, Requests } from '../implementation.ts';
import { sizeOf } from '../implementation.ts';
import type { Format } from '../oracle/formats.ts';
import { findDeparture } from '../oracle/trajectory.ts';
import type { Violation } from './outcome.ts';
import { choiceOf } from './projected.ts';

/** A `train` request whose distance has a known name. */
export type Training = Requests['train'] & { readonly distance: DistanceKind };

/** Whether every step of the answer could have followed from the one before it. */
export function judgeTrajectory(
  request: Training,
  trajectory: readonly (readonly number[])[],
  capabilities: Capabilities,
): Violation | undefined {
  return findDeparture(request, trajectory, choiceOf(request, capabilities));
}

export interface TrainingOptions {
  readonly optimizer: Arbitrary<OptimizerChoice>;
  readonly epsilon?: Arbitrary<number>;
  /** Numbers on which nothing rounds, so that the kept set is certain. */
  readonly coarse?: boolean;
  readonly maxSteps?: number;
  readonly minSteps?: number;
  readonly tensors?: Arbitrary<readonly (readonly number[])[]>;
  readonly layout?: Layout;
  readonly distance?: DistanceKind;
}

/** Requests of one to three tensors or of those given; silos lie to them as is said, else each tensor is one. */
export function trainings(capabilities: Capabilities, options: TrainingOptions): Arbitrary<Training> {
  const format = formatOf(capabilities);
  const {
    optimizer,
    epsilon = budgetsBelowOne(format),
    coarse = false,
    maxSteps = 4,
    minSteps = 1,
    layout = 'tensors',
  } = options;
  const { tensors = fc.array(shapes(), { minLength: 1, maxLength: 3 }) } = options;
  const kinds = options.distance === undefined ? claimedDistances(capabilities) : fc.constant(options.distance);
  return fc.tuple(tensors, kinds, optimizer).chain(([shapesOfTensors, distance, choice]) => {
    const silos = siloLengths(layout, shapesOfTensors.map(sizeOf));
    const size = silos.reduce((sum, length) => sum + length, 0);
    const vector = (numbers: Arbitrary<number>): Arbitrary<number[]> =>
      fc.array(numbers, { minLength: size, maxLength: size });
    // A row and a column without any gradient are left to a law of their own, of AdaFactor's.
    const isFactored = (choice.minDimSizeToFactor ?? 128) < 128;
    return fc.record({
      seed: vector(seedNumbers(format, distance, coarse)),
      shapes: fc.constant(shapesOfTensors),
      silos: fc.constant(silos),
      gradients: fc
        .array(vector(gradientNumbers(format, coarse)), { minLength: minSteps, maxLength: maxSteps })
        .map((all) => all.map((gradient) => gradient.map((g) => (g === 0 && isFactored ? 2 ** -3 : g)))),
      optimizer: fc.constant(choice),
      epsilon,
      distance: fc.constant(distance),
      method: fc.constant('quantile'),
    });
  });
}

/** The lengths of silos that lie to tensors of these sizes in the given way, as far as there are tensors for it. */
export function siloLengths(layout: Layout, sizes: readonly number[]): number[] {
  const sum = (parts: readonly number[]): number => parts.reduce((total, length) => total + length, 0);
  switch (layout) {
    case 'tensors':
      return [...sizes];
    case 'whole':
      return [sum(sizes)];
    case 'across':
      return [sum(sizes.slice(0, -1)), ...sizes.slice(-1)].filter((length) => length > 0);
    case 'within':
      return sizes.flatMap((size) => (size < 2 ? [size] : [Math.ceil(size / 3), size - Math.ceil(size / 3)]));
  }
}

/** Vectors and matrices of up to a dozen elements. */
export function shapes(): Arbitrary<number[]> {
  return fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 10 })).map(([n]) => [n]),
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })).map(([rows, columns]) => [rows, columns]),
  );
}

function seedNumbers(format: Format, distance: DistanceKind, coarse: boolean): Arbitrary<number> {
  if (distance === 'relative') return coarse ? fc.constantFrom(1, -1, 2, -2, 0.5, 4) : divisors(format);
  return coarse ? coarseNumbers() : fc.oneof(ordinaryNumbers(format), coarseNumbers());
}

/** Gradients over four decades, some of them 0. */
export function gradientNumbers(format: Format, coarse: boolean): Arbitrary<number> {
  if (coarse) return coarseNumbers();
  const scales = fc.constantFrom(1, 1, 2 ** -3, 2 ** -7, 2 ** 5, 0);
  return fc.tuple(ordinaryNumbers(format), scales).map(([x, scale]) => format.round(x * scale) + 0);
}

/** Stochastic gradient descent with a rate that is a power of two: its updates are exact. */
export function exactSgd(): Arbitrary<OptimizerChoice> {
  return fc.constantFrom(1, 0.5, 0.25).map((learningRate) => ({ name: 'sgd', learningRate }));
}

/** Stochastic gradient descent with rates that round. */
export function anySgd(format: Format): Arbitrary<OptimizerChoice> {
  return fc.constantFrom(0.1, 0.03, 0.7).map((rate) => ({ name: 'sgd', learningRate: format.round(rate) }));
}

/** AdaFactor whose step does not depend on θ, factored from the second dimension on or not at all. */
export function adafactorWithoutScale(format: Format): Arbitrary<OptimizerChoice> {
  return fc.record({
    name: fc.constant('adafactor'),
    learningRate: fc.constantFrom(0.5, format.round(0.1), format.round(0.01)),
    minDimSizeToFactor: fc.constantFrom(2, 128),
    multiplyByParameterScale: fc.constant(false),
  });
}

/** The silos as [from, to). */
export function rangesOfTraining({ silos }: Training): [number, number][] {
  let to = 0;
  return silos.map((length) => {
    to += length;
    return [to - length, to];
  });
}
