/**
 * `--transcript FILE`: what went over the wire, line by line: `# ` a check begins, `> ` what the program was asked, `< ` what it
 * answered. Without its first two characters a question can be pasted into the program.
 *
 * @module
 */
import { writeAtomically } from '../../src/files/atomic.ts';

export interface Transcript {
  readonly add: (line: string) => void;
  /** Puts what was said so far into the file, whole or not at all. */
  readonly write: () => void;
}

/** Keeps nothing if there is no file to write it to. */
export function createTranscript(path: string | undefined): Transcript {
  if (path === undefined) return { add: () => undefined, write: () => undefined };
  const lines: Uint8Array[] = [];
  const encoder = new TextEncoder();
  return {
    add: (line) => void lines.push(encoder.encode(`${line}\n`)),
    write: () => writeAtomically(path, lines),
  };
}
