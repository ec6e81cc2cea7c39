/**
 * Our own implementation behind the interface that the laws call: what `dst adapter` answers, too.
 *
 * @module
 */
import { toRatio } from '../src/dst/budget.ts';
import { checkLength } from '../src/dst/checks.ts';
import { computeIterativeThreshold, reseedThreshold } from '../src/dst/iterative.ts';
import { computeNearest } from '../src/dst/nearest.ts';
import { DISTANCES, SILO_STRATEGIES } from '../src/dst/notation.ts';
import type { DistanceName, SiloStrategy, ThresholdMethod } from '../src/dst/notation.ts';
import { overlap } from '../src/dst/overlap.ts';
import { createProblem, THRESHOLD_DEFAULTS } from '../src/dst/problem.ts';
import type { ThresholdOptions } from '../src/dst/problem.ts';
import { consecutiveSilos, partition } from '../src/dst/silos.ts';
import { createState } from '../src/dst/state.ts';
import { step } from '../src/dst/step.ts';
import { computeQuantile, selectThreshold } from '../src/dst/threshold.ts';
import { quantileCount } from '../src/dst/budget.ts';
import { InvalidInput, wrong } from '../src/errors.ts';
import { oneOf } from '../src/kinds.ts';
import { createKernels } from '../src/kernel/create.ts';
import type { KernelName, Kernels } from '../src/kernel/kernels.ts';
import { adafactor } from '../src/optim/adafactor.ts';
import type { AdafactorChoice } from '../src/optim/adafactor.ts';
import { DIALECT_NAMES } from '../src/optim/dialects.ts';
import type { Optimizer } from '../src/optim/optimizer.ts';
import { sgd } from '../src/optim/sgd.ts';
import { METHODS, OPERATIONS, OPTIMIZERS, sizeOf } from './implementation.ts';
import type {
  Answer,
  Capabilities,
  Implementation,
  Method,
  Operation,
  Operations,
  OptimizerChoice,
  Outputs,
  Requests,
  ThresholdChoice,
} from './implementation.ts';
import type { Parameter, ParameterShape } from '../src/tensor/parameter.ts';

/** Which of our two exact thresholds answers for `quantile`. */
export type ExactMethod = Exclude<ThresholdMethod, 'iterative'>;

/** An operation that answers or throws. */
type Plain = { readonly [O in Operation]: (input: Requests[O]) => Outputs[O] };

/**
 * @param exact - `select` declares lowest-index ties; `sort` is the literal Eq. 6, which drops them.
 */
export function createOurs(kernelName: KernelName, exact: ExactMethod): Implementation {
  const kernels = createKernels(kernelName);
  const capabilities: Capabilities = {
    name: `dynamic-subset-tuning, ${kernelName} kernels, ${exact}`,
    version: '0.1.0',
    language: 'TypeScript',
    dtype: 'float32',
    operations: OPERATIONS,
    distances: DISTANCES,
    thresholds: METHODS,
    silos: SILO_STRATEGIES,
    optimizers: OPTIMIZERS,
    dialects: DIALECT_NAMES,
    flushesDenormals: false,
    ...(exact === 'select' ? { ties: 'lowest-index' as const } : {}),
  };
  return { capabilities, ...guardAll(createPlain(kernels, exact), kernels) };
}

function createPlain(kernels: Kernels, exact: ExactMethod): Plain {
  const view = (values: readonly number[]): Float32Array => kernels.memory.copyOf(values);
  return {
    silos({ strategy, parameters }) {
      let offset = 0;
      const placed = parameters.map((parameter): Parameter => {
        offset += sizeOf(parameter.shape);
        return { ...parameter, offset: offset - sizeOf(parameter.shape) };
      });
      return { silos: partition(placed, asStrategy(strategy)).map(({ members }) => members) };
    },

    distance({ kind, seed, candidate }) {
      checkLength('candidate', candidate, seed.length);
      const delta = kernels.memory.floats(seed.length);
      kernels.distance(delta, view(candidate), view(seed), asDistance(kind));
      return { distances: [...delta] };
    },

    threshold({ distances, epsilon, previous = 1, ...choice }) {
      const { thresholdMethod: method, factor, iterations } = thresholdOptions(choice, exact);
      toRatio(epsilon);
      const delta = view(checkDistances(distances));
      const keep = quantileCount(delta.length, epsilon);
      if (method === 'sort') return { threshold: computeQuantile(delta, epsilon) };
      if (method === 'select') return { threshold: selectThreshold(delta, keep, kernels).threshold };
      const start = reseedThreshold(Math.fround(previous), delta, keep, kernels);
      return { threshold: computeIterativeThreshold(delta, epsilon, start, { factor, iterations }, kernels) };
    },

    project({ seed, candidate, silos, epsilon, distance, previous, ...choice }) {
      const options = {
        seed: view(seed),
        epsilon,
        kernels,
        distance: asDistance(distance),
        silos: consecutiveSilos(silos),
        threshold: thresholdOptions(choice, exact),
      };
      const { theta, thresholds } = computeNearest(options, view(candidate), previous?.map(Math.fround));
      return { parameters: [...theta], thresholds: [...thresholds] };
    },

    overlap({ seed, a, b }) {
      return { overlap: overlap(view(seed), view(a), view(b)) };
    },

    optimize({ optimizer: choice, parameters, shape, gradients }) {
      const optimizer = createOptimizer(choice);
      const theta = view(parameters);
      const u = kernels.memory.floats(theta.length);
      checkLength('parameters', parameters, sizeOf(shape));
      const state = optimizer.init(kernels, [{ name: 'parameters', shape, offset: 0 }]);
      const updates = gradients.map((gradient, t) => {
        checkLength(`gradients[${t}]`, gradient, theta.length);
        optimizer.update(u, state, view(gradient), theta, Math.fround(choice.learningRate));
        kernels.add(theta, theta, u);
        return [...u];
      });
      return { updates };
    },

    train({ seed, shapes, silos, gradients, optimizer, epsilon, distance, previous, ...choice }) {
      const problem = createProblem({
        seed: view(seed),
        epsilon,
        kernels,
        distance: asDistance(distance),
        silos: consecutiveSilos(silos),
        parameters: placeTensors(shapes).map((tensor) => ({ ...tensor, module: tensor.name, layer: null })),
        optimizer: createOptimizer(optimizer),
        threshold: thresholdOptions(choice, exact),
      });
      const state = createState(problem);
      if (previous !== undefined) {
        checkLength('previous', previous, silos.length);
        state.thresholds.set(previous.map(Math.fround));
      }
      const parameters = gradients.map((gradient) => {
        step(problem, state, view(gradient), Math.fround(optimizer.learningRate));
        return [...state.theta];
      });
      return { parameters };
    },
  };
}

function guardAll(plain: Plain, kernels: Kernels): Operations {
  return {
    silos: guard(plain.silos, kernels),
    distance: guard(plain.distance, kernels),
    threshold: guard(plain.threshold, kernels),
    project: guard(plain.project, kernels),
    overlap: guard(plain.overlap, kernels),
    optimize: guard(plain.optimize, kernels),
    train: guard(plain.train, kernels),
  };
}

/** The caller's mistakes and ours as errors of their kind; the memory is given back after every answer. */
function guard<Input, Output>(operation: (input: Input) => Output, kernels: Kernels): (input: Input) => Answer<Output> {
  return (input) => {
    const mark = kernels.memory.mark();
    try {
      return { output: operation(input) };
    } catch (error) {
      const kind = error instanceof InvalidInput ? 'invalid-input' : 'internal';
      return { error: { kind, message: error instanceof Error ? error.message : String(error) } };
    } finally {
      kernels.memory.release(mark);
    }
  };
}

function asDistance(name: string): DistanceName {
  return oneOf(DISTANCES)(name, 'distance');
}

function asStrategy(name: string): SiloStrategy {
  return oneOf(SILO_STRATEGIES)(name, 'strategy');
}

function thresholdOptions(
  { method, factor, iterations }: Omit<ThresholdChoice, 'epsilon'>,
  exact: ExactMethod,
): ThresholdOptions {
  return {
    ...THRESHOLD_DEFAULTS,
    thresholdMethod: asThreshold(oneOf(METHODS)(method, 'method'), exact),
    factor: factor ?? THRESHOLD_DEFAULTS.factor,
    iterations: iterations ?? THRESHOLD_DEFAULTS.iterations,
  };
}

function asThreshold(method: Method, exact: ExactMethod): ThresholdMethod {
  switch (method) {
    case 'quantile':
      return exact;
    case 'iterative':
      return 'iterative';
  }
}

function checkDistances(distances: readonly number[]): readonly number[] {
  if (distances.length === 0) throw wrong('distances', 'at least one', 'none');
  const index = distances.findIndex((distance) => !(distance >= 0));
  if (index >= 0) throw wrong(`distances[${index}]`, 'a distance from 0', distances[index]);
  return distances;
}

/** The options that a request names; an absent one is the optimizer's own default, `null` turns a stage off. */
function createOptimizer({ name, learningRate, dialect = 't5x', ...rest }: OptimizerChoice): Optimizer {
  if (!Number.isFinite(learningRate)) throw wrong('optimizer.learningRate', 'a finite number', learningRate);
  switch (oneOf(OPTIMIZERS)(name, 'optimizer')) {
    case 'sgd':
      return sgd();
    case 'adafactor': {
      const options: AdafactorChoice = { ...rest, dialect: oneOf(DIALECT_NAMES)(dialect, 'optimizer.dialect') };
      return adafactor(options);
    }
  }
}

function placeTensors(shapes: readonly (readonly number[])[]): ParameterShape[] {
  let offset = 0;
  return shapes.map((shape, index) => {
    offset += sizeOf(shape);
    return { name: `tensor ${index}`, shape, offset: offset - sizeOf(shape) };
  });
}
