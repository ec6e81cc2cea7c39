/**
 * What the command sees of the world: its streams, its environment and the wish to stop. A test passes its own.
 *
 * @module
 */
import { Unavailable } from '../src/errors.ts';

/** Where text goes. */
export interface Output {
  write(text: string): unknown;
  /** Whether a person looks at it. */
  readonly isTTY?: boolean;
  /** Characters a line. */
  readonly columns?: number;
}

/** The call that continues the work that was stopped. */
export interface StopHint {
  /** How the user calls the command, e.g. `npx dst`. */
  readonly calledAs: string;
  /** The arguments after it. */
  readonly argv: readonly string[];
}

export interface Io {
  /** Results, and nothing else. */
  readonly stdout: Output;
  /** Messages: progress, warnings, errors. */
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted at the first Ctrl-C: a training run then ends at the next step's end, with a checkpoint. */
  readonly signal: AbortSignal;
  /** Where a child process reports its progress; absent if nothing listens. */
  readonly report?: (message: unknown) => void;
  /** The arguments after `dst`. */
  readonly argv?: readonly string[];
  /** How the user calls the command, e.g. `npx dst`; `dst` if absent. */
  readonly calledAs?: string;
  /** Is told what begins that may take long and says nothing meanwhile, and null when it has ended. */
  readonly onWait?: (words: string | null) => void;
  /** Is told how the work is continued if it is stopped from here on. */
  readonly onStop?: (hint: StopHint) => void;
}

/** Ctrl-C: the work was stopped on request, and left so that it can be resumed. The command exits with 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A check that the command made does not hold. The command exits with 1. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

/** A child process that died: with the signal's or the exit's name and its last words. */
export class ChildFailed extends Unavailable {
  /** The child's own exit code, null if a signal ended it. */
  readonly exitCode: number | null;

  constructor(message: string, exitCode: number | null) {
    super(message);
    this.exitCode = exitCode;
  }
}
