/**
 * For the specs of the wire: what is started from here on can be told from everything else that runs.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The argument vector of a program under programs/. */
export function programCommand(name: string, ...args: readonly string[]): readonly string[] {
  return [process.execPath, fileURLToPath(new URL(`./programs/${name}.mjs`, import.meta.url)), ...args];
}

/** Marks what this process starts from now on; returns a function that lists those of them that live (on Linux). */
export function watchProcesses(): () => readonly string[] {
  const token = randomUUID();
  process.env['DST_SPEC_TOKEN'] = token;
  return () => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && carries(pid, token));
}

function carries(pid: string, token: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(token);
  } catch {
    return false; // it has ended meanwhile
  }
}
