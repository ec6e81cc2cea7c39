/**
 * `dst adapter`: this project's own implementation behind the conformance protocol.
 *
 * @module
 */
import { once } from 'node:events';
import type { Command } from 'commander';
import { oneOf } from '../../src/kinds.ts';
import type { Io } from '../io.ts';
import { addExamples } from '../options.ts';

const KERNELS = ['scalar', 'simd'] as const;
const EXACT = ['select', 'sort'] as const;

interface Options {
  readonly kernels: string;
  readonly threshold: string;
}

export function define(command: Command, io: Io): void {
  command
    .option('--kernels <name>', `which kernels answer: ${KERNELS.join(', ')}`, 'scalar')
    .option('--threshold <method>', `how a quantile is found: ${EXACT.join(', ')}`, 'select')
    .helpOption('-h, --help', 'print this help')
    .action((options: Options) => run(options, io));
  addExamples(command, [
    ['dst conform -- npx dst adapter', 'test this project’s own implementation by its laws'],
    [
      'dst conform -- npx dst adapter --kernels simd --threshold sort',
      'the same for vector kernels and the literal Eq. 6',
    ],
  ]);
}

async function run(options: Options, { signal }: Io): Promise<void> {
  const kernels = oneOf(KERNELS)(options.kernels, '--kernels');
  const threshold = oneOf(EXACT)(options.threshold, '--threshold');
  const { createOurs } = await import('../../spec/ours.ts');
  const { serve } = await import('../../spec/wire/serve.ts');
  // On Ctrl-C nobody reads the answers any more.
  await Promise.race([serve(createOurs(kernels, threshold), process.stdin, process.stdout), once(signal, 'abort')]);
  signal.throwIfAborted();
}
