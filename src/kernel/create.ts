/**
 * The choice between the two implementations of the kernels.
 *
 * @module
 */
import { unknownName, wrong } from '../errors.ts';
import { checkOptions, number, optional, type Kinds } from '../kinds.ts';
import { KERNEL_NAMES, type KernelName, type Kernels } from './kernels.ts';
import { Memory } from './memory.ts';
import { createScalarKernels } from './scalar.ts';
import { createSimdKernels } from './simd.ts';
import { MAXIMUM_THREADS } from './threads/control.ts';

export interface KernelOptions {
  /**
   * How many threads work on one kernel, the caller included: from 1, the default, to 32. No bit of a result depends on
   * it. More than one are for the simd kernels alone; {@link grantedThreads} says how many the machine has to give.
   */
  readonly threads?: number;
}

const OPTIONS: Kinds<KernelOptions> = {
  threads: optional(
    number(`a whole number from 1 to ${MAXIMUM_THREADS}`, (n) => Number.isInteger(n) && n >= 1 && n <= MAXIMUM_THREADS),
  ),
};

/**
 * The kernels of that name over a memory, by default one of their own.
 *
 * @throws {@link InvalidInput} for an unknown name or a number of threads that they cannot have; {@link Unavailable}
 * if the machine cannot run them.
 * @example
 * ```ts
 * const kernels = createKernels('scalar');
 * const x = kernels.memory.copyOf([3, 4]);
 * kernels.sumOfSquares(x); // 25
 * createKernels('simd', undefined, { threads: 2 }).threads; // 2
 * ```
 */
export function createKernels(name: KernelName, memory: Memory = new Memory(), options: KernelOptions = {}): Kernels {
  if (!(memory instanceof Memory)) throw wrong('memory', 'a Memory', memory);
  checkOptions(OPTIONS, options, 'createKernels', '');
  const { threads = 1 } = options;
  switch (name) {
    case 'scalar':
      if (threads > 1) throw wrong('threads', '1 with the scalar kernels, which are the definition', threads);
      return createScalarKernels(memory);
    case 'simd':
      return createSimdKernels(memory, threads);
    default:
      throw unknownName('kernels', KERNEL_NAMES, name satisfies never);
  }
}
