/**
 * The options of a fine-tuning run: one for each field of its config.
 *
 * @module
 */
import type { Command } from 'commander';
import type { TaskData } from '../src/data/task.ts';
import { record, textOf } from '../src/text/json.ts';
import { TRAIN_DEFAULTS, TRAIN_FIELDS, type TrainConfig } from '../src/train/config.ts';
import { identify } from '../src/run/identity.ts';
import { openModel, type OpenedModel } from '../src/run/openModel.ts';
import { readTask, TASK_NAMES, type TaskChoice } from '../src/data/tasks.ts';
import { addFieldOptions, OPTIMIZATION_WORDS, type OptionWords } from './fieldOptions.ts';
import { pick, readConfigFile } from './options.ts';
import { findOtherRates, findRates } from './rates.ts';
import { describeGuess, describeTaken, planConfig, type Choice } from './recorded.ts';

/** What --task may be. */
export const TASK_CHOICES = `${TASK_NAMES.join(', ')}, two languages as de-en, or a folder with train.tsv, development.tsv and test.tsv`;

/** What --test may be. */
export const TEST_CHOICES = 'which test set of --data, such as test_2017_flickr (default: the first by name)';

/** What a field is if nothing is said and a sweep may have said it before. */
function recorded(name: 'steps' | 'batch' | 'accumulation' | 'beams'): string {
  return `what a sweep recorded beside the seed, else ${TRAIN_DEFAULTS[name]}`;
}

const { optimizer, ...optimization } = OPTIMIZATION_WORDS;

const TRAIN_WORDS = {
  method: ['name', 'how it is trained (docs/methods.md)'],
  epsilon: ['share', 'budget, a share in (0, 1]'],
  silos: ['strategy', 'partition of the parameters'],
  distance: ['name', 'distance from the seed'],
  threshold: ['method', 'how a threshold is found'],
  factor: ['c', 'c of Algorithm 2, above 1'],
  iterations: ['t', 'T of Algorithm 2'],
  warmStart: ['bool', 'exact first threshold for Algorithm 2'],
  budget: ['rule', 'how many a silo keeps'],
  normalisation: ['name', 'alternative to silos (Appendix B)'],
  optimizer,
  dialect: ['name', 'whose AdaFactor (docs/adafactor-dialects.md)'],
  ...optimization,
  learningRate: [
    'r',
    'learning rate, above 0',
    'what a sweep recorded for this seed and these data, else a guess by the method and ε',
  ],
  steps: ['n', 'steps', recorded('steps')],
  batch: ['n', 'examples a step', recorded('batch')],
  accumulation: ['n', 'parts of a batch', recorded('accumulation')],
  evaluateEvery: ['n', 'steps between measurements; 0: none'],
  evaluateRows: ['n', 'development rows in one'],
  measure: ['split', 'split that the result is measured on'],
  measureRows: ['n', 'how many of its rows', 'all'],
  beams: ['n', 'beams of that measurement; 1 is greedy', recorded('beams')],
  lengthPenalty: ['a', 'α of the beams’ length penalty, from 0'],
} as const satisfies OptionWords<TrainConfig, 'model' | 'task' | 'data' | 'test' | 'learningRateFrom'>;

/** Adds the options of a run. */
export function addTrainOptions(command: Command): Command {
  command
    .option(
      '--config <file>',
      'a JSON file with these options (in camel case); options given here come before it, and it before a sweep’s',
    )
    .option('--model <folder>', 'the seed (default: the one in seeds/)')
    .option('--task <name>', `${TASK_CHOICES} (default: ${TRAIN_DEFAULTS.task})`)
    .option('--data <folder>', 'of two languages: train, val and test, line-aligned, .gz or not')
    .option('--test <name>', TEST_CHOICES)
    .option('--rates <file>', 'what a sweep recorded (default: rates-TASK-HASH.json beside the seed)');
  return addFieldOptions(command, TRAIN_WORDS, TRAIN_FIELDS, TRAIN_DEFAULTS);
}

/** The options that name a task. */
export function wordsOf({ task, data, test = null }: TaskChoice): readonly string[] {
  const given = Object.entries({ task, data, test }).filter(([, value]) => value !== null);
  return given.flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** A run that is to begin. */
interface PlannedRun {
  readonly config: TrainConfig;
  readonly seed: OpenedModel;
  readonly task: TaskData;
  /** What somebody must be told: what is taken from a sweep's record, which rate is a guess. */
  readonly notes: readonly string[];
}

/**
 * The run that the options describe. Its config: defaults, then what a sweep recorded for the seed and the data, then the
 * file of `--config`, then what was given.
 *
 * @throws InvalidInput for a file that cannot be read as what it should be, or a value that a run cannot have.
 */
export function planRun(options: Choice, defaultModel: (task: string) => string): PlannedRun {
  const { config: path, rates: file } = options;
  const where = typeof path === 'string' ? path : 'train';
  const chosen = chosenIn(options, typeof path === 'string' ? record(readConfigFile(path), path) : {});
  const name = textOf(chosen['task'] ?? TRAIN_DEFAULTS.task, `${where}: task`);
  const [data, test] = [chosen['data'] ?? null, chosen['test'] ?? null];
  const model = textOf((chosen['model'] ??= defaultModel(name)), `${where}: model`);
  // whatever is wrong with the choice itself is said before anything is read
  planConfig(null, chosen, where);
  const seed = openModel(model);
  const task = readTask({
    task: name,
    data: data === null ? null : textOf(data, `${where}: data`),
    test: test === null ? null : textOf(test, `${where}: test`),
  });
  const recorded = findRates(seed.folder, task, identify(seed, task), typeof file === 'string' ? file : undefined);
  const config = planConfig(recorded, chosen, where);
  const taken = recorded === null ? null : describeTaken(recorded, chosen);
  const guess = describeGuess(config, recorded, findOtherRates(seed.folder, task.name));
  return { config, seed, task, notes: [taken, guess].filter((note) => note !== null) };
}

/** What was chosen: the options given, then the file. A given learning rate is not what the file's was. */
function chosenIn(options: Choice, file: Choice): Record<string, unknown> {
  const given = pick(options, [...Object.keys(TRAIN_DEFAULTS), 'model']);
  const chosen: Record<string, unknown> = { ...file, ...given };
  if ('learningRate' in given) delete chosen['learningRateFrom'];
  return chosen;
}
