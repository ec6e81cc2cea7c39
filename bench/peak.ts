/**
 * The loop of the module that lives in registers alone (wasm-simd/assembly/peak.ts), as a contestant.
 *
 * @module
 */
import type { Memory } from '../src/kernel/memory.ts';
import { loadModule } from '../src/kernel/simd/module.ts';
import { inProcess, type Contestant, type InProcessOptions } from './contestant.ts';
import { WASM_PEAK } from './peakNames.ts';

const ITERATIONS = 100_000;
/** Of an iteration. */
const FLOPS = 96;

/** @param clock - of the wall, beside contestants that are measured by it, unless another is given. */
export function peakOf(memory: Memory, clock: Pick<InProcessOptions, 'now'> = {}): Contestant {
  const { wasm } = loadModule(memory);
  const run = (): void => void wasm.peak(ITERATIONS, -1, 0.1);
  return inProcess(WASM_PEAK, 1, run, { ...clock, flops: FLOPS * ITERATIONS });
}
