/**
 * What DST adds to a training step (Fig. 5 of the paper): the same step with and without it, for each way to find
 * thresholds, over budgets and silos.
 *
 * Both steps begin with the same gradient. So what is timed is what comes after it, each time after a gradient was
 * computed, with the caches as that leaves them; and a ratio is (gradient + DST) / (gradient + full), round by round.
 *
 * @module
 */
import { Bench, type FnReturnedObject } from 'tinybench';
import { Internal } from '../../src/errors.ts';
import { THRESHOLD_METHODS, type SiloStrategy, type ThresholdMethod } from '../../src/dst/notation.ts';
import { createProblem } from '../../src/dst/problem.ts';
import { createState } from '../../src/dst/state.ts';
import { step } from '../../src/dst/step.ts';
import type { Optimizer } from '../../src/optim/optimizer.ts';
import { adafactor } from '../../src/optim/adafactor.ts';
import { TRAIN_DEFAULTS } from '../../src/train/config.ts';
import type { Contestant } from '../contestant.ts';
import { oneThread } from '../kernelsOf.ts';
import { FULL, GRADIENT, printDst, variantName } from './table.ts';
import type { SubjectResult } from '../result.ts';
import { interleaveAcross, type Placed } from '../rounds.ts';
import type { Setting, Subject } from '../subject.ts';
import { createUpdate, type Trainee } from '../step/trainee.ts';
import { createTrainee } from '../step/yardstick.ts';

const EPSILONS = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1];
const QUICK_EPSILONS = [1e-5, 1e-1];
const STRATEGIES: readonly SiloStrategy[] = ['per-module-and-layer', 'none'];
const LEARNING_RATE = 1e-3;
/** Algorithm 2 finds its thresholds in the first steps, from τ = 1: not what is measured. */
const RAMP_UP = 30;

export const dstOverhead: Subject = { measure, print: printDst };

async function measure({ quick, kernels: name, say }: Setting): Promise<SubjectResult> {
  const kernels = oneThread(name);
  const trainee = createTrainee(kernels);
  const seed = kernels.memory.copyOf(trainee.theta);
  trainee.computeGradient();
  const optimizer = adafactor({ minDimSizeToFactor: TRAIN_DEFAULTS.minDimSizeToFactor });
  const plan = (quick ? QUICK_EPSILONS : EPSILONS).flatMap((epsilon) =>
    STRATEGIES.flatMap((silos) => THRESHOLD_METHODS.map((method) => ({ epsilon, silos, method }))),
  );
  const variants = [
    timed(
      GRADIENT,
      () => undefined,
      () => void trainee.computeGradient(),
    ),
    timed(FULL, () => void trainee.computeGradient(), createFull(trainee)),
    ...plan.map(({ epsilon, silos, method }) => {
      const run = createTuned(trainee, seed, optimizer, epsilon, silos, method);
      return timed(variantName(epsilon, silos, method), () => void trainee.computeGradient(), run);
    }),
  ];
  say(`${variants.length} variants`);
  const effort = { rounds: quick ? 3 : 9, round: { milliseconds: 0, least: quick ? 1 : 5 } };
  const { rows } = await interleaveAcross(variants, effort);
  return { subject: 'dst', rows, absent: [], facts: { parameters: trainee.model.size } };
}

/** A contestant of which only a part is timed. */
function timed(name: string, before: () => void, run: () => void): Placed {
  const contestant: Contestant = {
    peer: 'ours',
    threads: 1,
    async round({ least }) {
      const bench = new Bench({ time: 0, iterations: least, warmup: false, throws: true });
      const sample = (): FnReturnedObject => {
        before();
        const begin = performance.now();
        run();
        return { overriddenDuration: performance.now() - begin };
      };
      bench.add(name, sample, { async: false });
      const [{ result }] = await bench.run();
      if (!('latency' in result)) throw new Internal(`${name}: expected a measurement, got ${result.state}`);
      return result.latency.p50;
    },
  };
  return { about: { case: name }, contestant };
}

/** AdaFactor and θ + u; θ is put aside, so that the gradient stays what it is. */
function createFull(trainee: Trainee): () => void {
  return createUpdate({ ...trainee, theta: trainee.kernels.memory.copyOf(trainee.theta) }, LEARNING_RATE);
}

/** AdaFactor, δ, τ and the projection. */
function createTuned(
  { kernels, model, gradient }: Trainee,
  seed: Float32Array,
  optimizer: Optimizer,
  epsilon: number,
  silos: SiloStrategy,
  method: ThresholdMethod,
): () => void {
  const { parameters } = model;
  const problem = createProblem({
    seed,
    epsilon,
    optimizer,
    parameters,
    silos,
    threshold: { thresholdMethod: method },
    kernels,
  });
  const state = createState(problem);
  if (method === 'iterative') for (let t = 0; t < RAMP_UP; t++) step(problem, state, gradient, LEARNING_RATE);
  return () => step(problem, state, gradient, LEARNING_RATE);
}
