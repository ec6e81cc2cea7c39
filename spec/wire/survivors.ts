/**
 * The processes that a program has started and left behind, wherever they have gone: each carries a mark in its
 * environment. If there is no /proc (macOS), only the process group is known, and nothing is found here.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';

/** The environment variable that marks a program and all that it starts. */
export const MARK = 'DST_CONFORM_PROGRAM';

/** The ids of the living processes whose environment carries that mark. */
export function findMarked(mark: string): number[] {
  return listProcesses().filter((pid) => environmentOf(pid).includes(`${MARK}=${mark}\0`));
}

/** Kills them, and those that they start meanwhile; returns how many there were. */
export function killMarked(mark: string): number {
  const killed = new Set<number>();
  for (let found = findMarked(mark); found.length > 0; found = findMarked(mark)) {
    for (const pid of found) {
      killed.add(pid);
      kill(pid);
    }
    if (killed.size > MOST_SURVIVORS) break;
  }
  return killed.size;
}

/** A program that forks faster than it can be killed must not hold us here for ever. */
const MOST_SURVIVORS = 10_000;

/** Kills a process, or with a negative id a process group; one that is gone already is no error. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}

function listProcesses(): number[] {
  return names('/proc').map(Number).filter(Number.isInteger);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no /proc on this system
  }
}

function environmentOf(pid: number): string {
  try {
    return `${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`;
  } catch {
    return ''; // it has ended, or is somebody else's
  }
}
