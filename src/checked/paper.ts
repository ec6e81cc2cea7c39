/**
 * The paper's functions, for callers from JavaScript.
 *
 * @module
 */
import { BUDGET_RULES, SILO_STRATEGIES } from '../dst/notation.ts';
import { checkSilos } from '../dst/silos.ts';
import * as library from '../index.ts';
import { checkKernels as kernels } from '../kernel/checks.ts';
import {
  bytes,
  callable,
  float32,
  having,
  ignored,
  instance,
  integer,
  list,
  numbers,
  oneOf,
  optional,
  options,
  orNull,
  real,
  finite,
  share,
} from '../kinds.ts';
import { guard } from './guard.ts';
import { aProblem, aProjection, aSelection, aSiloView, aSource, aState, aSubset } from './things.ts';

const epsilon = share;
const sizes = list(integer(1));
const bisection = having('{ factor, iterations }', { factor: real, iterations: real });
const fraction = real;
const previous = real;
const keep = integer(0);
const [seed, theta, candidate, distances] = [float32, float32, float32, float32];
const aSavedState = having('a state', {
  theta: float32,
  thresholds: instance(Float64Array, 'a Float64Array'),
  mask: orNull(float32),
  optimizer: having('the state of an optimizer', { step: integer(0), slots: instance(Map, 'a Map') }),
});

export const partition = guard('partition', library.partition, {
  parameters: list(ignored),
  strategy: oneOf(SILO_STRATEGIES),
  options: optional(options({ group: optional(callable) })),
});
export const consecutiveSilos = guard('consecutiveSilos', library.consecutiveSilos, { lengths: sizes });
export const checkPartition = guard('checkPartition', library.checkPartition, { silos: checkSilos, size: integer(1) });

export const createState = guard('createState', library.createState, { problem: aProblem, random: optional(aSource) });
export const restoreState = guard('restoreState', library.restoreState, { problem: aProblem, saved: aSavedState });
const aStep = { problem: aProblem, state: aState, gradient: float32, learningRate: finite };
export const step = guard('step', library.step, { ...aStep, observe: optional(callable) });
export const traceStep = guard('traceStep', library.traceStep, {
  ...aStep,
  tell: callable,
  options: optional(options({ limit: optional(integer(0)) })),
});
export const toJsonNumber = guard('toJsonNumber', library.toJsonNumber, {
  x: (value, where) => (Number.isNaN(value) ? value : real(value, where)),
});

export const computeQuantile = guard('computeQuantile', library.computeQuantile, { distances, epsilon });
export const sortThreshold = guard('sortThreshold', library.sortThreshold, {
  distances,
  position: having('{ rank, weight }', { rank: integer(-1), weight: real }),
});
export const selectThreshold = guard('selectThreshold', library.selectThreshold, {
  distances,
  keep,
  kernels,
  near: optional(real),
  moved: optional(integer(0)),
});
const aSearch = { distances, fraction, previous, options: bisection, kernels };
export const computeIterativeThreshold = guard('computeIterativeThreshold', library.computeIterativeThreshold, {
  ...aSearch,
  observe: optional(callable),
});
export const computeIterativeBySelection = guard(
  'computeIterativeBySelection',
  library.computeIterativeBySelection,
  aSearch,
);
export const reseedThreshold = guard('reseedThreshold', library.reseedThreshold, {
  previous,
  distances,
  keep,
  kernels,
});
export const computeBudgets = guard('computeBudgets', library.computeBudgets, {
  sizes,
  rule: oneOf(BUDGET_RULES),
  epsilon,
});
export const quantileCount = guard('quantileCount', library.quantileCount, { size: integer(1), epsilon });
export const largestRemainder = guard('largestRemainder', library.largestRemainder, { sizes, epsilon });
export const toRatio = guard('toRatio', library.toRatio, { epsilon });

export const keepSelected = guard('keepSelected', library.keepSelected, {
  silo: aSiloView,
  selection: aSelection,
  kernels,
});
export const listKept = guard('listKept', library.listKept, { distances, selection: aSelection });
export const countKept = guard('countKept', library.countKept, { distances, selection: aSelection });
export const computeNearest = guard('computeNearest', library.computeNearest, {
  options: ignored,
  candidate,
  previous: optional(numbers),
});
export const computeScales = guard('computeScales', library.computeScales, { projection: aProjection });
export const normaliseDistances = guard('normaliseDistances', library.normaliseDistances, {
  distances,
  scale: real,
  kernels,
});
const optionalKernels = optional(kernels);
export const countChanged = guard('countChanged', library.countChanged, { seed, theta, kernels: optionalKernels });
export const isFeasible = guard('isFeasible', library.isFeasible, {
  seed,
  theta,
  epsilon,
  kernels: optionalKernels,
});
export const isFeasibleInEverySilo = guard('isFeasibleInEverySilo', library.isFeasibleInEverySilo, {
  seed,
  theta,
  silos: checkSilos,
  epsilon,
  kernels: optionalKernels,
});
export const measure = guard('measure', library.measure, {
  silos: checkSilos,
  seed,
  theta,
  kernels: optionalKernels,
});
export const overlap = guard('overlap', library.overlap, { seed, a: float32, b: float32 });
export const overlapOfSubsets = guard('overlapOfSubsets', library.overlapOfSubsets, { a: aSubset, b: aSubset });
export const overlapOfMasks = guard('overlapOfMasks', library.overlapOfMasks, { a: bytes, b: bytes });
const fingerprint = optional(callable);
export const extract = guard('extract', library.extract, { seed, theta, fingerprint });
export const apply = guard('apply', library.apply, { seed, subset: aSubset, fingerprint });
export const applyInPlace = guard('applyInPlace', library.applyInPlace, { theta, subset: aSubset });
export const revert = guard('revert', library.revert, { theta, subset: aSubset, seed });
export const checkSubset = guard('checkSubset', library.checkSubset, { subset: aSubset, length: integer(0) });
export const findWarnings = guard('findWarnings', library.findWarnings, { projection: aProjection });
