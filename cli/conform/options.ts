/**
 * What `dst conform` is asked to do, read and checked before any program is started.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { InvalidInput, wrong } from '../../src/errors.ts';
import { readText, requireWritable } from '../../src/files/atomic.ts';
import { oneOf } from '../../src/kinds.ts';
import { parseKnown } from '../../spec/conform/known.ts';
import type { Known } from '../../spec/conform/known.ts';
import { levelOf } from '../../spec/conform/levels.ts';
import { LEVELS } from '../../spec/conform/record.ts';
import { selectLaws } from '../../spec/conform/select.ts';
import type { Law } from '../../spec/laws/law.ts';

/** The options as commander gives them. */
export interface ConformOptions {
  readonly checks?: readonly string[];
  readonly level?: readonly string[];
  readonly paperOnly?: true;
  readonly list?: true;
  readonly init?: string;
  readonly runs: number;
  readonly seed: number;
  readonly jobs: number;
  readonly inFlight: number;
  readonly path?: string;
  readonly timeLimit: number;
  readonly timeoutMs: number;
  readonly startTimeoutMs: number;
  readonly skip?: string;
  readonly xfail?: string;
  readonly writeXfail?: string;
  readonly json?: string | true;
  readonly junit?: string;
  readonly html?: string;
  readonly badge?: string;
  readonly vectors?: string;
  readonly save?: string;
  readonly transcript?: string;
  readonly failFast?: true;
  readonly adapterCheck?: true;
  readonly quiet?: true;
}

/** The laws that --checks, --level and --paper-only leave. */
export function chooseLaws(all: readonly Law[], options: ConformOptions): readonly Law[] {
  const patterns = options.checks?.flatMap((list) => list.split(',')).filter((pattern) => pattern !== '');
  const levels = options.level?.map((level) => oneOf(LEVELS)(level, '--level'));
  const chosen = (patterns === undefined ? all : selectLaws(all, patterns, '--checks'))
    .filter((law) => levels?.includes(levelOf(law)) ?? true)
    .filter(({ kind }) => options.paperOnly === undefined || kind === 'paper');
  if (chosen.length === 0)
    throw new InvalidInput('conform: expected at least one check, got none that all options leave');
  if (options.vectors !== undefined && options.path !== undefined) {
    throw new InvalidInput('--path: expected a run of the laws, got one of --vectors');
  }
  if (options.path !== undefined && !/^\d+(:\d+)*$/.test(options.path)) {
    throw wrong('--path', 'numbers with colons between them, as a failure names them', options.path);
  }
  if (options.path !== undefined && chosen.length > 1) {
    throw new InvalidInput(`--path: expected one check to replay (--checks ID), got ${chosen.length}`);
  }
  return chosen;
}

/** Refuses files that could not be written: before the checks, not after. */
export function requireWritableOutputs({
  json,
  junit,
  html,
  badge,
  writeXfail,
  save,
  transcript,
}: ConformOptions): void {
  for (const path of [json, junit, html, badge, writeXfail, save, transcript])
    if (typeof path === 'string') requireWritable(path);
}

/** The reasons in the file that --write-xfail is to replace: of checks that fail still, and of those that are not asked now. */
export function readReasons(path: string, laws: readonly Law[]): Known {
  return existsSync(path) ? parseKnown(readText(path), laws, path) : new Map();
}

/** The checks that a file names, or none without a file. */
export function readKnown(flag: string, path: string | undefined, laws: readonly Law[]): Known {
  if (path === undefined) return new Map();
  if (!existsSync(path)) throw wrong(flag, 'a file', path);
  return parseKnown(readText(path), laws, path);
}
