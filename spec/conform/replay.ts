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
  readonly id: string;
  readonly seed: number;
  readonly path: string;
  readonly command: readonly string[];
}

export function replayLine({ id, seed, path, command }: Replay): string {
  return ['dst', 'conform', '--checks', id, '--seed', String(seed), '--path', path, '--', ...command]
    .map(quote)
    .join(' ');
}
