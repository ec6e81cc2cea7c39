/**
 * Kernels for a number of threads, where the kernels offer them.
 *
 * @module
 */
import { createKernels } from '../src/kernel/create.ts';
import type { KernelName, Kernels } from '../src/kernel/kernels.ts';
import { Memory } from '../src/kernel/memory.ts';

/** How {@link createKernels} is called once it knows of threads. */
type Create = (name: KernelName, memory: Memory, options: { readonly threads: number }) => Kernels;

/** Kernels over a memory of their own; undefined where they have fewer threads than asked for. */
export function kernelsOf(name: KernelName, threads: number): Kernels | undefined {
  const create: Create = createKernels;
  const kernels = create(name, new Memory(), { threads });
  const has = 'threads' in kernels && typeof kernels.threads === 'number' ? kernels.threads : 1;
  return has === threads ? kernels : undefined;
}

/** What a row says where there are no such kernels. */
export const NO_THREADS = 'these kernels have one thread';

/** Ends what the kernels keep running, where they do. */
export function close(kernels: Kernels): void {
  if (isClosable(kernels)) kernels.close();
}

function isClosable(kernels: Kernels): kernels is Kernels & { close(): void } {
  return 'close' in kernels && typeof kernels.close === 'function';
}
