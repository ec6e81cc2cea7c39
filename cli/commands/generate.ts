/**
 * `dst generate`: what a model answers. A tuned run wraps the prompt as its task does and prints the class.
 *
 * @module
 */
import type { Command } from 'commander';
import { InvalidInput, Unavailable, wrong } from '../../src/errors.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { KERNEL_NAMES, type KernelName } from '../../src/kernel/kernels.ts';
import { Memory } from '../../src/kernel/memory.ts';
import { openModel, type OpenedModel } from '../../src/run/openModel.ts';
import { readTaskOfRun } from '../../src/run/runTask.ts';
import { spellLabels } from '../../src/train/spelling.ts';
import { checkPrompt } from '../../src/train/textWarnings.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, nameOption, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { createProgress, during, type Progress } from '../progress.ts';
import { addSearchOptions, type SearchOptions } from '../searchOptions.ts';
import { defaultSeed } from '../seeds.ts';
import { addThreadsOption, threadsOf, type ThreadsOption } from '../threads.ts';

interface Options extends CommonOptions, SearchOptions, ThreadsOption {
  readonly model?: string;
  readonly seed?: string;
  readonly prompt: string;
  readonly maximumTokens: number;
  readonly raw?: true;
  readonly kernels: KernelName;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(addSearchOptions(addThreadsOption(command)))
    .option('--model <folder>', 'a model or a run (default: the seed in seeds/)')
    .option('--seed <folder>', 'where the seed of a run is now, if it was moved')
    .requiredOption('--prompt <text>', 'what the model is given')
    .option('--maximum-tokens <n>', 'longest answer', integerOption('--maximum-tokens', 1), 64)
    .option('--raw', 'continue the prompt itself: no separator behind it')
    .option('--kernels <name>', 'scalar or simd', nameOption('--kernels', KERNEL_NAMES), 'simd')
    .action((options: Options) => run(options, io));
  addExamples(command, [
    ['dst generate --model runs/latest --prompt "a large wild cat with a striped coat"', 'the class of a definition'],
    ['dst generate --prompt "a device for measuring time"', 'the seed: which word is defined'],
    ['dst generate --raw --prompt "the capital of"', 'plain continuation'],
  ]);
}

function run(options: Options, io: Io): void {
  const threads = threadsOf(options, options.kernels);
  if (options.prompt.trim() === '') throw wrong('--prompt', 'a text that is not empty', options.prompt);
  const progress = createProgress(io, options.quiet === true);
  const model = during(progress, 'reading the model', () =>
    openModel(options.model ?? defaultSeed(undefined, io), options.seed),
  );
  for (const warning of checkPrompt(model.model, options.prompt, '--prompt')) io.stderr.write(`warning: ${warning}\n`);
  const kernels = createKernels(options.kernels, new Memory(), { threads });
  const theta = kernels.memory.copyOf(model.theta);
  const { prompt, maximumTokens, beams, lengthPenalty, raw = false } = options;
  const watch = (tokens: number): void =>
    progress.update('generate', { done: tokens, total: maximumTokens, waits: true });
  watch(0);
  const [said] = model.model.answer([prompt], {
    kernels,
    theta,
    maximumTokens,
    beams,
    lengthPenalty,
    raw,
    nameOf: () => '--prompt',
    watch: (_, tokens) => watch(tokens),
  });
  progress.remove('generate');
  const answer = raw ? said : inTheTask(model, said, io, progress);
  writeResult(io, options.json === true, { model: model.folder, prompt, answer }, `${answer}\n`);
}

/**
 * The label of a run's task that was answered, as the task writes it: a tokenizer that has not every character says
 * `sport` for `{sport}`. Anything else, and what is said if the data are not at hand, is as the tokenizer says it.
 */
function inTheTask({ folder, model, run }: OpenedModel, answer: string, io: Io, progress: Progress): string {
  if (run === null || model.tokenizer.unknown === null) return answer;
  try {
    const { task } = during(progress, 'reading the labels', () => readTaskOfRun(folder, run, null, false));
    return task.labels.length === 0 ? answer : (spellLabels(model, task).get(answer) ?? answer);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Unavailable)) throw error;
    // without the option that would help: it is none of this command's
    const [reason] = error.message.split(' (--');
    io.stderr.write(`note: ${reason}; the answer is as the tokenizer says it\n`);
    return answer;
  }
}
