/**
 * What starting costs: `dst --version`, the import of the package, the wasm module and helper threads, each beside an
 * empty node process. The built command in dist/ is measured: `npm run build` comes first.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { built } from '../built.ts';
import type { Contestant } from '../contestant.ts';
import type { SubjectResult } from '../result.ts';
import { interleaveAcross } from '../rounds.ts';
import { printStart, START_NAMES, STARTS, type Start } from './table.ts';
import type { Setting, Subject } from '../subject.ts';

const load = (file: string): string => `await import(${JSON.stringify(built(file))})`;
const module = (text: string): readonly string[] => ['--input-type=module', '-e', text];

/** Kernels made and used once, by a module that says how long that took, in ms. */
const firstResult = (options: string): readonly string[] =>
  module(`const { createKernels } = ${load('src/kernel/create.js')};
const begin = performance.now();
const kernels = createKernels('simd'${options}), x = kernels.memory.copyOf([1, 2]);
kernels.add(x, x, x);
console.log(performance.now() - begin);`);

/** How each is called. What is inside a process says itself how long it took. */
const CALLS: Readonly<Record<Start, readonly string[]>> = {
  empty: ['-e', ''],
  version: [built('cli/main.js'), '--version'],
  import: module(load('src/checked.js')),
  wasm: firstResult(''),
  threads: firstResult(', undefined, { threads: 2 }'),
};

export const start: Subject = { measure, print: printStart };

async function measure({ quick, say }: Setting): Promise<SubjectResult> {
  const isBuilt = existsSync(built('cli/main.js'));
  if (!isBuilt) {
    const absent = [{ peer: 'ours', threads: 1, why: 'dist/ is not built: npm run build' }];
    return { subject: 'start', rows: [], absent, facts: {} };
  }
  say(`${START_NAMES.length} processes a round`);
  const placed = START_NAMES.map((name) => ({ about: { case: STARTS[name].title }, contestant: processOf(name) }));
  const effort = { rounds: quick ? 5 : 25, round: { milliseconds: 0, least: 1 } };
  const { rows, absent } = await interleaveAcross(placed, effort);
  return { subject: 'start', rows, absent, facts: {} };
}

function processOf(name: Start): Contestant {
  const { isInside } = STARTS[name];
  return {
    peer: 'ours',
    threads: 1,
    round: () => {
      const begin = performance.now();
      const text = execFileSync(process.execPath, [...CALLS[name]], { encoding: 'utf8' });
      const whole = performance.now() - begin;
      return Promise.resolve(isInside ? Number(text) : whole);
    },
  };
}
