/**
 * What the operating system says, in this project's words.
 *
 * @module
 */
import { InvalidInput, Unavailable } from '../errors.ts';

/** What a system error means, by its code. */
const MEANINGS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'a read-only file system',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'a folder',
  EEXIST: 'a file of that name',
  EIO: 'an input/output error of the device',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'a name that is too long',
  ELOOP: 'a loop of symbolic links',
};

/** A system error's code, e.g. `ENOSPC`; undefined for errors of another kind. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

/** The error for a failed write: always {@link Unavailable}, the system refused it. */
export function writeFailure(path: string, expected: string, cause: unknown): Unavailable {
  return new Unavailable(`${path}: expected ${expected}, got ${describe(cause)}`, { cause });
}

/** The error for a failed read: {@link InvalidInput} if the path names no file, otherwise {@link Unavailable}. */
export function readFailure(path: string, cause: unknown): InvalidInput | Unavailable {
  const message = `${path}: expected a file that can be read, got ${describe(cause)}`;
  const wrongPath = ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(cause) ?? '');
  return wrongPath ? new InvalidInput(message, { cause }) : new Unavailable(message, { cause });
}

function describe(cause: unknown): string {
  const code = codeOf(cause);
  if (code === undefined) return cause instanceof Error ? cause.message : String(cause);
  const meaning = MEANINGS[code];
  return meaning === undefined ? code : `${meaning} (${code})`;
}
