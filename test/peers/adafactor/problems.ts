/**
 * What published AdaFactors are asked: requests of the protocol over shapes, options and steps, all of one seed.
 *
 * @module
 */
import { Random } from '../../../src/tensor/random.ts';
import type { OptimizerChoice, Requests } from '../../../spec/implementation.ts';
import type { DialectName } from '../../../src/optim/dialects.ts';
import { elementCount } from '../../../src/tensor/shape.ts';
import { has } from './libraries.ts';

export type Problem = Requests['optimize'];

/** Vectors, matrices below and above each minimum, and stacks with the larger dimensions first, apart and last. */
const SHAPES = [
  [1],
  [7],
  [300],
  [3, 4],
  [16, 16],
  [17, 33],
  [2, 3, 4],
  [20, 18, 3],
  [17, 5, 40],
  [3, 20, 24],
  [4, 4, 4],
];
/** Above the minimum of 128. */
const LARGE = [
  [128, 130],
  [130, 2, 128],
  [127, 128],
];
const STEPS = 4;
const SEED = 2411_0861;

type Options = Omit<Partial<OptimizerChoice>, 'name' | 'dialect' | 'minDimSizeToFactor'> & {
  readonly minDimSizeToFactor?: number;
};

const CHOICES: readonly Options[] = [
  {},
  { weightDecay: 0.125 },
  { momentum: 0.5 },
  { momentum: 0.9 },
  { momentum: null },
  { decayRate: 0.5 },
  { epsilon1: 2 ** -12 },
  { epsilon2: 2 ** -2 },
  { clippingThreshold: 2 },
  { clippingThreshold: null },
  { beta2Cap: 0.25 },
  { multiplyByParameterScale: false },
  { multiplyByParameterScale: true },
  { relativeStep: true },
  { relativeStep: false },
  { relativeStep: true, multiplyByParameterScale: true },
  { relativeStep: false, weightDecay: 0.125, momentum: 0.75 },
  { minDimSizeToFactor: 3 },
  { minDimSizeToFactor: 18 },
];

/** All that the dialect has of the options, at each shape. */
export function problemsOf(dialect: DialectName): Problem[] {
  const random = new Random(SEED);
  const choices = CHOICES.filter((choice) => has({ dialect, ...choice }));
  const small = SHAPES.flatMap((shape) => choices.map((choice) => problem(random, dialect, shape, STEPS, choice)));
  return [...small, ...LARGE.map((shape) => problem(random, dialect, shape, STEPS, {}))];
}

/** θ of any size from 10⁻⁴ to 1 at a rate that moves it visibly; gradients that differ from element to element. */
export function problem(
  random: Random,
  dialect: DialectName,
  shape: readonly number[],
  steps: number,
  { learningRate = 0.5, ...choice }: Options,
): Problem {
  const size = elementCount(shape);
  const numbers = (scale: number): number[] => Array.from({ length: size }, () => Math.fround(scale * random.normal()));
  return {
    optimizer: { name: 'adafactor', dialect, learningRate, ...choice },
    shape,
    parameters: numbers(10 ** -random.integer(5)),
    gradients: Array.from({ length: steps }, () => numbers(1)),
  };
}
