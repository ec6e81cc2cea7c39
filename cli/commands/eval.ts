/**
 * `dst eval`: how much of a task a model gets right.
 *
 * @module
 */
import type { Command } from 'commander';
import { SPLITS } from '../../src/data/task.ts';
import { unknownName } from '../../src/errors.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { KERNEL_NAMES, type KernelName } from '../../src/kernel/kernels.ts';
import { Memory } from '../../src/kernel/memory.ts';
import { evaluate, evaluateMostFrequent } from '../../src/train/evaluate.ts';
import { openModel } from '../../src/train/models.ts';
import { checkRows } from '../../src/train/taskBatches.ts';
import { readTask } from '../../src/train/tasks.ts';
import { checkTexts } from '../../src/train/textWarnings.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { addSearchOptions, type SearchOptions } from '../searchOptions.ts';
import { defaultSeed } from '../seeds.ts';
import { describeMeasure } from '../metric.ts';
import { formatShare } from '../table.ts';
import { addThreadsOption, threadsOf, type ThreadsOption } from '../threads.ts';
import { TASK_CHOICES } from '../trainOptions.ts';

interface Options extends CommonOptions, SearchOptions, ThreadsOption {
  readonly model?: string;
  readonly task?: string;
  readonly data?: string;
  readonly split: string;
  readonly rows?: number;
  readonly kernels: string;
}

/** Answers that --json shows. */
const SAMPLES = 12;

export function define(command: Command, io: Io): void {
  addCommonOptions(addSearchOptions(addThreadsOption(command)))
    .option('--model <folder>', 'a model or a run (default: the seed in seeds/)')
    .option('--task <name>', `${TASK_CHOICES} (default: the task of the run, else supersense)`)
    .option('--data <folder>', 'line-aligned files, where the task is a pair of languages')
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
  const opened = openModel(options.model ?? defaultSeed(options.task));
  const { model } = opened;
  const known = opened.run?.config;
  const task = readTask({
    task: options.task ?? known?.task ?? 'supersense',
    data: options.data ?? (options.task === undefined ? known?.data : undefined) ?? null,
  });
  checkRows(task, split, options.rows ?? null, model);
  for (const warning of checkTexts(model, task, [split])) io.stderr.write(`warning: ${warning}\n`);
  const rows = task[split].slice(0, options.rows);
  const kernels = createKernels(name, new Memory(), { threads });
  const theta = kernels.memory.copyOf(opened.theta);
  const { beams, lengthPenalty } = options;
  const { answers, ...measure } = evaluate({ model, kernels, theta }, task, rows, { beams, lengthPenalty });
  const baseline = task.labels.length === 0 ? null : evaluateMostFrequent(task.train, rows).value;
  writeResult(
    io,
    options.json === true,
    { model: opened.folder, task: task.name, split, ...measure, baseline, answers: answers.slice(0, SAMPLES) },
    `${split} ${measure.metric} ${describeMeasure(measure)}` +
      (baseline === null ? '\n' : `; most frequent class ${formatShare(baseline, 1)}\n`),
  );
}

/** The kernels of that name, or an error with the nearest. */
export function kernelNamed(name: string): KernelName {
  const found = KERNEL_NAMES.find((known) => known === name);
  if (found === undefined) throw unknownName('--kernels', KERNEL_NAMES, name);
  return found;
}
