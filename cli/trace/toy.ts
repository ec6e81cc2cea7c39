/**
 * A toy that is small enough to read every number of: twelve parameters in two layers, pulled towards a target.
 *
 * @module
 */
import type { DistanceName, SiloStrategy, ThresholdMethod } from '../../src/dst/notation.ts';
import { createProblem } from '../../src/dst/problem.ts';
import { createState } from '../../src/dst/state.ts';
import { traceStep, type TraceEvent } from '../../src/dst/trace.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { sgd } from '../../src/optim/sgd.ts';
import type { Parameter } from '../../src/tensor/parameter.ts';

const PARAMETERS: readonly Parameter[] = [
  { name: 'layers/0/query', module: 'layers/query', layer: 0, shape: [2, 2], offset: 0 },
  { name: 'layers/0/scale', module: 'layers/scale', layer: 0, shape: [2], offset: 4 },
  { name: 'layers/1/query', module: 'layers/query', layer: 1, shape: [2, 2], offset: 6 },
  { name: 'layers/1/scale', module: 'layers/scale', layer: 1, shape: [2], offset: 10 },
];
const SEED = [0.5, -1, 0.25, 2, 1, 1, -0.5, 0.75, 1.5, -0.25, 1, 1];
const TARGET = [1, -1.25, 0.5, 1, 1.25, 0.75, 0.5, 0.25, 2, -1, 1.5, 1.25];

/** What can be chosen. */
export interface ToyOptions {
  readonly epsilon: number;
  readonly silos: SiloStrategy;
  readonly distance: DistanceName;
  readonly threshold: ThresholdMethod;
  readonly steps: number;
  readonly learningRate: number;
}

/** Hands the events of the toy's steps to `tell`; its gradient is θ − target, that of ½·|θ − target|². */
export function traceToy(options: ToyOptions, tell: (event: TraceEvent) => void): void {
  const { epsilon, silos, distance, threshold } = options;
  const kernels = createKernels('scalar');
  const seed = kernels.memory.copyOf(SEED);
  const problem = createProblem({
    seed,
    epsilon,
    optimizer: sgd(),
    parameters: PARAMETERS,
    silos,
    distance,
    threshold: { thresholdMethod: threshold },
    kernels,
  });
  const state = createState(problem);
  const gradient = kernels.memory.floats(SEED.length);
  for (let step = 1; step <= options.steps; step++) {
    gradient.set(state.theta.map((theta, i) => theta - TARGET[i]));
    traceStep(problem, state, gradient, options.learningRate, tell);
  }
}
