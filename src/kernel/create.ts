/**
 * The choice between the two implementations of the kernels.
 *
 * @module
 */
import { unknownName } from '../errors.ts';
import { KERNEL_NAMES, type KernelName, type Kernels } from './kernels.ts';
import { Memory } from './memory.ts';
import { createScalarKernels } from './scalar.ts';
import { createSimdKernels } from './simd.ts';

/**
 * The kernels of that name over a memory, by default one of their own.
 *
 * @throws {@link InvalidInput} for an unknown name; {@link Unavailable} where the machine cannot run them.
 * @example
 * ```ts
 * const kernels = createKernels('scalar');
 * const x = kernels.memory.copyOf([3, 4]);
 * kernels.sumOfSquares(x); // 25
 * ```
 */
export function createKernels(name: KernelName, memory: Memory = new Memory()): Kernels {
  switch (name) {
    case 'scalar':
      return createScalarKernels(memory);
    case 'simd':
      return createSimdKernels(memory);
    default:
      throw unknownName('kernels', KERNEL_NAMES, name);
  }
}
