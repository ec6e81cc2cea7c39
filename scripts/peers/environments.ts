/**
 * The Python environments that our code is compared in: a file of requirements each, test/peers/requirements/NAME.txt,
 * installed into a folder that git ignores.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unknownName } from '../../src/errors.ts';
import { packageRoot } from '../../cli/package.ts';

const REQUIREMENTS = join(packageRoot(), 'test', 'peers', 'requirements');

/** A line that takes in another file: that file's environment lies below this one, and is installed once for all. */
const BASE = /^-r (\S+)\.txt$/;
const PINNED = /^([\w.-]+)==(\S+)$/;

/** What an environment needs. */
export interface Requirements {
  readonly name: string;
  /** The environments below it, whose packages it sees. */
  readonly bases: readonly string[];
  /** Its own packages and their versions, all pinned. */
  readonly packages: ReadonlyMap<string, string>;
}

/** The names of all environments. */
export function environmentNames(): string[] {
  return readdirSync(REQUIREMENTS)
    .map((file) => file.replace(/\.txt$/, ''))
    .sort();
}

/**
 * Reads the requirements of an environment.
 *
 * @throws InvalidInput if there is none of that name, or a line is neither a comment, a base, nor a pinned package.
 */
export function readRequirements(name: string): Requirements {
  const names = environmentNames();
  if (!names.includes(name)) throw unknownName('environment', names, name);
  return parseRequirements(name, readFileSync(join(REQUIREMENTS, `${name}.txt`), 'utf8'));
}

/** As {@link readRequirements}, from the file's text. */
export function parseRequirements(name: string, text: string): Requirements {
  const bases: string[] = [];
  const packages = new Map<string, string>();
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const base = BASE.exec(line);
    const pinned = PINNED.exec(line);
    if (base !== null) bases.push(base[1]);
    else if (pinned !== null) packages.set(pinned[1], pinned[2]);
    else throw unknownName(`${name}.txt`, ['NAME==VERSION', '-r NAME.txt'], line);
  }
  return { name, bases, packages };
}

/** All packages with their versions, those of the environments below among them. */
export function packagesOf(name: string): ReadonlyMap<string, string> {
  const { bases, packages } = readRequirements(name);
  return new Map([...bases.flatMap((base) => [...packagesOf(base)]), ...packages]);
}

/** The same as lines. */
export function lockOf(name: string): string {
  return [...packagesOf(name)].map(([each, version]) => `${each}==${version}\n`).join('');
}

/** Where environments lie: `.peers` in this repository, or the folder that DST_PEERS names, for several clones. */
export function folderOf(name: string): string {
  return join(resolve(process.env['DST_PEERS'] ?? join(packageRoot(), '.peers')), name);
}

/** The environment's own Python. */
export function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python3');
}

/** What was installed, written when the installation had ended. */
export function stampIn(folder: string): string {
  return join(folder, 'installed.txt');
}

/** Whether the environment is there, as its file of requirements now is. */
export function isInstalled(name: string): boolean {
  const stamp = stampIn(folderOf(name));
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockOf(name);
}

/** Why a test that needs the environment is skipped. */
export function missing(name: string): string {
  return `the Python environment ${name} is not installed: npm run peers -- ${name}`;
}
