/**
 * What grows: each series has its points, and what is timed at them.
 *
 * @module
 */
import { THRESHOLD_METHODS } from '../../src/dst/notation.ts';
import { createProblem } from '../../src/dst/problem.ts';
import { consecutiveSilos } from '../../src/dst/silos.ts';
import { createState } from '../../src/dst/state.ts';
import { step } from '../../src/dst/step.ts';
import type { KernelName, Kernels } from '../../src/kernel/kernels.ts';
import type { DecoderConfig } from '../../src/nn/config.ts';
import { sgd } from '../../src/optim/sgd.ts';
import { Random } from '../../src/tensor/random.ts';
import { inProcess, type Contestant } from '../contestant.ts';
import { oneThread } from '../kernelsOf.ts';
import { createUpdate } from '../step/trainee.ts';
import { createTrainee, YARDSTICK } from '../step/yardstick.ts';

/** A point of a series: where it lies on the axis, and the lines that go through it. */
export interface SeriesPoint {
  readonly x: number;
  /** Made when the point's turn comes; their memory goes with them. */
  readonly lines: (kernels: KernelName) => readonly Contestant[];
}

const LEARNING_RATE = 1e-3;
const EPSILON = 0.01;
/** Algorithm 2 finds its thresholds in the first steps. */
const RAMP_UP = 20;

/** A training step of a decoder of this shape. */
function decoderStep(kernelName: KernelName, config: DecoderConfig, rows: number, length: number): Contestant {
  const longer = { ...config, context: Math.max(length, config.context) };
  const trainee = createTrainee(oneThread(kernelName), longer, rows, length);
  const update = createUpdate(trainee, 1e-5);
  return inProcess('training step', 1, () => {
    trainee.computeGradient();
    update();
  });
}

/** Widths, layers, and feed-forward widths of about 8/3: 88 thousand to 33 million parameters. */
const DECODERS: readonly (readonly [modelSize: number, layers: number, feedForwardSize: number])[] = [
  [32, 2, 88],
  [64, 4, 176],
  [128, 4, 344],
  [256, 4, 688],
  [384, 6, 1024],
  [512, 10, 1368],
];

export function parameterPoints(quick: boolean): readonly SeriesPoint[] {
  return (quick ? DECODERS.slice(0, 4) : DECODERS).map(([modelSize, layers, feedForwardSize]) => {
    const config = { ...YARDSTICK, modelSize, layers, feedForwardSize, heads: modelSize / 32 };
    return { x: sizeOf(config), lines: (kernels) => [decoderStep(kernels, config, 4, 64)] };
  });
}

export function contextPoints(quick: boolean): readonly SeriesPoint[] {
  return [32, 64, 128, 256, 512, ...(quick ? [] : [1024, 2048])].map((length) => ({
    x: length,
    lines: (kernels) => [decoderStep(kernels, YARDSTICK, 1, length)],
  }));
}

export function batchPoints(quick: boolean): readonly SeriesPoint[] {
  return [1, 2, 4, 8, 16, ...(quick ? [] : [32, 64])].map((rows) => ({
    x: rows,
    lines: (kernels) => [decoderStep(kernels, YARDSTICK, rows, 64)],
  }));
}

/** The parameters of the series over silos. */
export const SILO_PARAMETERS = 1e6;

export function siloPoints(): readonly SeriesPoint[] {
  return [1, 10, 100, 1000, 10_000].map((silos) => ({
    x: silos,
    lines: (kernels) => bareSteps(kernels, SILO_PARAMETERS, silos),
  }));
}

/** DST on a bare vector, one silo; sorting, which is slow, up to a million. */
export function vectorPoints(quick: boolean): readonly SeriesPoint[] {
  return [1e4, 1e5, 1e6, ...(quick ? [] : [1e7, 3e7])].map((n) => ({
    x: n,
    lines: (kernels) => bareSteps(kernels, n, 1).filter(({ peer }) => peer !== 'DST, sort' || n <= 1e6),
  }));
}

/** θ − η g alone, and with DST around it, on n numbers in equal silos. */
function bareSteps(kernelName: KernelName, n: number, silos: number): readonly Contestant[] {
  const kernels = oneThread(kernelName);
  const random = new Random(1);
  const normal = (): Float32Array => {
    const vector = kernels.memory.floats(n);
    for (let i = 0; i < n; i++) vector[i] = random.normal();
    return vector;
  };
  const [seed, gradient] = [normal(), normal()];
  return [
    inProcess('no DST', 1, plainStep(kernels, seed, gradient)),
    ...THRESHOLD_METHODS.map((method) => {
      const partition = consecutiveSilos(Array.from({ length: silos }, () => n / silos));
      const options = { seed, epsilon: EPSILON, silos: partition, threshold: { thresholdMethod: method }, kernels };
      const problem = createProblem({ ...options, optimizer: sgd() });
      const state = createState(problem);
      if (method === 'iterative') for (let t = 0; t < RAMP_UP; t++) step(problem, state, gradient, LEARNING_RATE);
      return inProcess(`DST, ${method}`, 1, () => step(problem, state, gradient, LEARNING_RATE));
    }),
  ];
}

function plainStep(kernels: Kernels, seed: Float32Array, gradient: Float32Array): () => void {
  const theta = kernels.memory.copyOf(seed);
  const update = kernels.memory.floats(theta.length);
  return () => {
    kernels.scale(update, gradient, -LEARNING_RATE);
    kernels.add(theta, theta, update);
  };
}

function sizeOf({ vocabularySize, modelSize, layers, feedForwardSize }: DecoderConfig): number {
  const layer = 4 * modelSize ** 2 + 3 * modelSize * feedForwardSize + 2 * modelSize;
  return vocabularySize * modelSize + layers * layer + modelSize;
}
