/**
 * The training loop: the one place where model, optimizer and DST meet.
 * Batch → forward and backward → clipping → one step of the learner.
 *
 * @module
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { Tape } from '../autograd/tape.ts';
import { describeElement } from '../dst/parameters.ts';
import { InvalidInput } from '../errors.ts';
import type { Kernels } from '../kernel/kernels.ts';
import type { Profile } from '../kernel/profile.ts';
import { clipByGlobalNorm } from '../optim/clip.ts';
import type { Schedule } from '../optim/schedules.ts';
import { Random } from '../tensor/random.ts';
import type { Learner } from './learner.ts';
import type { MicroBatch } from '../models/textModel.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** A training run, ready to go. */
export interface Loop {
  readonly kernels: Kernels;
  /** The parameters, in the order in which they lie in θ: what an error calls them. */
  readonly parameters: readonly Parameter[];
  readonly learner: Learner;
  readonly schedule: Schedule;
  /** The micro-batches of a step: a pure function of the step, which counts from 1. */
  readonly batches: (step: number) => readonly MicroBatch[];
  readonly clip: number | null;
  readonly dropout: number;
  /** What dropout is drawn from: step by step a stream of its own. */
  readonly randomSeed: number;
  /** Times each step, if it is given; the kernels and the learner are to be wrapped in it too. */
  readonly profile?: Profile | undefined;
}

/** What a step did. */
export interface StepRecord {
  readonly step: number;
  /** The mean loss over the batch's targets, at the parameters before the step. */
  readonly loss: number;
  readonly learningRate: number;
  /** The gradient's norm before the clipping. */
  readonly gradientNorm: number;
  /** Tokens that the model read. */
  readonly tokens: number;
}

/**
 * Runs the steps after `from` up to `to`; `afterStep` sees each. It stops between two steps if `signal` asks for it.
 *
 * @returns the last step that was made.
 * @throws InvalidInput if a gradient or the loss is not finite: it names the parameter and the step, and that
 * step has changed nothing.
 */
export async function runLoop(
  loop: Loop,
  from: number,
  to: number,
  afterStep: (record: StepRecord) => void,
  signal?: AbortSignal,
): Promise<number> {
  const mark = loop.kernels.memory.mark();
  try {
    const gradient = loop.kernels.memory.floats(loop.learner.theta.length);
    const tape = new Tape(loop.kernels, 'record');
    for (let step = from + 1; step <= to; step++) {
      await breathe(); // signals and messages are heard between two steps
      if (signal?.aborted) return step - 1;
      const make = (): StepRecord => makeStep(loop, tape, gradient, step);
      afterStep(loop.profile?.step(make) ?? make());
    }
    return Math.max(from, to);
  } finally {
    loop.kernels.memory.release(mark);
  }
}

function makeStep(loop: Loop, tape: Tape, gradient: Float32Array, step: number): StepRecord {
  const { kernels, learner, schedule } = loop;
  const batches = loop.batches(step);
  const loss = computeGradient(loop, tape, gradient, batches, step);
  learner.restrict(gradient);
  // The float64 sum of squares of float32 numbers is finite if they are: only if it is not is there one to be found.
  const gradientNorm = Math.sqrt(kernels.sumOfSquares(gradient));
  if (!Number.isFinite(gradientNorm) || !Number.isFinite(loss)) throw notFinite(loop, gradient, loss, step);
  if (loop.clip !== null) clipByGlobalNorm(kernels, gradient, loop.clip, gradientNorm);
  const learningRate = schedule(step);
  learner.move(gradient, learningRate); // DST: dstLearner.ts
  const tokens = batches.reduce((sum, batch) => sum + batch.tokens, 0);
  return { step, loss, learningRate, gradientNorm, tokens };
}

/** Fills `gradient` and returns the loss: the mean over the targets of all micro-batches. */
function computeGradient(
  loop: Loop,
  tape: Tape,
  gradient: Float32Array,
  batches: readonly MicroBatch[],
  step: number,
): number {
  loop.kernels.zero(gradient);
  const targets = batches.reduce((sum, batch) => sum + batch.targets, 0);
  const dropout =
    loop.dropout === 0
      ? {}
      : { dropout: { rate: loop.dropout, random: new Random(loop.randomSeed).split(`dropout/${step}`) } };
  let total = 0;
  for (const batch of batches) {
    total += tape.step(() => {
      const loss = batch.loss(tape, loop.learner.theta, gradient, { factor: 1 / targets, ...dropout });
      tape.backward(loss);
      return loss.data[0];
    });
  }
  return total;
}

function notFinite(loop: Loop, gradient: Float32Array, loss: number, step: number): InvalidInput {
  const index = loop.kernels.firstNotFinite(gradient);
  const [what, got] =
    index < 0 ? ['loss', loss] : [`gradient ${describeElement(loop.parameters, index)}`, gradient[index]];
  return new InvalidInput(
    `${what} at step ${step}: expected a finite number, got ${got}; a smaller learning rate may help`,
  );
}
