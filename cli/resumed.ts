/**
 * Options beside `--resume`: they must agree with what the run was begun with.
 *
 * @module
 */
import type { Command } from 'commander';
import { InvalidInput, wrong } from '../src/errors.ts';
import { canonicalJson } from '../src/run/checkpoint.ts';
import { isComparison, type RunRecord } from '../src/run/runFolder.ts';
import { folderOfTask } from '../src/data/tasks.ts';
import { describeCall } from './hint.ts';
import type { Io } from './io.ts';
import { valueOf } from './options.ts';
import { inWords, type Choice } from './recorded.ts';

/** Options that say where the parts of a run lie; whether what lies there is the run's, its identity decides. */
export const PLACES = ['model', 'task', 'data', 'test'] as const;
/** Options of every command that no run is made of. */
const ALWAYS_FREE = ['resume', 'json', 'quiet', 'threads', 'acceptData'];

/**
 * Refuses a training run if a main job is to be continued, and the other way round: each would write into the other's folder.
 *
 * @throws InvalidInput naming the command that continues it.
 */
export function requireResumable(command: 'train' | 'demo', folder: string, record: RunRecord, io: Io): void {
  const is = isComparison(folder, record) ? 'demo' : 'train';
  if (is === command) return;
  const call = describeCall(io, [is, '--resume', folder]);
  throw new InvalidInput(
    `--resume: expected ${WORDS[command]}, got ${folder}, ${WORDS[is]}; continue it with: ${call}`,
  );
}

const WORDS = { train: 'a training run', demo: 'a main job' } as const;

/**
 * Refuses every option that was given and says something else than the run was begun with; also one that the run has
 * nothing to compare with, unless it is free.
 *
 * @param known - what the run was begun with, by the options' names in camel case.
 * @param free - options that may be what they like, such as the number of children.
 * @param folder - the run's, for errors.
 * @throws InvalidInput naming the option and both values.
 */
export function requireAgreement(command: Command, known: Choice, free: readonly string[], folder: string): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli' || ALWAYS_FREE.includes(name) || free.includes(name)) continue;
    const value = valueOf(command.getOptionValue(name));
    const flag = option.long ?? option.flags;
    if (!(name in known))
      throw new InvalidInput(`${flag}: expected no such option beside --resume, got ${inWords(value)}`);
    if (canonicalJson(known[name]) === canonicalJson(value)) continue;
    throw new InvalidInput(
      `${flag}: expected ${inWords(known[name])}, with which the run in ${folder} was begun, got ${inWords(value)}`,
    );
  }
}

/** As {@link requireAgreement}, for the fields of a file of `--config`. */
export function requireFileAgreement(file: Choice, known: Choice, path: string, folder: string): void {
  for (const [name, value] of Object.entries(file)) {
    if (PLACES.some((place) => place === name) || canonicalJson(known[name]) === canonicalJson(value)) continue;
    const then = inWords(known[name]);
    throw new InvalidInput(
      `${path}: ${name}: expected ${then}, with which the run in ${folder} was begun, got ${inWords(value)}`,
    );
  }
}

/**
 * The folder that the options name for the data of a run, or null.
 *
 * @throws InvalidInput if they name another task.
 */
export function dataPlaceOf(
  { config }: Pick<RunRecord, 'config'>,
  { task, data }: { readonly task?: string | undefined; readonly data?: string | undefined },
): string | null {
  const isPair = config.data !== null;
  if (data !== undefined && !isPair) throw wrong('--data', 'a run on a pair of languages', `one on ${config.task}`);
  if (isPair || folderOfTask(config) === null) {
    if (task !== undefined && task !== config.task) throw wrong('--task', `${config.task}, the task of the run`, task);
    return data ?? null;
  }
  return task ?? null;
}
