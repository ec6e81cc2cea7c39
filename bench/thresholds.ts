/**
 * Finding a silo's threshold three ways (Fig. 5 of the paper: sorting is what makes it slow), by the silo's size.
 *
 * `node scripts/run.mjs bench/thresholds.ts [--quick] [--json]`
 *
 * @module
 */
import { bisections } from '../src/dst/iterative.ts';
import { computeQuantile, selectThreshold } from '../src/dst/threshold.ts';
import { createKernels } from '../src/kernel/create.ts';
import { KERNEL_NAMES } from '../src/kernel/kernels.ts';
import { Memory } from '../src/kernel/memory.ts';
import { Random } from '../src/tensor/random.ts';
import { isJson, isQuick, measure, printTable, type Timing } from './measure.ts';

const EPSILON = 0.01;
/** Algorithm 2 as it is by default: c = 2, T = 10. */
const BISECTION = { factor: 2, iterations: 10 };
const SIZES = isQuick ? [4_096, 65_536, 1_048_576] : [1_024, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

interface Row {
  readonly method: string;
  readonly size: number;
  readonly timing: Timing;
}

const rows: Row[] = [];
for (const size of SIZES) {
  const random = new Random(1);
  const values = Float32Array.from({ length: size }, () => Math.abs(random.normal()));
  rows.push({ method: 'sort', size, timing: await measure('sort', () => void computeQuantile(values, EPSILON)) });
  for (const name of KERNEL_NAMES) {
    const kernels = createKernels(name, new Memory());
    const delta = kernels.memory.copyOf(values);
    const keep = Math.round(EPSILON * size);
    const select = await measure('select', () => void selectThreshold(delta, keep, kernels));
    // Where the threshold was a step ago, a little off: what Algorithm 2 starts from in a steady run.
    const previous = 0.9 * computeQuantile(values, EPSILON);
    const iterate = await measure('iterative', () => {
      const search = bisections(delta, EPSILON, previous, BISECTION, kernels);
      while (search.next().done !== true);
    });
    rows.push({ method: `select, ${name}`, size, timing: select });
    rows.push({ method: `iterative, ${name}`, size, timing: iterate });
  }
}

if (isJson) {
  console.log(JSON.stringify({ bench: 'thresholds', node: process.version, epsilon: EPSILON, rows }, null, 2));
} else {
  printTable([
    ['method', '|S|', 'ms', '3rd quartile', 'ns an element'],
    ...rows.map(({ method, size, timing }) => [
      method,
      String(size),
      timing.median.toFixed(3),
      timing.thirdQuartile.toFixed(3),
      ((1e6 * timing.median) / size).toFixed(2),
    ]),
  ]);
}
