/**
 * The kernels over the wasm module (wasm-simd/assembly): the plain loops' equal, in 128-bit vectors. No relaxed SIMD:
 * the same bits on every machine.
 *
 * @module
 */
import type { Kernels } from './kernels.ts';
import type { Memory } from './memory.ts';
import { createAttention } from './simd/attention.ts';
import { createLayers } from './simd/layers.ts';
import { createMatmul } from './simd/matmul.ts';
import { loadModule } from './simd/module.ts';
import { createOptimizer, createTuning } from './simd/tuning.ts';
import { createVectors } from './simd/vectors.ts';

/**
 * Operations (a product and a sum count as two) below which a loop is not worth a second thread: 30 µs of the matrix
 * product. Cutting 64³, which takes half of that, costs a tenth in packing twice if no helper comes
 * (bench/threads/threads.ts, with one core taken).
 */
const WORTH_SPLITTING = 1_000_000;

/**
 * The wasm loops over `memory`; every view given to them has to lie in it.
 *
 * @param threads - how many work on one kernel, the caller included, from 1 to 32; the bits do not depend on it.
 * @param splitFrom - operations from which a kernel is split; a test splits everything.
 * @throws {@link Unavailable} if the module was not built or the machine has no 128-bit SIMD. Any kernel throws it
 * if one of the threads has died.
 */
export function createSimdKernels(memory: Memory, threads = 1, splitFrom = WORTH_SPLITTING): Kernels {
  const module = loadModule(memory, threads, splitFrom);
  return {
    name: 'simd',
    memory,
    threads,
    allocate: (length) => memory.floats(length),
    accepts: (vector) => memory.owns(vector),
    ...createMatmul(module),
    ...createVectors(module),
    ...createLayers(module),
    ...createAttention(module, memory, threads),
    ...createOptimizer(module),
    ...createTuning(module),
  };
}
