/**
 * The suites that compare our code with a peer in Python: a folder each, with its tests (`*.peers.ts`), suite.json, which
 * says what it covers, and last-result.json, which says when it last ran, on which versions, over which code.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package.ts';
import { lockOf } from '../../scripts/peers/environments.ts';
import { wrong } from '../../src/errors.ts';
import type { Figures } from './figures.ts';

const FOLDER = join('test', 'peers');
const SUITE = 'suite.json';
const RESULT = 'last-result.json';

/** What suite.json says. */
export interface Suite {
  /** The Python environments that its tests ask. */
  readonly environments: readonly string[];
  /** By name, what prints the version of a program that its tests ask, other than a Python. */
  readonly programs?: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** Files and folders, from the root, whose change makes the last result older than what it says. */
  readonly covers: readonly string[];
}

/** What last-result.json says. */
export interface SuiteResult {
  /** YYYY-MM-DD */
  readonly date: string;
  /** By environment, its packages with their versions, and Python's own; under `programs`, those of suite.json. */
  readonly versions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly passed: number;
  readonly failed: number;
  /** By subject, what the tests measured beside whether they passed. */
  readonly figures?: Figures;
  /** By path, the beginning of the SHA-256 of each file that the result is about. */
  readonly files: Readonly<Record<string, string>>;
}

/** The suites' names: every folder with a suite.json. */
export function suiteNames(): string[] {
  const folder = join(packageRoot(), FOLDER);
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, SUITE)));
}

export function readSuite(name: string): Suite {
  return JSON.parse(readFileSync(join(packageRoot(), FOLDER, name, SUITE), 'utf8')) as Suite;
}

/** @returns undefined where the suite has never been run. */
export function readResult(name: string): SuiteResult | undefined {
  const path = join(packageRoot(), resultPath(name));
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SuiteResult) : undefined;
}

/** From the root. */
export function resultPath(name: string): string {
  return join(FOLDER, name, RESULT);
}

/** The files that a suite's result is about, as they are now: what it covers, its own, and its environments' versions. */
export function digestsOf(name: string): Record<string, string> {
  const { covers, environments } = readSuite(name);
  const own = join(FOLDER, name);
  const files = [...covers, own].flatMap(filesUnder).filter((path) => path !== resultPath(name));
  const digests = Object.fromEntries(
    files.map((path) => [path.replaceAll('\\', '/'), digest(readFileSync(join(packageRoot(), path)))]),
  );
  for (const environment of environments)
    digests[`${FOLDER}/requirements/${environment}.txt`] = digest(lockOf(environment));
  return digests;
}

/** The files that are not as they were when the result was written: changed, new or gone. */
export function changedFiles(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...paths].filter((path) => before[path] !== now[path]).sort();
}

function filesUnder(path: string): string[] {
  const absolute = join(packageRoot(), path);
  if (!existsSync(absolute)) throw wrong('covers', 'a file or a folder that exists', path);
  if (statSync(absolute).isFile()) return [path];
  return readdirSync(absolute)
    .filter((name) => name !== '__pycache__')
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

function digest(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
