/**
 * One training step, forward, backward and optimizer: ours against the same decoder with the same weights on the same
 * batch in every peer. A peer whose loss differs is not measured.
 *
 * The optimizers differ: AdaFactor here, which is the project's; Adam there, which is theirs.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adafactor } from '../src/optim/adafactor.ts';
import { TRAIN_DEFAULTS } from '../src/train/config.ts';
import { inProcess, type Contestant } from './contestant.ts';
import { Field } from './field.ts';
import { close, kernelsOf, NO_THREADS } from './kernelsOf.ts';
import { JAX, TFJS, TORCH, TORCH_AVX2, TORCH_AVX2_TWO, TORCH_TWO, type Answer } from './peers.ts';
import type { Absent, Row, SubjectResult } from './result.ts';
import { interleave, type About, type Effort } from './rounds.ts';
import { PARTS, printStep, STEP, stepToJson } from './stepTable.ts';
import type { Setting, Subject } from './subject.ts';
import { computeStepFlops, createTrainee, LENGTH, ROWS, writeModel, YARDSTICK, type Trainee } from './yardstick.ts';

const QUICK: Effort = { rounds: 3, round: { milliseconds: 300, least: 1 } };
const WHOLE: Effort = { rounds: 9, round: { milliseconds: 2000, least: 3 } };
/** Small: the loss hardly moves, however long one measures. */
const LEARNING_RATE = 1e-5;
/** Of the loss. Float32 sums of 2,000 terms in any order differ by less. */
const LOSS_TOLERANCE = 1e-4;

export const trainingStep: Subject = { measure, print: printStep, toJson: stepToJson };

async function measure({ quick, kernels: name, say }: Setting): Promise<SubjectResult> {
  const trainees = [1, 2].flatMap((threads) => {
    const kernels = kernelsOf(name, threads);
    return kernels === undefined ? [] : [{ threads, trainee: createTrainee(kernels) }];
  });
  const [{ trainee: ours }] = trainees;
  const absent: Absent[] = trainees.length === 1 ? [{ peer: 'ours', threads: 2, why: NO_THREADS }] : [];
  const loss = ours.computeGradient();
  const flops = computeStepFlops(YARDSTICK, ROWS, LENGTH);
  const effort = quick ? QUICK : WHOLE;
  const folder = mkdtempSync(join(tmpdir(), 'dst-bench-'));
  const field = await Field.start([TORCH, TORCH_TWO, TORCH_AVX2, TORCH_AVX2_TWO, TFJS, JAX], say);
  const rows: Row[] = [];
  const run = async (contestants: readonly Contestant[], about: About): Promise<void> => {
    const measured = await interleave(contestants, effort, about);
    rows.push(...measured.rows);
    absent.push(...measured.absent);
  };
  try {
    const file = join(folder, 'model.safetensors');
    writeModel(file, ours);
    say('the peers compile and warm up');
    const peers = await field.prepare(STEP, { do: 'step', file }, (answer) => complainOfLoss(answer, loss));
    const steps = trainees.map(({ threads, trainee }) => inProcess('ours', threads, createStep(trainee)));
    say(`${effort.rounds} rounds of ${steps.length + peers.length} contestants`);
    await run([...steps, ...peers], { case: STEP, flops });
    say('ours by parts');
    for (const { threads, trainee } of trainees) {
      await run([inProcess('ours', threads, () => void trainee.computeGradient())], { case: PARTS.gradient });
      await run([inProcess('ours', threads, createUpdate(trainee))], { case: PARTS.update });
    }
  } finally {
    field.stop();
    rmSync(folder, { recursive: true });
    for (const { trainee } of trainees) close(trainee.kernels);
  }
  const facts = { parameters: ours.decoder.size, rows: ROWS, length: LENGTH, loss, ...field.facts };
  return { subject: 'step', rows, absent: [...absent, ...field.absent], facts };
}

function complainOfLoss({ loss }: Answer, expected: number): string | undefined {
  const isSame = typeof loss === 'number' && Math.abs(loss - expected) <= LOSS_TOLERANCE * expected;
  return isSame ? undefined : `expected the loss ${expected} of the same weights, got ${JSON.stringify(loss)}`;
}

function createStep(trainee: Trainee): () => void {
  const update = createUpdate(trainee);
  return () => {
    trainee.computeGradient();
    update();
  };
}

/** Full fine-tuning: AdaFactor, θ + u. */
function createUpdate({ kernels, decoder, theta, gradient }: Trainee): () => void {
  const optimizer = adafactor({ minDimSizeToFactor: TRAIN_DEFAULTS.minDimSizeToFactor });
  const state = optimizer.init(kernels, decoder.parameters);
  const update = kernels.memory.floats(decoder.size);
  return () => {
    optimizer.update(update, state, gradient, theta, LEARNING_RATE);
    kernels.add(theta, theta, update);
  };
}
