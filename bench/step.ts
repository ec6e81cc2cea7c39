/**
 * A training step of the seed's size, and what it is made of: the gradient, the optimizer, Dynamic Subset Tuning with
 * each way to find thresholds. What DST adds to full fine-tuning is the paper's Fig. 5.
 *
 * `node scripts/run.mjs bench/step.ts [--quick] [--json] [--scalar]`
 *
 * @module
 */
import { Tape } from '../src/autograd/tape.ts';
import { THRESHOLD_METHODS } from '../src/dst/notation.ts';
import { createProblem } from '../src/dst/problem.ts';
import { createState } from '../src/dst/state.ts';
import { step } from '../src/dst/step.ts';
import { createKernels } from '../src/kernel/create.ts';
import { Memory } from '../src/kernel/memory.ts';
import { batchOf } from '../src/nn/batch.ts';
import { createDecoder } from '../src/nn/decoder.ts';
import { initialise } from '../src/nn/initialise.ts';
import { adafactor } from '../src/optim/adafactor.ts';
import { Random } from '../src/tensor/random.ts';
import { TRAIN_DEFAULTS } from '../src/train/config.ts';
import { PRETRAIN_DEFAULTS } from '../src/train/pretrainConfig.ts';
import { isJson, measure, printTable, type Timing } from './measure.ts';

const ROWS = 32;
/** A definition and its label. */
const LENGTH = 24;
const EPSILON = 0.01;

const kernels = createKernels(process.argv.includes('--scalar') ? 'scalar' : 'simd', new Memory());
const { memory } = kernels;
const decoder = createDecoder({ ...PRETRAIN_DEFAULTS, ropeBase: 10_000, normEpsilon: 1e-6 });
const seed = memory.floats(decoder.size);
initialise(decoder, seed, new Random(1));
const theta = memory.copyOf(seed);
const gradient = memory.floats(decoder.size);
const random = new Random(2);
const tokens = (): Int32Array =>
  Int32Array.from({ length: LENGTH }, () => random.integer(PRETRAIN_DEFAULTS.vocabularySize));
const batch = batchOf(Array.from({ length: ROWS }, () => ({ tokens: tokens() })));
const tape = new Tape(kernels, 'record');
const optimizer = adafactor({ minDimSizeToFactor: TRAIN_DEFAULTS.minDimSizeToFactor });

function computeGradient(): void {
  gradient.fill(0);
  tape.step(() => {
    tape.backward(decoder.loss(tape, theta, gradient, batch));
  });
}

computeGradient();
const rows: { readonly part: string; readonly timing: Timing }[] = [
  { part: 'gradient', timing: await measure('gradient', computeGradient) },
];
computeGradient();
const update = memory.floats(decoder.size);
const optimizerState = optimizer.init(kernels, decoder.parameters);
const full = await measure('full', () => {
  optimizer.update(update, optimizerState, gradient, theta, 1e-6);
  kernels.add(theta, theta, update);
});
rows.push({ part: 'full fine-tuning: AdaFactor, θ + u', timing: full });
for (const method of THRESHOLD_METHODS) {
  const parameters = decoder.parameters;
  const problem = createProblem({ seed, epsilon: EPSILON, optimizer, parameters, threshold: { method }, kernels });
  const state = createState(problem);
  // The threshold of Algorithm 2 finds its place in the first steps (τ is 1 at the start): not what is measured.
  for (let t = 0; t < 30; t++) step(problem, state, gradient, 1e-3);
  const timing = await measure(method, () => {
    step(problem, state, gradient, 1e-3);
  });
  rows.push({ part: `DST, ${method}: AdaFactor, δ, τ, projection`, timing });
}

if (isJson) {
  const shape = { rows: ROWS, length: LENGTH, parameters: decoder.size, epsilon: EPSILON };
  console.log(JSON.stringify({ bench: 'step', node: process.version, kernels: kernels.name, shape, rows }, null, 2));
} else {
  console.log(`${decoder.size} parameters, ${ROWS} rows of ${LENGTH} tokens, ε = ${EPSILON}, ${kernels.name} kernels`);
  printTable([
    ['part of a step', 'ms', '3rd quartile', 'of the gradient'],
    ...rows.map(({ part, timing }) => [
      part,
      timing.median.toFixed(2),
      timing.thirdQuartile.toFixed(2),
      `${((100 * timing.median) / rows[0].timing.median).toFixed(0)} %`,
    ]),
  ]);
}
