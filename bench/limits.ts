/**
 * What the machine itself sets as limits: operations in registers alone, 128 bits wide as WebAssembly has them and 256
 * bits wide as AVX2 has them, and the passes over memory that a step of DST cannot do without. Ours stands beside.
 *
 * @module
 */
import type { KernelName } from '../src/kernel/kernels.ts';
import { Memory } from '../src/kernel/memory.ts';
import { createDstStep, drawVectors } from './bareVectors.ts';
import { CPU_CLOCK, cpuMilliseconds, onCpu, type Contestant } from './contestant.ts';
import { Field } from './field.ts';
import { oneThread } from './kernelsOf.ts';
import { caseOfStep, PEAKS, printLimits } from './limitsTable.ts';
import { NATIVE, nativePeak, nativeStep } from './nativePeer.ts';
import { peakOf } from './peak.ts';
import type { Peer } from './peers.ts';
import type { SubjectResult } from './result.ts';
import { interleave, interleaveAcross, type Effort, type Placed } from './rounds.ts';
import type { Setting, Subject } from './subject.ts';

const EPSILON = 0.01;

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
    const absent = [...field.absent, ...peaks.absent, ...steps.absent];
    return {
      subject: 'limits',
      rows: [...peaks.rows, ...steps.rows],
      absent,
      facts: { clock: CPU_CLOCK, ...field.facts },
    };
  } finally {
    field.stop();
  }
}

/** Ours, and the three passes in C. */
function stepsOf(kernels: KernelName, peers: readonly Peer[], n: number): Placed[] {
  const own = oneThread(kernels);
  const step = onCpu('ours', createDstStep(own, drawVectors(own, n, false), EPSILON));
  return [step, ...peers.map((native) => nativeStep(native, n))].map((contestant) => {
    return { about: { case: caseOfStep(n), x: n }, contestant };
  });
}
