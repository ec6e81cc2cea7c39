/**
 * Two threads against one: the matrix product at the decoder's shapes and a loop over elements, first as the machine is,
 * then while a process of this program's own keeps one core busy. And what handing over a job costs.
 *
 * Rounds are interleaved; `best` compares the fastest round of each (what the machine can do when nothing else wants its
 * cores), `overall` the time of all rounds of each, with what was lost in waiting; the quartiles are those of the ratio
 * round by round.
 *
 * `node scripts/run.mjs bench/threads.ts [--quick] [--json]`
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kernels } from '../src/kernel/kernels.ts';
import { Memory } from '../src/kernel/memory.ts';
import { createSimdKernels } from '../src/kernel/simd.ts';
import { grantedThreads } from '../src/kernel/threads/granted.ts';
import { isJson, isQuick, printTable } from './flags.ts';

const ROUNDS = isQuick ? 7 : 21;
/** Milliseconds of one thread in a round: many time slices of the system's scheduler. */
const WINDOW = isQuick ? 30 : 100;

const memory = new Memory();
const one = createSimdKernels(memory, 1);
const two = createSimdKernels(memory, 2);

interface Work {
  readonly name: string;
  readonly run: (kernels: Kernels) => void;
}

/** The decoder of the issue: 16 rows of 64 tokens, model 128, inside 512, vocabulary 2,000, 4 heads of 32. */
const SHAPES: readonly (readonly [m: number, k: number, n: number, kind: 'NN' | 'NT' | 'TN', count?: number])[] = [
  [1024, 128, 128, 'NT'],
  [1024, 128, 512, 'NT'],
  [1024, 512, 128, 'NT'],
  [1024, 128, 2000, 'NT'],
  [1024, 128, 512, 'NN'],
  [1024, 512, 128, 'NN'],
  [1024, 2000, 128, 'NN'],
  [128, 1024, 128, 'TN'],
  [512, 1024, 128, 'TN'],
  [128, 1024, 512, 'TN'],
  [2000, 1024, 128, 'TN'],
  [64, 32, 64, 'NT', 64],
  [64, 64, 32, 'NN', 64],
  [64, 64, 64, 'NN'],
];

const works: readonly Work[] = [
  ...SHAPES.map(([m, k, n, kind, count = 1]): Work => {
    const [a, b, out] = [m * k, k * n, m * n].map((size) => memory.floats(count * size).fill(0.5));
    const batches = [{ count, strideOut: m * n, strideA: m * k, strideB: k * n }];
    const shape = { m, n, k, transposeA: kind === 'TN', transposeB: kind === 'NT', batches };
    const name = `${count > 1 ? `${count} x ` : ''}${m} x ${k} x ${n} ${kind}`;
    return { name, run: (kernels) => kernels.matmul(out, a, b, shape) };
  }),
  ...[1024 * 512].map((n): Work => {
    const [gate, up, out] = [n, n, n].map((size) => memory.floats(size).fill(0.5));
    return { name: `gated GELU of ${n}`, run: (kernels) => kernels.gated(out, gate, up, 'gelu') };
  }),
];

function time(run: () => void, repeat: number): number {
  const began = performance.now();
  for (let i = 0; i < repeat; i++) run();
  return (performance.now() - began) / repeat;
}

interface Ratio {
  readonly name: string;
  readonly milliseconds: readonly [one: number, two: number];
  readonly best: number;
  readonly overall: number;
  readonly low: number;
  readonly high: number;
}

function compare({ name, run }: Work): Ratio {
  for (const kernels of [one, two]) time(() => run(kernels), 3);
  const repeat = Math.max(1, Math.round(WINDOW / time(() => run(one), 3)));
  const rounds = Array.from({ length: ROUNDS }, () => {
    return [time(() => run(one), repeat), time(() => run(two), repeat)] as const;
  });
  const ratios = rounds.map(([a, b]) => a / b).sort((x, y) => x - y);
  const [a, b] = [Math.min(...rounds.map(([x]) => x)), Math.min(...rounds.map(([, x]) => x))];
  const sum = (which: 0 | 1): number => rounds.reduce((total, round) => total + round[which], 0);
  const at = (share: number): number => ratios[Math.round(share * (ratios.length - 1))];
  return { name, milliseconds: [a, b], best: a / b, overall: sum(0) / sum(1), low: at(0.25), high: at(0.75) };
}

/** Microseconds that a job costs beyond its work: a loop over 64 elements in four chunks against the plain loop. */
function measureHandingOver(): number {
  const split = createSimdKernels(memory, 2, 0);
  const x = memory.floats(64).fill(1);
  const best = (kernels: Kernels): number =>
    Math.min(...Array.from({ length: 200 }, () => time(() => kernels.add(x, x, x), 1000)));
  return 1000 * (best(split) - best(one));
}

/** A process that counts, for two minutes at most. */
const BURNER = 'const end = Date.now() + 120_000; while (Date.now() < end);';

async function underLoad<T>(body: () => T): Promise<T> {
  const burner = spawn(process.execPath, ['-e', BURNER], { stdio: 'ignore' });
  try {
    await sleep(300);
    return body();
  } finally {
    burner.kill('SIGKILL');
  }
}

await sleep(100); // the helper starts
const handingOver = measureHandingOver();
const quiet = works.map(compare);
const loaded = await underLoad(() => works.map(compare));

if (isJson) {
  const rows = { quiet, loaded };
  console.log(
    JSON.stringify({ bench: 'threads', node: process.version, granted: grantedThreads(), handingOver, rows }, null, 2),
  );
} else {
  console.log(`${grantedThreads()} threads granted; a job costs ${handingOver.toFixed(2)} µs beyond its work`);
  for (const [title, rows] of [
    ['two threads against one', quiet],
    ['the same with one core taken by another process', loaded],
  ] as const) {
    console.log(`\n${title}`);
    printTable([
      ['', 'ms, one', 'ms, two', 'best', 'overall', 'quartiles'],
      ...rows.map(({ name, milliseconds: [a, b], best, overall, low, high }) => [
        name,
        a.toFixed(3),
        b.toFixed(3),
        best.toFixed(2),
        overall.toFixed(2),
        `${low.toFixed(2)} … ${high.toFixed(2)}`,
      ]),
    ]);
  }
}
