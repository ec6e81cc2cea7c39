/**
 * One training step, forward, backward and optimizer: ours against the same model with the same weights on the same batch
 * in every peer. A peer whose loss differs is not measured.
 *
 * The optimizers differ: AdaFactor here, which is the project's; Adam there, which is theirs.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kernels } from '../../src/kernel/kernels.ts';
import { Profile, PROFILE_GROUPS, type ProfileGroup } from '../../src/kernel/profile.ts';
import { inProcess } from '../contestant.ts';
import { Field } from '../field.ts';
import { kernelsOf, NO_THREADS } from '../kernelsOf.ts';
import type { Answer, PeerDefinition } from '../peers.ts';
import type { Absent, Row, SubjectResult } from '../result.ts';
import { interleave, type Effort } from '../rounds.ts';
import { STEP } from './table.ts';
import type { Setting } from '../subject.ts';
import { createUpdate, writeModel, type Trainee } from './trainee.ts';

const QUICK: Effort = { rounds: 3, round: { milliseconds: 300, least: 1 } };
const WHOLE: Effort = { rounds: 9, round: { milliseconds: 2000, least: 3 } };
/** Small: the loss hardly moves, however long one measures. */
const LEARNING_RATE = 1e-5;
/** Of the loss. Float32 sums of 2,000 terms in any order differ by less. */
const LOSS_TOLERANCE = 1e-4;

/** A model whose step is measured. */
export interface StepSubject {
  /** The subject's name, and what peers are asked to do. */
  readonly subject: string;
  readonly createTrainee: (kernels: Kernels) => Trainee;
  readonly peers: readonly PeerDefinition[];
  /** Operations of a step's matrix products. */
  readonly flops: number;
  /** What a reader needs to know of the batch. */
  readonly facts: Readonly<Record<string, number>>;
}

export async function measureStep(setting: Setting, asked: StepSubject): Promise<SubjectResult> {
  const { quick, kernels: name, say } = setting;
  const backends = [1, 2].flatMap((threads) => kernelsOf(name, threads) ?? []);
  const absent: Absent[] = backends.length === 1 ? [{ peer: 'ours', threads: 2, why: NO_THREADS }] : [];
  const trainees = backends.map((kernels) => asked.createTrainee(kernels));
  const loss = trainees[0].computeGradient();
  const effort = quick ? QUICK : WHOLE;
  const folder = mkdtempSync(join(tmpdir(), 'dst-bench-'));
  const field = await Field.start(asked.peers, say);
  try {
    const file = join(folder, 'model.safetensors');
    writeModel(file, trainees[0]);
    say('the peers compile and warm up');
    const request = { do: asked.subject, file };
    const peers = await field.prepare(STEP, request, (answer) => complainOfLoss(answer, loss));
    const steps = trainees.map((trainee) => inProcess('ours', trainee.kernels.threads, createStep(trainee)));
    say(`${effort.rounds} rounds of ${steps.length + peers.length} contestants`);
    const measured = await interleave([...steps, ...peers], effort, { case: STEP, flops: asked.flops });
    say('where our time goes');
    const rows = [...measured.rows, ...backends.flatMap((kernels) => profileStep(kernels, asked, effort.rounds))];
    const facts = { parameters: trainees[0].model.size, ...asked.facts, flops: asked.flops, loss, ...field.facts };
    return { subject: asked.subject, rows, absent: [...absent, ...measured.absent, ...field.absent], facts };
  } finally {
    field.stop();
    rmSync(folder, { recursive: true });
  }
}

function complainOfLoss({ loss }: Answer, expected: number): string | undefined {
  const isSame = typeof loss === 'number' && Math.abs(loss - expected) <= LOSS_TOLERANCE * expected;
  return isSame ? undefined : `expected the loss ${expected} of the same weights, got ${JSON.stringify(loss)}`;
}

function createStep(trainee: Trainee): () => void {
  const update = createUpdate(trainee, LEARNING_RATE);
  return () => {
    trainee.computeGradient();
    update();
  };
}

/** Milliseconds of each group of kernels, one step a round, as `dst train --profile` has them. */
function profileStep(kernels: Kernels, { createTrainee }: StepSubject, count: number): readonly Row[] {
  const profile = new Profile();
  const trainee = createTrainee(profile.kernels(kernels));
  const update = createUpdate(trainee, LEARNING_RATE);
  const step = (): void => {
    trainee.computeGradient();
    profile.within('optimizer', update);
  };
  step(); // warms up: outside of a profile's step nothing is charged
  const charged = (): number[] => {
    const { steps, rows } = profile.table();
    return rows.map(({ milliseconds }) => milliseconds * steps);
  };
  const rounds = Array.from({ length: count }, () => {
    const before = charged();
    profile.step(step);
    return charged().map((ms, i) => ms - before[i]);
  });
  const rowOf = (group: ProfileGroup, i: number): Row => {
    return { case: group, peer: 'ours', threads: kernels.threads, rounds: rounds.map((round) => round[i]) };
  };
  return PROFILE_GROUPS.map(rowOf).filter((row) => row.rounds.some((ms) => ms > 0));
}
