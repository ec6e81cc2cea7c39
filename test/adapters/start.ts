/**
 * Makes a shipped adapter ready to run: finds its interpreter, compiles it, or says what is missing.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locate, type Language } from '../../cli/conform/languages.ts';
import { packageRoot } from '../../cli/package.ts';
import { Session } from '../../spec/wire/session.ts';

/** Where Debian's packages of Python modules are seen, whatever comes first on the path. */
const PYTHONS = ['python3', '/usr/bin/python3'] as const;

/** An adapter in a folder of its own, or why there is none. */
export type Prepared = { readonly command: readonly string[] } | { readonly missing: string };

/** Those that a tool of minutes or of downloads makes run: `npm run test:peers` asks them. */
export const OF_PEERS: readonly string[] = ['cpp', 'rust', 'go', 'r'];

/** Their warnings are errors here. */
const STRICT: Readonly<Record<string, readonly string[]>> = {
  cc: ['-Wall', '-Wextra', '-Werror'],
  'c++': ['-Wall', '-Wextra', '-Werror'],
};

/**
 * A copy of the adapter in `folder`, ready to be started from anywhere.
 *
 * @param python - the interpreter to take; without it the first that has the adapter's module.
 */
export function prepare(language: Language, folder: string, python = findPython(language.module ?? 'json')): Prepared {
  cpSync(join(packageRoot(), 'adapters', language.folder), folder, { recursive: true });
  const missing = { missing: `not installed: ${language.name} needs ${language.needs}` };
  if (language.build !== undefined) {
    const [compiler, ...options] = locate(language.build, folder);
    const { error, status, stderr } = spawnSync(compiler, [...options, ...(STRICT[compiler] ?? [])]);
    if (error !== undefined) return missing;
    if (status !== 0) throw new Error(`${language.build.join(' ')}:\n${stderr.toString()}`);
  }
  const [first, ...rest] = locate(language.start, folder);
  // -B: no __pycache__ beside a mutant, whose source changes within the same second.
  if (first === 'python3') return python === undefined ? missing : { command: [python, '-B', ...rest] };
  if (first === 'node') return { command: [process.execPath, ...rest] };
  const isThere = language.build !== undefined || spawnSync(first, ['--version']).error === undefined;
  return isThere ? { command: [first, ...rest] } : missing;
}

/** The first Python that can import the module; asked once. */
export function findPython(module: string): string | undefined {
  if (!found.has(module)) {
    found.set(
      module,
      PYTHONS.find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0),
    );
  }
  return found.get(module);
}

const found = new Map<string, string | undefined>();

export function openSession(command: readonly string[]): Session {
  return new Session({ command, timeoutMs: 60_000, startTimeoutMs: 60_000 }); // the machine may be busy
}

/** A folder that is there while something is done in it. */
export async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dst-adapter-'));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
