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
 * The wasm loops over `memory`; every view given to them has to lie in it.
 *
 * @throws {@link Unavailable} where the module was not built or the machine has no 128-bit SIMD.
 */
export function createSimdKernels(memory: Memory): Kernels {
  const module = loadModule(memory);
  return {
    name: 'simd',
    memory,
    ...createMatmul(module),
    ...createVectors(module),
    ...createLayers(module),
    ...createAttention(module, memory),
    ...createOptimizer(module),
    ...createTuning(module),
  };
}
