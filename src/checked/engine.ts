/**
 * Kernels, optimizers, tensors and automatic differentiation, for callers from JavaScript.
 *
 * @module
 */
import * as library from '../index.ts';
import { checkKernels as kernels } from '../kernel/checks.ts';
import { KERNEL_NAMES } from '../kernel/kernels.ts';
import {
  callable,
  finite,
  float32,
  having,
  ignored,
  instance,
  int32,
  integer,
  list,
  number,
  numbers,
  oneOf,
  optional,
  real,
  type Check,
} from '../kinds.ts';
import { guard } from './guard.ts';
import { aRandom, aTape as tape, aVariable } from './things.ts';

export const createKernels = guard('createKernels', library.createKernels, {
  name: oneOf(KERNEL_NAMES),
  memory: ignored,
  options: ignored,
});
export const Profile = guard('Profile', library.Profile, { now: optional(callable) });

const rate = number('a finite number of at least 0', (x) => x >= 0);
const steps = integer(0);
export const constant = guard('constant', library.constant, { rate });
export const linearWarmUp = guard('linearWarmUp', library.linearWarmUp, { peak: rate, warmUpSteps: steps });
export const inverseSquareRoot = guard('inverseSquareRoot', library.inverseSquareRoot, {
  peak: rate,
  warmUpSteps: steps,
});
const decay = { peak: rate, warmUpSteps: steps, totalSteps: steps };
export const linearDecay = guard('linearDecay', library.linearDecay, decay);
export const cosineDecay = guard('cosineDecay', library.cosineDecay, decay);
export const clipByGlobalNorm = guard('clipByGlobalNorm', library.clipByGlobalNorm, {
  kernels,
  gradient: float32,
  maximum: real,
  norm: optional(real),
});

const aRandomSeed: Check<unknown> = (value, where) => (typeof value === 'string' ? value : finite(value, where));
export const Random = guard('Random', library.Random, { randomSeed: aRandomSeed });
export const roundToBfloat16 = guard('roundToBfloat16', library.roundToBfloat16, { x: float32 });
export const encodeBfloat16 = guard('encodeBfloat16', library.encodeBfloat16, { x: float32 });
export const decodeBfloat16 = guard('decodeBfloat16', library.decodeBfloat16, {
  patterns: instance(Uint16Array, 'a Uint16Array'),
});

const activation = oneOf(['gelu', 'silu']);
const x = aVariable;
const heads = integer(1);
export const Tape = guard('Tape', library.Tape, { kernels, mode: oneOf(['record', 'forward']) });
export const add = guard('add', library.add, { tape, a: aVariable, b: aVariable });
export const multiply = guard('multiply', library.multiply, { tape, a: aVariable, b: aVariable });
export const scale = guard('scale', library.scale, { tape, x, factor: real });
export const gated = guard('gated', library.gated, { tape, gate: aVariable, up: aVariable, activation });
export const dropout = guard('dropout', library.dropout, {
  tape,
  x,
  options: having('{ rate, random }', { rate: real, random: aRandom }),
});
export const linear = guard('linear', library.linear, { tape, x, weight: aVariable });
export const gather = guard('gather', library.gather, {
  tape,
  table: aVariable,
  indices: int32,
  leading: list(integer(0)),
});
export const addBias = guard('addBias', library.addBias, { tape, scores: aVariable, bias: aVariable });
export const headScores = guard('headScores', library.headScores, {
  tape,
  query: aVariable,
  key: aVariable,
  heads,
  factor: real,
  keys: optional(integer(0)),
});
export const headMix = guard('headMix', library.headMix, { tape, weights: aVariable, value: aVariable });
export const attentionSoftmax = guard('attentionSoftmax', library.attentionSoftmax, {
  tape,
  scores: aVariable,
  visible: having('{ from, to }', { from: int32, to: int32 }),
});
export const rotate = guard('rotate', library.rotate, {
  tape,
  x,
  rotation: having('{ cosine, sine, positions }', { cosine: float32, sine: float32, positions: int32 }),
  heads,
});
export const rmsNorm = guard('rmsNorm', library.rmsNorm, { tape, x, weight: aVariable, epsilon: real });
export const crossEntropy = guard('crossEntropy', library.crossEntropy, {
  tape,
  logits: aVariable,
  targets: int32,
  factor: real,
});
export const sum = guard('sum', library.sum, { tape, x });

const aCheck = having('a gradient check', { analytic: real, numeric: real, bound: real });
export const gradientCheck = guard('gradientCheck', library.gradientCheck, {
  kernels,
  computation: callable,
  inputs: list(having('an input { shape, values }', { shape: list(integer(1)), values: numbers })),
  random: aRandom,
});
export const gradientsAgree = guard('gradientsAgree', library.gradientsAgree, { check: aCheck });
export const describeGradientCheck = guard('describeGradientCheck', library.describeGradientCheck, { check: aCheck });
