/**
 * The option --threads: how many work on one kernel.
 *
 * @module
 */
import type { Command } from 'commander';
import { wrong } from '../src/errors.ts';
import type { KernelName } from '../src/kernel/kernels.ts';
import { MAXIMUM_THREADS } from '../src/kernel/threads/control.ts';
import { grantedThreads } from '../src/kernel/threads/granted.ts';

export interface ThreadsOption {
  readonly threads?: number;
}

/** Adds the option; `standard` says what it is if it is not given. */
export function addThreadsOption(command: Command, standard = 'as many as the machine grants'): Command {
  return command.option(
    '--threads <n>',
    `threads of one run; the bits do not depend on it (default: ${standard})`,
    read,
  );
}

function read(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isInteger(number) || number < 1 || number > MAXIMUM_THREADS) {
    throw wrong('--threads', `a whole number from 1 to ${MAXIMUM_THREADS}`, value);
  }
  return number;
}

/**
 * Threads of a run with these kernels.
 *
 * @throws InvalidInput if more than one are asked for with the scalar kernels.
 */
export function threadsOf({ threads }: ThreadsOption, kernels: KernelName): number {
  if (kernels === 'simd') return threads ?? grantedThreads();
  if (threads !== undefined && threads > 1) {
    throw wrong('--threads', '1 with --kernels scalar, which are the definition', threads);
  }
  return 1;
}

/** Threads of each of `jobs` runs at once: a processor's share, if nothing else is said (decision 0100). */
export function threadsOfJobs({ threads }: ThreadsOption, jobs: number, kernels: KernelName): number {
  return threadsOf({ threads: threads ?? Math.max(1, Math.floor(grantedThreads() / jobs)) }, kernels);
}
