/**
 * Two threads against one: the matrix product at the decoder's shapes and a loop over elements, first as the machine is,
 * then while a process of this program's own keeps one core busy. And what handing over a job costs.
 *
 * A round is the whole time of its calls, waits included: their median would leave out what a helper that has lost its
 * processor costs.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kernels } from '../../src/kernel/kernels.ts';
import { Memory } from '../../src/kernel/memory.ts';
import { createSimdKernels } from '../../src/kernel/simd.ts';
import { closeThreads } from '../../src/kernel/threads/workerPool.ts';
import { grantedThreads } from '../../src/kernel/threads/granted.ts';
import type { Contestant } from '../contestant.ts';
import { NO_THREADS } from '../kernelsOf.ts';
import { DECODER_SHAPES, SQUARES } from '../matmul/shapes.ts';
import { nameOf, type ProductShape } from '../matmul/products.ts';
import type { Row, SubjectResult } from '../result.ts';
import { interleave, type Effort } from '../rounds.ts';
import type { Setting, Subject } from '../subject.ts';
import { HANDING_OVER, printThreads, underLoad } from './table.ts';
import { ROWS, LENGTH, YARDSTICK } from '../step/yardstick.ts';

/** Milliseconds of a round: many time slices of the system's scheduler. */
const WINDOW = { quick: 30, whole: 100 };
const ROUNDS = { quick: 5, whole: 21 };

export const threads: Subject = { measure, print: printThreads };

async function measure({ quick, kernels: name, say }: Setting): Promise<SubjectResult> {
  const facts = { granted: grantedThreads() };
  if (name === 'scalar') {
    return { subject: 'threads', rows: [], absent: [{ peer: 'ours', threads: 2, why: NO_THREADS }], facts };
  }
  const size = quick ? 'quick' : 'whole';
  const effort: Effort = { rounds: ROUNDS[size], round: { milliseconds: WINDOW[size], least: 1 } };
  const memory = new Memory();
  // A loop over 64 elements is not worth splitting: these kernels split it all the same, in four chunks.
  const [one, two, eager] = [createSimdKernels(memory), createSimdKernels(memory, 2), createSimdKernels(memory, 2, 0)];
  const rows: Row[] = [];
  const compare = async (about: string, run: (kernels: Kernels) => void, split: Kernels = two): Promise<void> => {
    const contestants = [one, split].map((kernels) => wholeRound(kernels.threads, () => run(kernels)));
    rows.push(...(await interleave(contestants, effort, { case: about })).rows);
  };
  const works = createWorks(memory);
  const compareAll = async (caseOf: (work: string) => string): Promise<void> => {
    for (const work of works) await compare(caseOf(work.name), work.run);
  };
  await sleep(100); // the helper starts
  say('handing over a job');
  const x = memory.floats(64).fill(1);
  await compare(HANDING_OVER, (kernels) => kernels.add(x, x, x), eager);
  say(`${works.length} works as the machine is`);
  await compareAll((work) => work);
  say('and with one core taken');
  await withOneCoreTaken(() => compareAll(underLoad));
  await closeThreads(memory);
  return { subject: 'threads', rows, absent: [], facts };
}

interface Work {
  readonly name: string;
  readonly run: (kernels: Kernels) => void;
}

/** The decoder's products, a small one, and the gate between two of them. */
function createWorks(memory: Memory): readonly Work[] {
  const floats = (size: number): Float32Array => memory.floats(size).fill(0.5);
  const productOf = (shape: ProductShape): Work => {
    const { m, k, n, kind, count } = shape;
    const [a, b, out] = [m * k, k * n, m * n].map((size) => floats(count * size));
    const batches = [{ count, strideOut: m * n, strideA: m * k, strideB: k * n }];
    const call = { m, n, k, transposeA: kind === 'TN', transposeB: kind === 'NT', batches };
    return { name: nameOf(shape), run: (kernels) => kernels.matmul(out, a, b, call) };
  };
  const elements = ROWS * LENGTH * YARDSTICK.feedForwardSize;
  const [gate, up, out] = [0, 1, 2].map(() => floats(elements));
  const gated: Work = { name: `gated GELU of ${elements}`, run: (kernels) => kernels.gated(out, gate, up, 'gelu') };
  return [...DECODER_SHAPES.map(productOf), productOf(SQUARES[0]), gated];
}

/** Milliseconds of a call: all of a round's time over the calls in it. */
function wholeRound(count: number, run: () => void): Contestant {
  return {
    peer: 'ours',
    threads: count,
    round: ({ milliseconds }) => {
      const begin = performance.now();
      let calls = 0;
      do {
        run();
        calls += 1;
      } while (performance.now() - begin < milliseconds);
      return Promise.resolve((performance.now() - begin) / calls);
    },
  };
}

/** A process that counts, for ten minutes at most. */
const BURNER = 'const end = Date.now() + 600_000; while (Date.now() < end);';

async function withOneCoreTaken(body: () => Promise<void>): Promise<void> {
  const burner = spawn(process.execPath, ['-e', BURNER], { stdio: 'ignore' });
  try {
    await sleep(300);
    await body();
  } finally {
    burner.kill('SIGKILL');
  }
}
