/**
 * Right calls of errors, kernels, optimizers, tensors and automatic differentiation.
 *
 * @module
 */
import * as library from '../../../src/index.ts';
import { closed, list, nullable, opaque, options, record, right, type Calls } from '../wrongKinds.ts';
import { ints, kernels, random, seed, vector } from './things.ts';

const tape = new library.Tape(kernels, 'record');
const variable = (...shape: number[]): library.Variable => {
  const made = tape.variable(shape);
  made.data.fill(0.5);
  return made;
};

export const engine: Calls = {
  InvalidInput: () => right(),
  Unavailable: () => right(),
  Internal: () => right(),
  createKernels: () => right(closed('scalar'), new library.Memory(), options({ threads: 1 })),
  grantedThreads: () => right(),
  closeThreads: () => right(kernels.memory),
  Memory: () => right(),
  Profile: () => right(() => 0),
  sgd: () => right(),
  adafactor: () =>
    right(
      options({
        dialect: closed('t5x'),
        decayRate: 0.8,
        epsilon1: 1e-30,
        epsilon2: 1e-3,
        clippingThreshold: nullable(1),
        minDimSizeToFactor: nullable(128),
        multiplyByParameterScale: true,
        momentum: nullable(0.9),
        weightDecay: nullable(0.1),
      }),
    ),
  constant: () => right(1),
  linearWarmUp: () => right(1, 2),
  inverseSquareRoot: () => right(1, 2),
  linearDecay: () => right(1, 2, 3),
  cosineDecay: () => right(1, 2, 3),
  clipByGlobalNorm: () => right(kernels, seed.slice(), 1, 2),
  Random: () => right(opaque(1)),
  roundToBfloat16: () => right(seed.slice()),
  encodeBfloat16: () => right(seed),
  decodeBfloat16: () => right(Uint16Array.of(1)),
  Tape: () => right(kernels, closed('record')),
  add: () => right(tape, record({ ...variable(2, 3) }, ['gradient', 'shape']), variable(2, 3)),
  multiply: () => right(tape, variable(2, 3), variable(2, 3)),
  scale: () => right(tape, variable(2, 3), 2),
  gated: () => right(tape, variable(2, 3), variable(2, 3), closed('gelu')),
  dropout: () => right(tape, variable(2, 3), record({ rate: 0.5, random })),
  linear: () => right(tape, variable(2, 3), variable(4, 3)),
  gather: () => right(tape, variable(2, 3), ints(1), list(1)),
  addBias: () => right(tape, variable(1, 2, 2, 3), variable(2, 2, 3)),
  headScores: () => right(tape, variable(1, 2, 4), variable(1, 3, 4), 2, 1, 3),
  headMix: () => right(tape, variable(1, 2, 2, 3), variable(1, 3, 4)),
  attentionSoftmax: () => right(tape, variable(1, 1, 2, 3), record({ from: ints(0, 0), to: ints(1, 2) })),
  rotate: () => right(tape, variable(1, 4), record({ cosine: vector(1), sine: vector(0), positions: ints(0) }), 2),
  rmsNorm: () => right(tape, variable(2, 3), variable(3), 1e-6),
  crossEntropy: () => right(tape, variable(2, 3), ints(0, 1), 1),
  sum: () => right(tape, variable(2, 3)),
  gradientCheck: () =>
    right(
      kernels,
      (on: library.Tape, [x]: library.Variable[]) => library.sum(on, x),
      list(record({ shape: opaque([1]), values: opaque([1]) })),
      random,
    ),
  gradientsAgree: () => right(record({ input: 0, analytic: 1, numeric: 1, bound: 1 }, ['input'])),
  describeGradientCheck: () => right(record({ input: 0, analytic: 1, numeric: 1, bound: 1 }, ['input'])),
};
