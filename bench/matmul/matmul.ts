/**
 * The matrix product against the peers', against the same in C at 128 bits, and against loops that live in registers
 * alone, whose share says how well the kernel does on this machine, whatever the machine: one of the module ("wasm peak"),
 * and one in C, the ceiling.
 *
 * @module
 */
import type { Kernels, MatmulShape } from '../../src/kernel/kernels.ts';
import { inProcess, type Contestant } from '../contestant.ts';
import { Field } from '../field.ts';
import { kernelsOf, NO_THREADS, oneThread } from '../kernelsOf.ts';
import { printMatmul } from './table.ts';
import { DECODER_SHAPES, SQUARES } from './shapes.ts';
import { NATIVE, nativePeak, nativeProduct } from '../nativePeer.ts';
import { peakOf } from '../peak.ts';
import { JAX, TFJS, TORCH, TORCH_AVX2 } from '../peers.ts';
import { flopsOf, nameOf, type ProductShape } from './products.ts';
import type { Absent, Row, SubjectResult } from '../result.ts';
import { interleave } from '../rounds.ts';
import type { Setting, Subject } from '../subject.ts';
import { fill } from '../step/yardstick.ts';

const QUICK = { rounds: 3, round: { milliseconds: 20, least: 1 } };
const WHOLE = { rounds: 7, round: { milliseconds: 100, least: 3 } };

export const matmul: Subject = { measure, print: printMatmul };

async function measure({ quick, kernels: name, say }: Setting): Promise<SubjectResult> {
  const one = oneThread(name);
  const two = kernelsOf(name, 2);
  const ours = two === undefined ? [one] : [one, two];
  const absent: Absent[] = two === undefined ? [{ peer: 'ours', threads: 2, why: NO_THREADS }] : [];
  const peak = peakOf(one.memory);
  const field = await Field.start([TORCH, TORCH_AVX2, TFJS, JAX], say);
  const machine = await Field.start([NATIVE], say);
  const ceiling = machine.peers.map((native) => nativePeak(native, 'peak128', 'wall'));
  const rows: Row[] = [];
  try {
    const shapes = [...SQUARES, ...DECODER_SHAPES];
    for (const [i, shape] of shapes.entries()) {
      const about = { case: nameOf(shape), flops: flopsOf(shape) };
      say(`${i + 1} of ${shapes.length}: ${about.case}`);
      const peers = await field.prepare(about.case, { do: 'matmul', ...shape });
      const marks = ours.map(({ memory }) => memory.mark());
      const contestants = [
        ...ours.map((kernels, j) => contestantOf(kernels, j + 1, shape)),
        peak,
        ...ceiling,
        ...machine.peers.map((native) => nativeProduct(native, shape, 'wall')),
        ...peers,
      ];
      const measured = await interleave(contestants, quick ? QUICK : WHOLE, about);
      rows.push(...measured.rows);
      absent.push(...measured.absent);
      ours.forEach(({ memory }, j) => memory.release(marks[j]));
    }
  } finally {
    field.stop();
    machine.stop();
  }
  return {
    subject: 'matmul',
    rows,
    absent: [...absent, ...field.absent, ...machine.absent],
    facts: { ...field.facts, ...machine.facts },
  };
}

function contestantOf(kernels: Kernels, threads: number, { m, k, n, kind, count }: ProductShape): Contestant {
  const [a, b] = [count * m * k, count * k * n].map((size) => kernels.memory.copyOf(fill(size)));
  const out = kernels.memory.floats(count * m * n);
  const batches = [{ count, strideOut: m * n, strideA: m * k, strideB: k * n }];
  const shape: MatmulShape = { m, n, k, transposeA: kind === 'TN', transposeB: kind === 'NT', batches };
  return inProcess('ours', threads, () => kernels.matmul(out, a, b, shape));
}
