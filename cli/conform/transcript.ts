/**
 * `--transcript FILE`: what went over the wire, line by line: `# ` a check begins, `> ` what the program was asked, `< ` what it
 * answered. Without its first two characters a question can be pasted into the program.
 *
 * @module
 */
import { writeAtomically } from '../../src/files/atomic.ts';

/** What goes to and comes from one program. */
export interface Track {
  readonly add: (line: string) => void;
  /** What follows belongs to the check of this place in the run. */
  readonly begin: (place: number, id: string) => void;
}

export interface Transcript {
  /** The lines of one program: of several that run at once, those of one check stay together. */
  readonly track: () => Track;
  /** Puts what was said so far into the file, check by check in the order of the run, whole or not at all. */
  readonly write: () => void;
}

/** Keeps nothing if there is no file to write it to. */
export function createTranscript(path: string | undefined): Transcript {
  const nothing = (): void => undefined;
  if (path === undefined) return { track: () => ({ add: nothing, begin: nothing }), write: nothing };
  const sections: { readonly place: number; readonly lines: Uint8Array[] }[] = [];
  const encoder = new TextEncoder();
  const track = (): Track => {
    let lines: Uint8Array[] = [];
    const add = (line: string): void => void lines.push(encoder.encode(`${line}\n`));
    const open = (place: number): void => {
      lines = [];
      sections.push({ place, lines });
    };
    open(-1);
    return {
      add,
      begin: (place, id) => {
        open(place);
        add(`# ${id}`);
      },
    };
  };
  const write = (): void => {
    const ordered = sections.toSorted((a, b) => a.place - b.place);
    writeAtomically(
      path,
      ordered.flatMap(({ lines }) => lines),
    );
  };
  return { track, write };
}
