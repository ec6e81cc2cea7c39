/**
 * `dst eval`: how much of a task a model gets right.
 *
 * @module
 */
import type { Command } from 'commander';
import { unknownName } from '../../src/errors.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { KERNEL_NAMES, type KernelName } from '../../src/kernel/kernels.ts';
import { Memory } from '../../src/kernel/memory.ts';
import { evaluate, evaluateMostFrequent } from '../../src/train/evaluate.ts';
import { openModel } from '../../src/train/models.ts';
import { checkRows, readTask, SPLITS } from '../../src/train/taskBatches.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { defaultSeed } from '../seeds.ts';
import { formatShare } from '../table.ts';
import { addThreadsOption, threadsOf, type ThreadsOption } from '../threads.ts';

/** Answers that the JSON has: those that a report shows. */
const FIRST_ANSWERS = 12;

interface Options extends CommonOptions, ThreadsOption {
  readonly model?: string;
  readonly task?: string;
  readonly split: string;
  readonly rows?: number;
  readonly kernels: string;
}

export function define(command: Command, io: Io): void {
  addCommonOptions(addThreadsOption(command))
    .option('--model <folder>', 'a model or a run (default: the seed in seeds/)')
    .option('--task <name>', 'supersense or a folder (default: the task of the run, else supersense)')
    .option('--split <name>', `one of ${SPLITS.join(', ')}`, 'test')
    .option('--rows <n>', 'only the first rows', integerOption('--rows', 1))
    .option('--kernels <name>', 'scalar or simd', 'simd')
    .action((options: Options) => run(options, io));
  addExamples(command, [
    ['dst eval --model runs/latest', 'the tuned model on the test split'],
    ['dst eval --split development --rows 500', 'the seed as it is'],
  ]);
}

function run(options: Options, io: Io): void {
  const split = SPLITS.find((name) => name === options.split);
  if (split === undefined) throw unknownName('--split', SPLITS, options.split);
  const name = kernelNamed(options.kernels);
  const threads = threadsOf(options, name);
  const model = openModel(options.model ?? defaultSeed());
  const task = readTask(options.task ?? model.run?.config.task ?? 'supersense');
  checkRows(task, split, options.rows ?? null, model.tokenizer, model.decoder.config.context);
  const rows = task[split].slice(0, options.rows);
  const kernels = createKernels(name, new Memory(), { threads });
  const theta = kernels.memory.copyOf(model.theta);
  const { value, low, high, correct, count, answers } = evaluate({ ...model, kernels, theta }, rows, task.labels);
  const baseline = evaluateMostFrequent(task.train, rows).value;
  writeResult(
    io,
    options.json === true,
    {
      ...{ model: model.folder, task: task.name, split, metric: 'accuracy' },
      ...{ value, low, high, correct, count, baseline, answers: answers.slice(0, FIRST_ANSWERS) },
    },
    `${split} accuracy ${formatShare(value, 1)} (95 % interval ${formatShare(low, 1)} to ${formatShare(high, 1)}, ` +
      `${correct} of ${count}); most frequent class ${formatShare(baseline, 1)}\n`,
  );
}

/** The kernels of that name, or an error with the nearest. */
export function kernelNamed(name: string): KernelName {
  const found = KERNEL_NAMES.find((known) => known === name);
  if (found === undefined) throw unknownName('--kernels', KERNEL_NAMES, name);
  return found;
}
