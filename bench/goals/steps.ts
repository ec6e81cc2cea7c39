/**
 * Goals of the training step, of the decoder and likewise of the T5.
 *
 * @module
 */
import { computeLeast, type Model } from '../limits/leastTable.ts';
import { computeMedian } from '../spread.ts';
import { STEP } from '../step/table.ts';
import { findRow } from '../table.ts';
import { speedupAt, type Figure, type Goal, type Limit, type Results, type Who } from './goal.ts';

/** A model, and the subject that measures its step. */
interface Step {
  readonly subject: string;
  readonly model: Model;
}

const STEPS: readonly Step[] = [
  { subject: 'step', model: 'the decoder' },
  { subject: 't5step', model: 'the T5' },
];

const TORCH: Who = ['torch-avx2'];
const TORCH_TWO: Who = ['torch-avx2', 2];

export const STEP_GOALS: readonly Goal[] = [
  ...STEPS.flatMap((step) => [against(step, 1, TORCH, 0.65), against(step, 2, TORCH, 1.1), againstBest(step, 0.8)]),
  against(STEPS[0], 1, ['jax-js'], 2.4),
  against(STEPS[0], 1, ['tfjs-wasm'], 3.7),
];

function against(step: Step, threads: 1 | 2, peer: Who, asked: number): Goal {
  return {
    claim: `a step of ${step.model} on ${nameOf(threads)} against ${peer[0]} on one thread`,
    is: 'at least',
    asked,
    unit: 'x',
    measure: (results) => figureOf(results, step.subject, threads, peer),
    limit: (results) => computeLimit(results, step, threads, peer),
  };
}

/** Against whichever of its settings is the fastest. */
function againstBest(step: Step, asked: number): Goal {
  const best = (results: Results): Who => {
    const rows = results(step.subject)?.rows ?? [];
    const ms = ([peer, threads]: Who): number =>
      computeMedian(findRow(rows, STEP, peer, threads)?.rounds ?? [Infinity]);
    return ms(TORCH_TWO) < ms(TORCH) ? TORCH_TWO : TORCH;
  };
  return {
    claim: `a step of ${step.model} on two threads against torch-avx2 at its best setting`,
    is: 'at least',
    asked,
    unit: 'x',
    measure: (results) => figureOf(results, step.subject, 2, best(results)),
    limit: (results) => computeLimit(results, step, 2, best(results)),
  };
}

function figureOf(results: Results, subject: string, threads: number, [peer, of = 1]: Who): Figure | undefined {
  const figure = speedupAt(results(subject)?.rows ?? [], STEP, ['ours', threads], [peer, of]);
  return figure === undefined ? undefined : { ...figure, of: `${peer} on ${nameOf(of)}` };
}

/** What a step would reach that does only what none can do without, in C, and on two threads each half of it. */
function computeLimit(results: Results, { subject, model }: Step, threads: number, peer: Who): Limit | undefined {
  const least = computeLeast(results('limits')?.rows ?? [], model);
  const row = findRow(results(subject)?.rows ?? [], STEP, ...peer);
  if (least === undefined || row === undefined) return undefined;
  const value = (threads * computeMedian(row.rounds)) / least.median;
  return { value, by: 'its products and exponentials and one pass over the parameters in C, 128 bits, not fused' };
}

function nameOf(threads: number): string {
  return threads === 1 ? 'one thread' : 'two threads';
}
