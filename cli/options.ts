/**
 * Reading the values of options: each error says `--option: expected X, got Y`.
 *
 * @module
 */
import { existsSync, readdirSync } from 'node:fs';
import type { Command } from 'commander';
import { wrong } from '../src/errors.ts';
import { readText } from '../src/files/atomic.ts';
import { parseJson } from '../src/text/json.ts';

/** A finite number; its range is the config's business. */
export function numberOption(flag: string): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) throw wrong(flag, 'a number', value);
    return number;
  };
}

/** A whole number from `least` on. */
export function integerOption(flag: string, least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isSafeInteger(number) || number < least) {
      throw wrong(flag, `a whole number of at least ${least}`, value);
    }
    return number;
  };
}

/** `1,2,3`: different whole numbers from 0 on. */
export function seedsOption(value: string): readonly number[] {
  const seeds = value.split(',').map(integerOption('--seeds', 0));
  if (new Set(seeds).size < seeds.length) throw wrong('--seeds', 'numbers that differ', value);
  return seeds;
}

/** Null as a parsed option: commander takes a null itself for an option without its value, and puts an empty text there. */
const NONE = Symbol('none');

/** A number, or `none`, for which {@link pick} gives null. */
export function numberOrNoneOption(flag: string): (value: string) => number | typeof NONE {
  return (value) => (value === 'none' ? NONE : numberOption(flag)(value));
}

/** The value of an option as a config has it. */
export function valueOf(option: unknown): unknown {
  return option === NONE ? null : option;
}

/** `true` or `false`. */
export function truthOption(flag: string): (value: string) => boolean {
  return (value) => {
    if (value !== 'true' && value !== 'false') throw wrong(flag, 'true or false', value);
    return value === 'true';
  };
}

/** The options that every command has. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON object on stdout')
    .option('--quiet', 'no progress on stderr')
    .helpOption('-h, --help', 'print this help');
}

export interface CommonOptions {
  readonly json?: true;
  readonly quiet?: true;
}

/** The examples at the end of a command's help. */
export function addExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const lines = examples.map(([call, meaning]) => `  $ ${call}\n      ${meaning}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}\n`);
}

/** The record in a JSON file that `--config` names. */
export function readConfigFile(path: string): unknown {
  if (!existsSync(path)) throw wrong('--config', 'a file', path);
  return parseJson(readText(path), path);
}

/** Those of `options` that `names` lists and the user gave. */
export function pick(options: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name, value]: [string, unknown]) => names.includes(name) && value !== undefined)
      .map(([name, value]: [string, unknown]) => [name, valueOf(value)]),
  );
}

/** Refuses a folder that already holds something: nothing of the user's is overwritten. */
export function requireNewFolder(flag: string, folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw wrong(flag, 'a new or an empty folder', folder);
}
