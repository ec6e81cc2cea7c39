/**
 * The command that tries one failing input again.
 *
 * @module
 */

/** A word as a POSIX shell reads it back; for showing it, as we start no shell. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export interface Replay {
  /** How the user calls the command, e.g. `npx dst`, as a shell takes it. */
  readonly calledAs: string;
  readonly id: string;
  readonly seed: number;
  readonly path: string;
  readonly command: readonly string[];
}

export function replayLine({ calledAs, id, seed, path, command }: Replay): string {
  const argv = ['conform', '--checks', id, '--seed', String(seed), '--path', path, '--', ...command];
  return [calledAs, ...argv.map(quote)].join(' ');
}
