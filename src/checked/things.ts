/**
 * The kinds of what the package's own functions make, as others take it.
 *
 * @module
 */
import { Tape } from '../autograd/tape.ts';
import { checkSilos } from '../dst/silos.ts';
import { checkKernels } from '../kernel/checks.ts';
import { anyText, callable, float32, having, ignored, instance, int32, integer, list, real, share } from '../kinds.ts';
import { Random } from '../tensor/random.ts';

export const aProjection = having('a projection, as createProjection makes one', {
  seed: float32,
  epsilon: share,
  parameters: list(ignored),
  silos: checkSilos,
  budgets: list(ignored),
  threshold: having('options of the threshold', { thresholdMethod: anyText }),
  kernels: checkKernels,
});

export const aProblem = having('a problem, as createProblem makes one', {
  seed: float32,
  silos: checkSilos,
  budgets: list(ignored),
  kernels: checkKernels,
  optimizer: having('an optimizer', { init: callable, update: callable }),
  mask: anyText,
});

const aLayout = having('a layout, as a state has one', { distances: float32, silos: list(ignored) });

export const aSiloView = having('a silo of a layout', { distances: float32, ranges: list(ignored) });

export const aState = having('a state, as createState makes one', {
  step: integer(0),
  theta: float32,
  thresholds: instance(Float64Array, 'a Float64Array'),
  update: float32,
  layout: aLayout,
});

export const aSelection = having('a selection { threshold, ties }', { threshold: real, ties: integer(0) });

export const aSubset = having('a subset, as extract makes one', {
  size: integer(0),
  indices: instance(Uint32Array, 'a Uint32Array'),
  values: float32,
});

export const aRandom = instance(Random, 'a Random');

/** Whatever draws whole numbers. */
export const aSource = having('a source of random numbers', { integer: callable });

export const aTape = instance(Tape, 'a Tape');

export const aVariable = having('a variable, as a tape makes one', { shape: list(integer(0)), data: float32 });

export const aTokenizer = having('a tokenizer', { encode: callable, decode: callable, end: integer(0) });

export const tokenLists = list(int32);

export const texts = list(anyText);

export const anExample = having('an example { text, label }', { text: anyText, label: anyText });

export const aFileSystem = having('a file system', {
  openSync: callable,
  renameSync: callable,
  readFileSync: callable,
});

/** A tensor's place. */
export const places = list(
  having('a tensor { name, shape, offset }', { name: anyText, shape: list(real), offset: real }),
);
