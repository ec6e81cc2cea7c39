/**
 * Installs a Python environment: a virtual environment with pinned packages, over those that it is based on.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Unavailable } from '../../src/errors.ts';
import { folderOf, isInstalled, lockOf, pythonIn, readRequirements, stampIn } from './environments.ts';

/** transformers 5.24 asks for 3.11; torch 2.6 has no build for 3.14. */
const OLDEST = 11;
const NEWEST = 13;

/** Whatever may be a Python of those versions on this machine. */
const PROGRAMS = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'] as const;

/** Installs an environment, and first those below it; does nothing if it is there already. */
export function install(name: string, say: (line: string) => void): void {
  if (isInstalled(name)) {
    say(`${name}: installed`);
    return;
  }
  const { bases, packages } = readRequirements(name);
  for (const base of bases) install(base, say);
  const folder = folderOf(name);
  say(`${name}: installing ${[...packages].map(([package_, version]) => `${package_} ${version}`).join(', ')}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  call(findPython(), ['-m', 'venv', folder]);
  const python = pythonIn(folder);
  if (bases.length > 0) {
    const [own, ...below] = [folder, ...bases.map(folderOf)].map((path) => sitePackages(pythonIn(path)));
    writeFileSync(join(own, 'below.pth'), `${below.join('\n')}\n`);
  }
  const pinned = [...packages].map(([package_, version]) => `${package_}==${version}`);
  call(python, ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', ...pinned]);
  writeFileSync(stampIn(folder), lockOf(name));
}

/** A Python of the right version: the one that DST_PYTHON names, or the first on the path. */
function findPython(): string {
  const named = process.env['DST_PYTHON'];
  const programs = named === undefined ? PROGRAMS : [named];
  const found = programs.find((program) => {
    const minor = Number(
      /^Python 3\.(\d+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1],
    );
    return minor >= OLDEST && minor <= NEWEST;
  });
  if (found === undefined)
    throw new Unavailable(
      `peers: expected a Python 3.${OLDEST} to 3.${NEWEST} (or its path in DST_PYTHON), got none among ${programs.join(', ')}`,
    );
  return found;
}

function sitePackages(python: string): string {
  return call(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']).trim();
}

function call(program: string, words: readonly string[]): string {
  const { status, stdout, error } = spawnSync(program, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0)
    throw new Unavailable(
      `${program} ${words.slice(0, 3).join(' ')}: expected exit code 0, got ${error?.message ?? status}`,
    );
  return stdout;
}
