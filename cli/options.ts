/**
 * Reading the values of options: each error says `--option: expected X, got Y`.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { wrong } from '../src/errors.ts';
import { readText } from '../src/files/atomic.ts';
import { finite, integer, oneOf, type Check } from '../src/kinds.ts';
import { parseJson } from '../src/text/json.ts';

/** A number that `check` lets through: that of the config's field, if there is one. */
export function numberOption(flag: string, check: Check<number> = finite): (value: string) => number {
  return (value) => check(numberIn(value), flag);
}

/** The number that a text is; else the text itself, which no check of a number lets through. */
export function numberIn(text: string): number | string {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}

/** One of a closed list. */
export function nameOption<const T extends string>(flag: string, names: readonly T[]): (value: string) => T {
  return (value) => oneOf(names)(value, flag);
}

/** A whole number from `least` on. */
export function integerOption(flag: string, least: number): (value: string) => number {
  return numberOption(flag, integer(least));
}

/** `1,2,3`: different whole numbers from 0 on. */
export function randomSeedsOption(value: string): readonly number[] {
  const randomSeeds = value.split(',').map(integerOption('--random-seeds', 0));
  if (new Set(randomSeeds).size < randomSeeds.length) throw wrong('--random-seeds', 'numbers that differ', value);
  return randomSeeds;
}

/** Null as a parsed option: commander takes a null itself for an option without its value, and puts an empty text there. */
export const NONE = Symbol('none');

/** The value of an option as a config has it. */
export function valueOf(option: unknown): unknown {
  return option === NONE ? null : option;
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
