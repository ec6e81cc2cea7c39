/**
 * The command, built for the specs that start it as a process. They do not touch dist/, which may be in use; the build
 * lies under node_modules/.cache by the state of the sources, so that it is made once.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const CACHE = join(ROOT, 'node_modules', '.cache', 'dst-spec');
const WASM = join('src', 'kernel', 'simd.wasm');
const SCHEMAS = join('spec', 'wire', 'schemas');

/** Builds the command if the sources have changed since the last time; returns the path of its main.js. */
export function buildCommand(): string {
  const folder = join(CACHE, stamp());
  const command = join(folder, 'cli', 'main.js');
  if (existsSync(command)) return command;
  const temporary = `${folder}.${process.pid}`;
  const options = ['--noCheck', '--declaration', 'false', '--sourceMap', 'false', '--inlineSources', 'false'];
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', ...options, '--outDir', temporary], {
    cwd: ROOT,
  });
  mkdirSync(join(temporary, 'src', 'kernel'), { recursive: true });
  copyFileSync(join(ROOT, WASM), join(temporary, WASM));
  cpSync(join(ROOT, SCHEMAS), join(temporary, SCHEMAS), { recursive: true });
  for (const name of readdirSync(CACHE)) {
    // Builds of earlier states; one that another process is making keeps its number behind the point.
    if (!name.includes('.')) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
  renameSync(temporary, folder);
  return command;
}

/** A digest of the paths, sizes and times of all that is built. */
function stamp(): string {
  const hash = createHash('sha256');
  for (const folder of ['src', 'cli', 'spec']) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const { mtimeMs, size } = statSync(join(ROOT, folder, name));
      hash.update(`${folder}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}
