/**
 * The options of a run, one for each field of its config: an option takes what the field's check lets through.
 *
 * @module
 */
import type { Command } from 'commander';
import { Internal } from '../src/errors.ts';
import type { Check } from '../src/kinds.ts';
import { DIALECT_NAMES, DIALECTS } from '../src/optim/dialects.ts';
import { FACTORINGS } from '../src/optim/factoring.ts';
import type { OptimizationConfig } from '../src/train/config.ts';
import { numberIn, NONE } from './options.ts';
import { inKebabCase, inWords } from './recorded.ts';

/** What its argument is called, what the option is for, and its default, if that is not the field's. */
type Words = readonly [argument: string, says: string, standard?: string];

/** The words of every field, but for those that have an option of another kind, or none. */
export type OptionWords<T, Without extends keyof T = never> = Readonly<Record<Exclude<keyof T, Without>, Words>>;

const WITH_MINIMUM = DIALECT_NAMES.filter((name) => FACTORINGS[DIALECTS[name].factoring].hasMinimum);

/** Those of the fields that pre-training and fine-tuning share. */
export const OPTIMIZATION_WORDS = {
  optimizer: ['name', 'optimizer'],
  momentum: ['b', 'momentum in [0, 1), or none'],
  minDimSizeToFactor: ['n', `AdaFactor of ${WITH_MINIMUM.join(', ')} factors matrices from this size on`],
  learningRate: ['r', 'peak of the learning rate, above 0'],
  schedule: ['name', 'schedule'],
  warmUp: ['n', 'steps of warm-up'],
  steps: ['n', 'steps'],
  clip: ['norm', 'largest gradient norm, above 0, or none'],
  dropout: ['rate', 'share of activations dropped, in [0, 1)'],
  randomSeed: ['n', 'seed of all random numbers'],
  kernels: ['name', 'hot loops'],
} as const satisfies OptionWords<OptimizationConfig>;

/** Adds an option for each field that has words. */
export function addFieldOptions(
  command: Command,
  words: Readonly<Record<string, Words>>,
  fields: Readonly<Record<string, Check<unknown>>>,
  defaults: object,
): Command {
  const checks = new Map(Object.entries(fields));
  const standards = new Map<string, unknown>(Object.entries(defaults));
  for (const [name, [argument, says, standard]] of Object.entries(words)) {
    const check = checks.get(name);
    if (check === undefined) throw new Internal(`options: expected a field ${name}, got none`);
    const flag = `--${inKebabCase(name)}`;
    const what = check.names === undefined ? says : `${says}: ${check.names.join(', ')}`;
    const described = `${what} (default: ${standard ?? inWords(standards.get(name))})`;
    command.option(`${flag} <${argument}>`, described, (text) => check(valueIn(text, check), flag) ?? NONE);
  }
  return command;
}

/** The value that a text is for a check: one of its names, nothing, yes or no, or a number; else the text itself. */
function valueIn(text: string, { names, isNullable = false }: Check<unknown>): unknown {
  if (names !== undefined) return text;
  if (isNullable && text === 'none') return null;
  return text === 'true' || text === 'false' ? text === 'true' : numberIn(text);
}
