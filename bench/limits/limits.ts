/**
 * What the machine itself sets as limits: operations in registers alone, 128 bits wide as WebAssembly has them and 256
 * bits wide as AVX2 has them; what a training step cannot do without; and the passes over memory that a step of DST cannot
 * do without, with ours beside.
 *
 * @module
 */
import type { KernelName } from '../../src/kernel/kernels.ts';
import { Memory } from '../../src/kernel/memory.ts';
import { createDstStep, drawVectors } from './bareVectors.ts';
import { CPU_CLOCK, cpuMilliseconds, onCpu, type Contestant } from '../contestant.ts';
import { Field } from '../field.ts';
import { oneThread } from '../kernelsOf.ts';
import { caseOfStep, PEAKS, printLimits } from './table.ts';
import { caseOfPart, MODELS, type Model } from './leastTable.ts';
import { NATIVE, nativeDescent, nativeExponentials, nativePeak, nativeProduct, nativeStep } from '../nativePeer.ts';
import { peakOf } from '../peak.ts';
import type { Peer } from '../peers.ts';
import { nameOf } from '../matmul/products.ts';
import type { SubjectResult } from '../result.ts';
import { interleave, interleaveAcross, type Effort, type Measured, type Placed } from '../rounds.ts';
import { sumProducts, type StepNeeds } from './stepNeeds.ts';
import type { Setting, Subject } from '../subject.ts';
import { computeT5StepNeeds } from '../step/t5Yardstick.ts';
import { computeStepNeeds, LENGTH, ROWS, YARDSTICK } from '../step/yardstick.ts';

const EPSILON = 0.01;

const NEEDS: Readonly<Record<Model, () => StepNeeds>> = {
  'the decoder': () => computeStepNeeds(YARDSTICK, ROWS, LENGTH),
  'the T5': computeT5StepNeeds,
};

export const limits: Subject = { measure, print: printLimits };

async function measure({ quick, huge, kernels, say }: Setting): Promise<SubjectResult> {
  const rounds = quick ? 5 : 9;
  const sizes = [1e6, 1e7, ...(huge ? [1e8] : [])];
  const field = await Field.start([NATIVE], say);
  try {
    say(PEAKS);
    const registers: Effort = { rounds, round: { milliseconds: quick ? 30 : 100, least: 1 } };
    const peaksOf = (peer: Peer): Contestant[] => [
      nativePeak(peer, 'peak128', 'cpu'),
      nativePeak(peer, 'peak256', 'cpu'),
    ];
    const loops = [peakOf(new Memory(), { now: cpuMilliseconds }), ...field.peers.flatMap(peaksOf)];
    const peaks = await interleave(loops, registers, { case: PEAKS });
    say(`a step of DST on ${sizes.join(', ')} parameters`);
    const memory: Effort = { rounds, round: { milliseconds: quick ? 50 : 200, least: 1 } };
    const steps = await interleaveAcross(
      sizes.flatMap((n) => stepsOf(kernels, field.peers, n)),
      memory,
    );
    say('what a training step cannot do without');
    const parts = await measureParts(field.peers, registers);
    const absent = [...field.absent, ...peaks.absent, ...parts.absent, ...steps.absent];
    return {
      subject: 'limits',
      rows: [...peaks.rows, ...parts.rows, ...steps.rows],
      absent,
      facts: { clock: CPU_CLOCK, ...field.facts },
    };
  } finally {
    field.stop();
  }
}

/** Ours, and the passes in C. */
function stepsOf(kernels: KernelName, peers: readonly Peer[], n: number): Placed[] {
  const own = oneThread(kernels);
  const step = onCpu('ours', createDstStep(own, drawVectors(own, n, false), EPSILON));
  const passes = peers.flatMap((native) => [nativeStep(native, 'step', n), nativeStep(native, 'step_at_once', n)]);
  return [step, ...passes].map((contestant) => {
    return { about: { case: caseOfStep(n), x: n }, contestant };
  });
}

/** The parts of a step in C, of each model: a product that several of them have is measured once. */
async function measureParts(peers: readonly Peer[], effort: Effort): Promise<Measured> {
  const needs = MODELS.map((model) => ({ model, of: NEEDS[model]() }));
  const shapes = new Map(needs.flatMap(({ of }) => of.products.map(({ shape }) => [nameOf(shape), shape])));
  const placed = peers.flatMap((native): Placed[] => [
    ...[...shapes].map(([name, shape]) => ({ about: { case: name }, contestant: nativeProduct(native, shape, 'cpu') })),
    ...needs.flatMap(({ model, of: { exponentials, parameters } }): Placed[] => [
      { about: { case: caseOfPart(model, 'exponentials') }, contestant: nativeExponentials(native, exponentials) },
      {
        about: { case: caseOfPart(model, 'one pass over parameters and gradient') },
        contestant: nativeDescent(native, parameters),
      },
    ]),
  ]);
  const { rows, absent } = await interleaveAcross(placed, effort);
  const products = needs.flatMap(({ model, of }) => sumProducts(model, of, rows) ?? []);
  return { rows: [...products, ...rows.filter((row) => !shapes.has(row.case))], absent };
}
