/**
 * `dst eval`: how much of a task a model gets right.
 *
 * @module
 */
import type { Command } from 'commander';
import { describeOtherData, identifyData } from '../../src/data/identity.ts';
import { SPLITS, type TaskData } from '../../src/data/task.ts';
import { wrong } from '../../src/errors.ts';
import { createKernels } from '../../src/kernel/create.ts';
import { KERNEL_NAMES, type KernelName } from '../../src/kernel/kernels.ts';
import { Memory } from '../../src/kernel/memory.ts';
import { evaluate, evaluateMostFrequent } from '../../src/train/evaluate.ts';
import { openModel, type OpenedModel } from '../../src/run/openModel.ts';
import { readTaskOfRun } from '../../src/run/runTask.ts';
import { checkRows } from '../../src/train/taskBatches.ts';
import { readTask } from '../../src/data/tasks.ts';
import { checkTexts } from '../../src/train/textWarnings.ts';
import type { Io } from '../io.ts';
import { addCommonOptions, addExamples, integerOption, nameOption, type CommonOptions } from '../options.ts';
import { writeResult } from '../output.ts';
import { addSearchOptions, type SearchOptions } from '../searchOptions.ts';
import { createProgress, during } from '../progress.ts';
import { dataPlaceOf } from '../resumed.ts';
import { defaultSeed } from '../seeds.ts';
import { describeMeasure } from '../metric.ts';
import { formatShare } from '../table.ts';
import { addThreadsOption, threadsOf, type ThreadsOption } from '../threads.ts';
import { TASK_CHOICES, TEST_CHOICES } from '../trainOptions.ts';

interface Options extends CommonOptions, SearchOptions, ThreadsOption {
  readonly model?: string;
  readonly task?: string;
  readonly data?: string;
  readonly test?: string;
  readonly seed?: string;
  readonly acceptData?: boolean;
  readonly split: (typeof SPLITS)[number];
  readonly rows?: number;
  readonly kernels: KernelName;
}

/** Answers that --json shows. */
const SAMPLES = 12;

export function define(command: Command, io: Io): void {
  addCommonOptions(addSearchOptions(addThreadsOption(command)))
    .option('--model <folder>', 'a model or a run (default: the seed in seeds/)')
    .option('--task <name>', `${TASK_CHOICES} (default: the task of the run, else supersense)`)
    .option('--data <folder>', 'line-aligned files, if the task is a pair of languages')
    .option('--test <name>', TEST_CHOICES)
    .option('--seed <folder>', 'where the seed of a run is now, if it was moved')
    .option('--accept-data', 'measure a run also on data that are no longer its own')
    .option('--split <name>', `one of ${SPLITS.join(', ')}`, nameOption('--split', SPLITS), 'test')
    .option('--rows <n>', 'only the first rows', integerOption('--rows', 1))
    .option('--kernels <name>', 'scalar or simd', nameOption('--kernels', KERNEL_NAMES), 'simd')
    .action((options: Options) => run(options, io));
  addExamples(command, [
    ['dst eval --model runs/latest', 'the tuned model on the test split'],
    ['dst eval --split development --rows 500', 'the seed as it is'],
  ]);
}

function run(options: Options, io: Io): void {
  const threads = threadsOf(options, options.kernels);
  const progress = createProgress(io, options.quiet === true);
  const opened = during(progress, 'reading the model', () =>
    openModel(options.model ?? defaultSeed(options.task, io), options.seed),
  );
  const { model } = opened;
  const task = during(progress, 'reading the data', () => findTask(opened, options));
  const data = identifyData(task);
  const then = opened.run?.identity.data ?? null;
  const others = then === null ? '' : describeOtherData(then, data);
  if (others !== '') io.stderr.write(`note: these are not the data of the run: ${others}\n`);
  const warnings = during(progress, 'reading the texts as tokens', () => {
    checkRows(task, options.split, options.rows ?? null, model);
    return checkTexts(model, task, [options.split]);
  });
  for (const warning of warnings) io.stderr.write(`warning: ${warning}\n`);
  const rows = task[options.split].slice(0, options.rows);
  const kernels = createKernels(options.kernels, new Memory(), { threads });
  const theta = kernels.memory.copyOf(opened.theta);
  const { beams, lengthPenalty } = options;
  const watch = (done: number): void => progress.update('eval', { done, total: rows.length, waits: true });
  watch(0);
  const { answers, ...measure } = evaluate({ model, kernels, theta }, task, rows, { beams, lengthPenalty, watch });
  progress.remove('eval');
  const baseline = task.labels.length === 0 ? null : evaluateMostFrequent(task.train, rows).value;
  writeResult(
    io,
    options.json === true,
    {
      model: opened.folder,
      task: task.name,
      data,
      isDataOfRun: then === null ? null : others === '',
      split: options.split,
      ...measure,
      baseline,
      answers: answers.slice(0, SAMPLES),
    },
    `${options.split} ${measure.metric} ${describeMeasure(measure)}` +
      (baseline === null ? '\n' : `; most frequent class ${formatShare(baseline, 1)}\n`),
  );
}

/**
 * What is to be measured on: what the user names; else, of a run, its own data, and no others of the same name.
 *
 * @throws InvalidInput if the data of the run are others now, unless that is accepted.
 */
function findTask({ run, folder }: OpenedModel, { task, data, test, acceptData = false }: Options): TaskData {
  if (run === null && acceptData) throw wrong('--accept-data', 'a run as --model', folder);
  if (run === null || task !== undefined) return readTask({ task: task ?? 'supersense', data: data ?? null, test });
  // another test set of the run's folder is asked for by name: the answer says that it is not the run's
  const isAsked = test !== undefined && test !== run.config.test;
  return readTaskOfRun(folder, run, dataPlaceOf(run, { data }), acceptData || isAsked, test).task;
}
