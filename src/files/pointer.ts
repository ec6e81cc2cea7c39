/**
 * `runs/latest`: a name that points to a folder, changed in one step.
 *
 * @module
 */
import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { decodeText, readBytes, syncFolder, temporaryName, writeAtomically } from './atomic.ts';
import { codeOf, writeFailure } from './failure.ts';
import { nodeFileSystem } from './fileSystem.ts';
import type { FileSystem } from './fileSystem.ts';

/** How a pointer begins if it is a text file: in bytes, since whatever else the path names need not be text. */
const MARK = new TextEncoder().encode('points to: ');
/** No path is longer; a larger file is not read to see whether it is a pointer. */
const MAXIMUM_BYTES = 4096;

/**
 * Makes `link` point to `target`: a symbolic link with a relative path, or a text file if links are not allowed.
 *
 * @throws {@link Unavailable} if the system refuses, also if `link` is a folder.
 */
export function pointTo(link: string, target: string, fileSystem: FileSystem = nodeFileSystem): void {
  const path = relative(realpathSync(dirname(link)), realpathSync(target));
  const temporary = temporaryName(link);
  try {
    removeIfThere(temporary, fileSystem);
    fileSystem.symlinkSync(path, temporary);
  } catch (cause) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(codeOf(cause) ?? ''))
      throw writeFailure(link, 'to make a link', cause);
    writeAtomically(link, [MARK, new TextEncoder().encode(`${path}\n`)], fileSystem);
    return;
  }
  try {
    fileSystem.renameSync(temporary, link);
  } catch (cause) {
    removeIfThere(temporary, fileSystem);
    throw writeFailure(link, 'to put a link in its place', cause);
  }
  syncFolder(dirname(link), fileSystem);
}

/** The path that a pointer points to, or the path itself if it is none. */
export function resolvePointer(path: string): string {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isSymbolicLink()) return resolve(realpathSync(dirname(path)), readlinkSync(path));
  if (status === undefined || !status.isFile() || status.size > MAXIMUM_BYTES) return path;
  const bytes = readBytes(path);
  if (!MARK.every((byte, i) => bytes[i] === byte)) return path;
  return resolve(realpathSync(dirname(path)), decodeText(bytes, path).slice(MARK.length).trimEnd());
}

function removeIfThere(path: string, fileSystem: FileSystem): void {
  try {
    fileSystem.unlinkSync(path);
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause;
  }
}
