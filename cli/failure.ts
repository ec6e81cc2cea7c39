/**
 * From what was thrown to what the user reads and the exit code: 0 done, 1 a check failed, 2 a wrong call or input,
 * 3 something the machine does not provide, 4 a defect of ours, 130 stopped by Ctrl-C.
 *
 * @module
 */
import { InvalidInput, Unavailable } from '../src/errors.ts';
import { CheckFailed, ChildFailed, Interrupted, type Io } from './io.ts';

/** Where a defect is to be reported. */
const REPORT_TO = 'the project’s issue tracker';

/** What the system says when a file or device refuses: the codes that are the machine's word, not a defect. */
const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the quota is used up',
  EMFILE: 'too many open files',
  EIO: 'the device failed',
};

/** The exit code that what was thrown stands for. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CheckFailed) return 1;
  if (error instanceof InvalidInput) return 2;
  if (error instanceof Interrupted) return 130;
  if (error instanceof ChildFailed) return error.exitCode ?? 3;
  if (error instanceof Unavailable || isSystemError(error)) return 3;
  return 4;
}

/** Writes the message for what was thrown to stderr; a stack trace only if DST_DEBUG is set. Returns the code. */
export function reportFailure(error: unknown, io: Pick<Io, 'stderr' | 'environment'>): number {
  const code = exitCodeOf(error);
  io.stderr.write(`dst: ${describe(error)}\n`);
  if (code === 4) {
    io.stderr.write(
      `This is a defect of dst. Please report it to ${REPORT_TO}; DST_DEBUG=1 shows where it happened.\n`,
    );
  }
  if (io.environment['DST_DEBUG'] && error instanceof Error) io.stderr.write(`${error.stack ?? ''}\n`);
  return code;
}

/** What the user reads of it. */
export function describe(error: unknown): string {
  if (isSystemError(error)) {
    const word = SYSTEM_WORDS[error.code] ?? error.code;
    return `${error.path ?? error.syscall}: expected to ${error.syscall} it, got ${error.code} (${word})`;
  }
  return error instanceof Error ? error.message : String(error);
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

/** Errors that Node made of an errno. */
function isSystemError(error: unknown): error is SystemError {
  return (
    error instanceof Error &&
    'syscall' in error &&
    typeof error.syscall === 'string' &&
    'code' in error &&
    typeof error.code === 'string'
  );
}
