/**
 * The command, built for the specs that start it as a process. They do not touch dist/, which may be in use; the build
 * lies under node_modules/.cache by the state of the sources, so that it is made once.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const CACHE = join(ROOT, 'node_modules', '.cache', 'dst-spec');

/** Builds the command if the sources have changed since the last time; returns the path of its main.js. */
export function buildCommand(): string {
  const state = stamp();
  const folder = join(CACHE, state);
  const command = join(folder, 'cli', 'main.js');
  if (existsSync(command)) return command;
  mkdirSync(CACHE, { recursive: true });
  const temporary = `${folder}.${process.pid}`;
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), '--into', temporary], { cwd: ROOT });
  for (const name of readdirSync(CACHE)) {
    // Builds of earlier states; one of this state is that of another worker, made at the same time.
    if (!name.startsWith(state)) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
  try {
    renameSync(temporary, folder);
  } catch (error) {
    if (!existsSync(command)) throw error;
    rmSync(temporary, { recursive: true, force: true }); // the other worker was faster
  }
  return command;
}

/** A digest of the paths, sizes and times of all that is built. */
function stamp(): string {
  const hash = createHash('sha256');
  for (const folder of ['src', 'html', 'spec', 'cli']) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const { mtimeMs, size } = statSync(join(ROOT, folder, name));
      hash.update(`${folder}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}
