/**
 * Calls the command inside this process.
 *
 * @module
 */
import type { Io } from '../../cli/io.ts';
import { main } from '../../cli/run.ts';

/** What a call came to. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `dst` with these arguments; nothing of the real environment is seen. */
export async function call(argv: readonly string[], io: Partial<Io> = {}): Promise<Called> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    environment: {},
    signal: new AbortController().signal,
    ...io,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}
