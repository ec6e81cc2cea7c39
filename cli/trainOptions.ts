/**
 * The options of a fine-tuning run: one for each field of its config.
 *
 * @module
 */
import type { Command } from 'commander';
import { BUDGET_RULES, DISTANCES, SILO_STRATEGIES, THRESHOLD_METHODS } from '../src/dst/notation.ts';
import type { TaskData } from '../src/data/task.ts';
import { KERNEL_NAMES } from '../src/kernel/kernels.ts';
import { DIALECT_NAMES } from '../src/optim/dialects.ts';
import { record, textOf } from '../src/text/json.ts';
import { TRAIN_DEFAULTS, TRAIN_FIELDS, type TrainConfig } from '../src/train/config.ts';
import { identify } from '../src/run/identity.ts';
import { openModel, type OpenedModel } from '../src/run/openModel.ts';
import { METHOD_NAMES, NORMALISATIONS, OPTIMIZERS, SCHEDULES } from '../src/train/names.ts';
import { readTask, type TaskChoice } from '../src/data/tasks.ts';
import {
  integerOption,
  nameOption,
  numberOption,
  numberOrNoneOption,
  pick,
  readConfigFile,
  truthOption,
} from './options.ts';
import { findOtherRates, findRates } from './rates.ts';
import { describeGuess, describeTaken, planConfig, type Choice } from './recorded.ts';

/** What --task may be. */
export const TASK_CHOICES =
  'supersense, phonemes, two languages as de-en, or a folder with train.tsv, development.tsv and test.tsv';

/** What --test may be. */
export const TEST_CHOICES = 'which test set of --data, such as test_2017_flickr (default: the first by name)';

/** Adds the options of a run. */
export function addTrainOptions(command: Command): Command {
  const d = TRAIN_DEFAULTS;
  const f = TRAIN_FIELDS;
  const recorded = (standard: number): string => `what a sweep recorded beside the seed, else ${standard}`;
  const named = (flag: string, argument: string, what: string, names: readonly string[], standard: string): void => {
    command.option(
      `${flag} <${argument}>`,
      `${what}: ${names.join(', ')} (default: ${standard})`,
      nameOption(flag, names),
    );
  };
  command
    .option(
      '--config <file>',
      'a JSON file with these options (in camel case); options given here come before it, and it before a sweep’s',
    )
    .option('--model <folder>', 'the seed (default: the one in seeds/)')
    .option('--task <name>', `${TASK_CHOICES} (default: ${d.task})`)
    .option('--data <folder>', 'of two languages: train, val and test, line-aligned, .gz or not')
    .option('--test <name>', TEST_CHOICES)
    .option('--rates <file>', 'what a sweep recorded (default: rates-TASK-HASH.json beside the seed)');
  named('--method', 'name', 'how it is trained (docs/methods.md)', METHOD_NAMES, d.method);
  command.option(
    '--epsilon <share>',
    `budget, a share in (0, 1] (default: ${d.epsilon})`,
    numberOption('--epsilon', f.epsilon),
  );
  named('--silos', 'strategy', 'partition of the parameters', SILO_STRATEGIES, d.silos);
  named('--distance', 'name', 'distance from the seed', DISTANCES, d.distance);
  named('--threshold', 'method', 'how a threshold is found', THRESHOLD_METHODS, d.threshold);
  command
    .option('--factor <c>', `c of Algorithm 2, above 1 (default: ${d.factor})`, numberOption('--factor', f.factor))
    .option('--iterations <t>', `T of Algorithm 2 (default: ${d.iterations})`, integerOption('--iterations', 1))
    .option(
      '--warm-start <bool>',
      `exact first threshold for Algorithm 2 (default: ${d.warmStart})`,
      truthOption('--warm-start'),
    );
  named('--budget', 'rule', 'how many a silo keeps', BUDGET_RULES, d.budget);
  named('--normalisation', 'name', 'alternative to silos (Appendix B)', NORMALISATIONS, d.normalisation);
  named('--optimizer', 'name', 'optimizer', OPTIMIZERS, d.optimizer);
  named('--dialect', 'name', 'whose AdaFactor (docs/adafactor-dialects.md)', DIALECT_NAMES, d.dialect);
  command
    .option(
      '--momentum <b>',
      `momentum in [0, 1), or none (default: ${d.momentum ?? 'none'})`,
      numberOrNoneOption('--momentum', f.momentum),
    )
    .option(
      '--min-dim-size-to-factor <n>',
      `AdaFactor of t5x and optax factors matrices from this size on (default: ${d.minDimSizeToFactor})`,
      integerOption('--min-dim-size-to-factor', 1),
    )
    .option(
      '--learning-rate <r>',
      'learning rate, above 0 (default: what a sweep recorded for this seed and these data, else a guess by the method and ε)',
      numberOption('--learning-rate', f.learningRate),
    );
  named('--schedule', 'name', 'schedule', SCHEDULES, d.schedule);
  command
    .option('--warm-up <n>', `steps of warm-up (default: ${d.warmUp})`, integerOption('--warm-up', 0))
    .option('--steps <n>', `steps (default: ${recorded(d.steps)})`, integerOption('--steps', 1))
    .option('--batch <n>', `examples a step (default: ${recorded(d.batch)})`, integerOption('--batch', 1))
    .option(
      '--accumulation <n>',
      `parts of a batch (default: ${recorded(d.accumulation)})`,
      integerOption('--accumulation', 1),
    )
    .option(
      '--clip <norm>',
      `largest gradient norm, above 0, or none (default: ${d.clip ?? 'none'})`,
      numberOrNoneOption('--clip', f.clip),
    )
    .option(
      '--dropout <rate>',
      `share of activations dropped, in [0, 1) (default: ${d.dropout})`,
      numberOption('--dropout', f.dropout),
    )
    .option('--seed <n>', `seed of all chance (default: ${d.seed})`, integerOption('--seed', 0));
  named('--kernels', 'name', 'hot loops', KERNEL_NAMES, d.kernels);
  command
    .option(
      '--evaluate-every <n>',
      `steps between measurements; 0: none (default: ${d.evaluateEvery})`,
      integerOption('--evaluate-every', 0),
    )
    .option(
      '--evaluate-rows <n>',
      `development rows in one (default: ${d.evaluateRows})`,
      integerOption('--evaluate-rows', 1),
    );
  named('--measure', 'split', 'split that the result is measured on', ['test', 'development'], d.measure);
  return command
    .option('--measure-rows <n>', 'how many of its rows (default: all)', integerOption('--measure-rows', 1))
    .option(
      '--beams <n>',
      `beams of that measurement; 1 is greedy (default: ${recorded(d.beams)})`,
      integerOption('--beams', 1),
    )
    .option(
      '--length-penalty <a>',
      `α of the beams’ length penalty, from 0 (default: ${d.lengthPenalty})`,
      numberOption('--length-penalty', f.lengthPenalty),
    );
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
