/**
 * The matrix product in GFLOP/s, beside a loop that lives in registers alone ("peak"): its share says how well the
 * kernel does on this machine, whatever the machine.
 *
 * `node scripts/run.mjs bench/matmul.ts [--quick] [--json] [--scalar]`
 *
 * @module
 */
import { Bench } from 'tinybench';
import { createKernels } from '../src/kernel/create.ts';
import type { MatmulShape } from '../src/kernel/kernels.ts';
import { Memory } from '../src/kernel/memory.ts';
import { loadModule } from '../src/kernel/simd/module.ts';

interface Row {
  readonly name: string;
  readonly gflops: { readonly low: number; readonly median: number; readonly high: number };
  readonly microseconds: number;
}

const quick = process.argv.includes('--quick');
const kernels = createKernels(process.argv.includes('--scalar') ? 'scalar' : 'simd', new Memory());
const { wasm } = loadModule(kernels.memory);

/** `rows x k x columns`, then NN, NT (B stored transposed) or TN (A stored transposed), then how many at once. */
const SHAPES: readonly (readonly [m: number, k: number, n: number, kind: 'NN' | 'NT' | 'TN', count?: number])[] = [
  [64, 64, 64, 'NN'],
  [128, 128, 128, 'NN'],
  [256, 256, 256, 'NN'],
  [512, 512, 512, 'NN'],
  [1024, 1024, 1024, 'NN'],
  // The decoder: 16 rows of 64 tokens, model 128, feed-forward 384 to 512, vocabulary 2,000; 4 heads of 32.
  [1024, 128, 128, 'NN'],
  [1024, 128, 512, 'NN'],
  [1024, 512, 128, 'NN'],
  [1024, 128, 2000, 'NN'],
  [1024, 128, 2000, 'NT'],
  [1024, 512, 128, 'NT'],
  [1024, 128, 512, 'NT'],
  [128, 1024, 128, 'TN'],
  [128, 1024, 512, 'TN'],
  [512, 1024, 128, 'TN'],
  [2000, 1024, 128, 'TN'],
  [64, 32, 64, 'NT', 64],
  [64, 64, 32, 'NN', 64],
  [64, 64, 32, 'TN', 64],
  // Decoding: one token of 1, 8 and 32 rows.
  [1, 128, 512, 'NN'],
  [8, 128, 512, 'NN'],
  [32, 128, 512, 'NN'],
  [1, 128, 2000, 'NT'],
  [32, 128, 2000, 'NT'],
];

/** Values in [−½, ½), the same in every run. */
function fill(length: number): Float32Array {
  let state = 1;
  return new Float32Array(length).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  });
}

async function measure(name: string, operations: number, run: () => void): Promise<Row> {
  // Small products many times in a sample, so that the clock's grain and tinybench's own calls do not count.
  const repeat = Math.max(1, Math.ceil(2e6 / operations));
  const bench = new Bench({ time: quick ? 60 : 400, warmupTime: quick ? 30 : 100, throws: true });
  bench.add(name, () => {
    for (let i = 0; i < repeat; i++) run();
  });
  const [task] = await bench.run();
  const result = task.result;
  if (!('latency' in result)) throw new Error(`${name}: expected a measurement, got ${result.state}`);
  // tinybench gives milliseconds.
  const rate = (latency: number): number => (operations * repeat) / latency / 1e6;
  const { p50, p75, min } = result.latency;
  return {
    name,
    gflops: { low: rate(p75), median: rate(p50), high: rate(min) },
    microseconds: (1000 * p50) / repeat,
  };
}

const rows: Row[] = [];
const ITERATIONS = 100_000;
rows.push(await measure('peak (registers alone)', 96 * ITERATIONS, () => wasm.peak(ITERATIONS, -1, 0.1)));
for (const [m, k, n, kind, count = 1] of SHAPES) {
  const mark = kernels.memory.mark();
  const [a, b] = [fill(count * m * k), fill(count * k * n)].map((values) => kernels.memory.copyOf(values));
  const out = kernels.memory.floats(count * m * n);
  const batches = [{ count, strideOut: m * n, strideA: m * k, strideB: k * n }];
  const shape: MatmulShape = { m, n, k, transposeA: kind === 'TN', transposeB: kind === 'NT', batches };
  const name = `${count > 1 ? `${count} x ` : ''}${m} x ${k} x ${n} ${kind}`;
  rows.push(await measure(name, 2 * m * n * k * count, () => kernels.matmul(out, a, b, shape)));
  kernels.memory.release(mark);
}

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ bench: 'matmul', kernels: kernels.name, node: process.version, rows }, null, 2));
} else {
  const peak = rows[0].gflops.median;
  console.log(`${''.padEnd(26)}GFLOP/s: median (3rd quartile of the time … best)   of peak   µs`);
  for (const { name, gflops, microseconds } of rows) {
    const spread = `(${gflops.low.toFixed(1)} … ${gflops.high.toFixed(1)})`.padEnd(18);
    const share = `${Math.round((100 * gflops.median) / peak)} %`.padStart(6);
    console.log(
      `${name.padEnd(26)}${gflops.median.toFixed(1).padStart(6)} ${spread}${share}  ${microseconds.toFixed(1)}`,
    );
  }
}
