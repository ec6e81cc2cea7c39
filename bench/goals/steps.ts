/**
 * Goals of the training step, of the decoder and likewise of the T5.
 *
 * @module
 */
import { PEAKS } from '../limitsTable.ts';
import { CEILING } from '../peakNames.ts';
import { computeMedian, computeRate } from '../spread.ts';
import { STEP } from '../stepTable.ts';
import { findRow } from '../table.ts';
import { speedupAt, type Figure, type Goal, type Limit, type Results, type Who } from './goal.ts';

const MODELS = [
  { subject: 'step', model: 'the decoder' },
  { subject: 't5step', model: 'the T5' },
] as const;
type Model = (typeof MODELS)[number];

const TORCH: Who = ['torch-avx2'];
const TORCH_TWO: Who = ['torch-avx2', 2];

export const STEP_GOALS: readonly Goal[] = [
  ...MODELS.flatMap((model) => [
    against(model, 1, TORCH, 0.65),
    against(model, 2, TORCH, 1.1),
    againstBest(model, 0.8),
  ]),
  against(MODELS[0], 1, ['jax-js'], 2.4),
  against(MODELS[0], 1, ['tfjs-wasm'], 3.7),
];

function against({ subject, model }: Model, threads: 1 | 2, peer: Who, asked: number): Goal {
  return {
    claim: `a step of ${model} on ${nameOf(threads)} against ${peer[0]} on one thread`,
    is: 'at least',
    asked,
    unit: 'x',
    measure: (results) => figureOf(results, subject, threads, peer),
    limit: (results) => computeLimit(results, subject, threads, peer),
  };
}

/** Against whichever of its settings is the fastest. */
function againstBest({ subject, model }: Model, asked: number): Goal {
  const best = (results: Results): Who => {
    const rows = results(subject)?.rows ?? [];
    const ms = ([peer, threads]: Who): number =>
      computeMedian(findRow(rows, STEP, peer, threads)?.rounds ?? [Infinity]);
    return ms(TORCH_TWO) < ms(TORCH) ? TORCH_TWO : TORCH;
  };
  return {
    claim: `a step of ${model} on two threads against torch-avx2 at its best setting`,
    is: 'at least',
    asked,
    unit: 'x',
    measure: (results) => figureOf(results, subject, 2, best(results)),
    limit: (results) => computeLimit(results, subject, 2, best(results)),
  };
}

function figureOf(results: Results, subject: string, threads: number, [peer, of = 1]: Who): Figure | undefined {
  const figure = speedupAt(results(subject)?.rows ?? [], STEP, ['ours', threads], [peer, of]);
  return figure === undefined ? undefined : { ...figure, of: `${peer} on ${nameOf(of)}` };
}

/** What a step would reach that consists of its matrix products alone, at the rate of 128 bits in registers. */
function computeLimit(results: Results, subject: string, threads: number, peer: Who): Limit | undefined {
  const peak = findRow(results('limits')?.rows ?? [], PEAKS, CEILING);
  const row = findRow(results(subject)?.rows ?? [], STEP, ...peer);
  if (peak === undefined || row?.flops === undefined) return undefined;
  const value = (threads * computeRate(peak).median) / computeRate(row).median;
  return { value, by: 'its products alone, in operations of 128 bits that are not fused' };
}

function nameOf(threads: number): string {
  return threads === 1 ? 'one thread' : 'two threads';
}
