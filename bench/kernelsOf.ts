/**
 * Kernels for a number of threads, each over a memory of their own.
 *
 * @module
 */
import { createKernels } from '../src/kernel/create.ts';
import type { KernelName, Kernels } from '../src/kernel/kernels.ts';
import { Memory } from '../src/kernel/memory.ts';

/** Undefined if such kernels have fewer threads than asked for. */
export function kernelsOf(name: KernelName, threads: number): Kernels | undefined {
  return name === 'scalar' && threads > 1 ? undefined : oneOrMore(name, threads);
}

/** Kernels of one thread, which all have. */
export function oneThread(name: KernelName): Kernels {
  return oneOrMore(name, 1);
}

function oneOrMore(name: KernelName, threads: number): Kernels {
  return createKernels(name, new Memory(), { threads });
}

/** What a row says if there are no such kernels. */
export const NO_THREADS = 'these kernels have one thread';
