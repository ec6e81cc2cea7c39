/**
 * What starting costs: `dst --version`, the import of the package, the wasm module and helper threads, each beside an
 * empty node process, rounds interleaved. The built command in dist/ is measured: `npm run build` comes first.
 *
 * `node scripts/run.mjs bench/start.ts [--quick] [--json]`
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isJson, isQuick, printTable } from './flags.ts';

const ROUNDS = isQuick ? 5 : 25;
const dist = (file: string): string => fileURLToPath(new URL(`../dist/${file}`, import.meta.url));
if (!existsSync(dist('cli/main.js'))) throw new Error('dist/: expected the built command, got nothing; npm run build');

const load = (file: string): string => `await import(${JSON.stringify(dist(file))})`;
/** A module that says how long it took to be ready, in ms. */
const timed = (before: string, work: string): string =>
  `${before}; const t = performance.now(); ${work}; console.log(performance.now() - t)`;
const create = load('src/kernel/create.js');
const kernels = (more: string): string =>
  `const kernels = createKernels('simd'${more}); const x = kernels.memory.copyOf([1, 2]); kernels.add(x, x, x)`;

const PROCESSES = [
  { name: 'empty node process', argv: ['-e', ''] },
  { name: 'dst --version', argv: [dist('cli/main.js'), '--version'] },
  { name: 'import of the package', argv: ['--input-type=module', '-e', load('src/index.js')] },
] as const;
/** Measured inside the process: what the process itself costs is in the rows above. */
const INSIDE = [
  { name: 'wasm module to its first result', script: timed(`const { createKernels } = ${create}`, kernels('')) },
  {
    name: '… with a second thread asked for',
    script: timed(`const { createKernels } = ${create}`, kernels(`, undefined, { threads: 2 }`)),
  },
] as const;

function run(argv: readonly string[]): { readonly milliseconds: number; readonly text: string } {
  const began = performance.now();
  const text = execFileSync(process.execPath, [...argv], { encoding: 'utf8' });
  return { milliseconds: performance.now() - began, text };
}

const times = new Map<string, number[]>([...PROCESSES, ...INSIDE].map(({ name }) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const { name, argv } of PROCESSES) times.get(name)?.push(run(argv).milliseconds);
  for (const { name, script } of INSIDE) times.get(name)?.push(Number(run(['--input-type=module', '-e', script]).text));
}
const rows = [...times].map(([name, all]) => {
  const sorted = all.sort((a, b) => a - b);
  return { name, least: sorted[0], median: sorted[Math.floor(sorted.length / 2)], high: sorted[sorted.length - 1] };
});
const [empty] = rows;

if (isJson) {
  console.log(JSON.stringify({ bench: 'start', node: process.version, rounds: ROUNDS, rows }, null, 2));
} else {
  printTable([
    ['', 'ms: least', 'median', 'most', 'of an empty process', 'beyond it, ms'],
    ...rows.map(({ name, least, median, high }, i) => [
      name,
      least.toFixed(1),
      median.toFixed(1),
      high.toFixed(1),
      (least / empty.least).toFixed(2),
      i < PROCESSES.length ? (least - empty.least).toFixed(1) : '',
    ]),
  ]);
}
