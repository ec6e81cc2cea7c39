/**
 * The commands by name. Each is loaded only when it is called, so that `dst --version` stays quick.
 *
 * @module
 */
import type { Command } from 'commander';
import type { Io } from './io.ts';

/** What a file in commands/ exports. */
export interface CommandModule {
  /** Adds arguments, options, examples and the action. */
  define(command: Command, io: Io): void;
}

export interface Definition {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandModule>;
  /** Whether it reads standard input. */
  readonly readsInput?: true;
}

export const COMMANDS: readonly Definition[] = [
  {
    name: 'demo',
    summary: 'the main job: fine-tune the seed with each method and compare',
    load: () => import('./commands/demo.ts'),
  },
  { name: 'pretrain', summary: 'train a seed on text', load: () => import('./commands/pretrain.ts') },
  { name: 'train', summary: 'fine-tune a seed with one method', load: () => import('./commands/train.ts') },
  { name: 'sweep', summary: 'search learning rates for the main job', load: () => import('./commands/sweep.ts') },
  { name: 'eval', summary: 'measure a model on a task', load: () => import('./commands/eval.ts') },
  { name: 'generate', summary: 'continue or classify a text', load: () => import('./commands/generate.ts') },
  {
    name: 'inspect',
    summary: 'what a seed, a checkpoint or a subset holds',
    load: () => import('./commands/inspect.ts'),
  },
  { name: 'apply', summary: 'put a subset into its seed', load: () => import('./commands/apply.ts') },
  { name: 'revert', summary: 'take a subset out of a tuned model', load: () => import('./commands/revert.ts') },
  { name: 'overlap', summary: 'what two subsets have in common (Eq. 9)', load: () => import('./commands/overlap.ts') },
  {
    name: 'vectors',
    summary: 'golden cases of the laws: write, list, compare',
    load: () => import('./commands/vectors.ts'),
  },
  {
    name: 'report',
    summary: 'training runs, or recorded conformance runs, beside one another',
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'trace',
    summary: 'the events of each step, equation by equation',
    load: () => import('./commands/trace.ts'),
  },
  {
    name: 'conform',
    summary: 'put your own implementation of the method to the laws',
    load: () => import('./commands/conform.ts'),
  },
  {
    name: 'adapter',
    summary: 'answer the conformance protocol for this project’s implementation',
    load: () => import('./commands/adapter.ts'),
    readsInput: true,
  },
];
