/**
 * The loop of the module that lives in registers alone (wasm-simd/assembly/peak.ts), as a contestant.
 *
 * @module
 */
import type { Memory } from '../src/kernel/memory.ts';
import { loadModule } from '../src/kernel/simd/module.ts';
import { inProcess, type Contestant } from './contestant.ts';
import { WASM_PEAK } from './matmulTable.ts';

const ITERATIONS = 100_000;
/** Of an iteration. */
const FLOPS = 96;

export function peakOf(memory: Memory): Contestant {
  const { wasm } = loadModule(memory);
  return inProcess(WASM_PEAK, 1, () => void wasm.peak(ITERATIONS, -1, 0.1), { flops: FLOPS * ITERATIONS });
}
