/**
 * Files that are written whole or not at all, also if the machine stops in the middle.
 *
 * @module
 */
import { constants } from 'node:buffer';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Unavailable, wrong, type InvalidInput } from '../errors.ts';
import { codeOf, readFailure, writeFailure } from './failure.ts';
import { nodeFileSystem } from './fileSystem.ts';
import type { FileSystem } from './fileSystem.ts';

/**
 * Replaces the file at `path`, or makes it: the data go to a temporary file in the same folder, are forced to the disk,
 * the file takes the name, and the folder is forced to the disk. A reader sees the old content or the new one, never a
 * part; so does the next writer after a crash. On failure the old file stays and the temporary one is removed.
 *
 * @param data - bytes, text (written as UTF-8), or parts of it one after the other.
 * @throws {@link Unavailable} if the system refuses: no space, no permission, no such folder.
 */
export function writeAtomically(
  path: string,
  data: Uint8Array | string | readonly Uint8Array[],
  fileSystem: FileSystem = nodeFileSystem,
): void {
  writeWhole(path, data, fileSystem, (temporary) => fileSystem.renameSync(temporary, path));
}

/**
 * As {@link writeAtomically}, for a file that is not there yet.
 *
 * @returns whether it was written: of two who write at once, one hears false, and the file is the other's. On a file system
 * without links (FAT, some network drives) two that write in the same moment are not distinguished.
 */
export function writeNew(path: string, text: string, fileSystem: FileSystem = nodeFileSystem): boolean {
  let isNew = true;
  writeWhole(path, text, fileSystem, (temporary) => {
    isNew = takeName(temporary, path, fileSystem);
  });
  return isNew;
}

/** Gives a file that is written a name that nothing has; returns whether it could. */
function takeName(temporary: string, path: string, fileSystem: FileSystem): boolean {
  const isTaken = linkTo(temporary, path, fileSystem);
  if (isTaken === null && !existsSync(path)) {
    fileSystem.renameSync(temporary, path);
    return true;
  }
  quietly(() => fileSystem.unlinkSync(temporary));
  return isTaken === false;
}

/** Whether something had the name already; null if the file system has no links. */
function linkTo(file: string, name: string, fileSystem: FileSystem): boolean | null {
  try {
    fileSystem.linkSync(file, name);
    return false;
  } catch (cause) {
    const code = codeOf(cause) ?? '';
    if (code === 'EEXIST') return true;
    if (['EPERM', 'ENOTSUP', 'ENOSYS'].includes(code)) return null;
    throw cause;
  }
}

/** @param place - gives the temporary file, which is on the disk, its name. */
function writeWhole(
  path: string,
  data: Uint8Array | string | readonly Uint8Array[],
  fileSystem: FileSystem,
  place: (temporary: string) => void,
): void {
  const parts =
    typeof data === 'string' ? [new TextEncoder().encode(data)] : data instanceof Uint8Array ? [data] : data;
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const temporary = temporaryName(path);
  try {
    removeLeftovers(path, fileSystem);
    writeThrough(temporary, parts, fileSystem);
    place(temporary);
  } catch (cause) {
    quietly(() => fileSystem.unlinkSync(temporary));
    throw writeFailure(path, `to write ${size} bytes`, cause);
  }
  syncFolder(dirname(path), fileSystem);
}

/**
 * Refuses a path that {@link writeAtomically} could not write: before hours of work, not after.
 *
 * @throws {@link Unavailable} if the folder is missing or read-only, or a folder has the file's name.
 */
export function requireWritable(path: string, fileSystem: FileSystem = nodeFileSystem): void {
  if (isFolder(path)) throw new Unavailable(`${path}: expected a file that can be written, got a folder`);
  const temporary = temporaryName(path);
  try {
    fileSystem.closeSync(fileSystem.openSync(temporary, 'w'));
    fileSystem.unlinkSync(temporary);
  } catch (cause) {
    throw writeFailure(path, 'a file that can be written', cause);
  }
}

/** Makes a folder and those above it; does nothing if it is there. */
export function makeFolder(path: string, fileSystem: FileSystem = nodeFileSystem): void {
  try {
    makeWithParents(path, fileSystem);
  } catch (cause) {
    throw writeFailure(path, 'to make a folder', cause);
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Not Node's `recursive`: it never ends in a folder of the kernel's, such as /proc, which takes no new ones. */
function makeWithParents(path: string, fileSystem: FileSystem): void {
  const make = (): void => {
    try {
      fileSystem.mkdirSync(path);
    } catch (cause) {
      if (!isFolder(path)) throw cause;
    }
  };
  try {
    make();
  } catch (cause) {
    const parent = dirname(path);
    if (codeOf(cause) !== 'ENOENT' || parent === path) throw cause;
    makeWithParents(parent, fileSystem);
    make();
  }
}

/**
 * Refuses a folder that already holds something, but for what a process left that was killed as it began, and a file of that
 * name: nothing of the user's is overwritten.
 *
 * @param where - the option that names it.
 * @param instead - what else may be asked for, in words.
 */
export function requireNewFolder(where: string, path: string, instead = ''): void {
  if (!existsSync(path) || (isFolder(path) && readdirSync(path).every(isTemporary))) return;
  throw notNew(where, path, instead);
}

/** The error for a folder that is not new. */
export function notNew(where: string, path: string, instead = ''): InvalidInput {
  return wrong(where, `a new or an empty folder${instead}`, path);
}

/**
 * Makes a folder that is not there yet, in one that is.
 *
 * @returns whether it did: of two who ask at once, one hears false.
 */
export function makeNewFolder(path: string, fileSystem: FileSystem = nodeFileSystem): boolean {
  try {
    fileSystem.mkdirSync(path);
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw writeFailure(path, 'to make a folder', cause);
  }
}

/** @throws {@link InvalidInput} if there is no such file, {@link Unavailable} if it cannot be read. */
export function readBytes(path: string, fileSystem: FileSystem = nodeFileSystem): Uint8Array {
  try {
    const { buffer, byteOffset, byteLength } = fileSystem.readFileSync(path);
    // not a Buffer of Node's, whose slice() is a view
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

/** As {@link readBytes}, for text in UTF-8. */
export function readText(path: string, fileSystem: FileSystem = nodeFileSystem): string {
  return decodeText(readBytes(path, fileSystem), path);
}

/**
 * The text that bytes of UTF-8 spell.
 *
 * @param where - the file's name, for errors.
 * @param limit - bytes that it may have; a longer text is none that JavaScript can hold.
 */
export function decodeText(bytes: Uint8Array, where: string, limit: number = constants.MAX_STRING_LENGTH): string {
  if (bytes.length > limit) throw wrong(where, `a text of at most ${limit} bytes`, bytes.length);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wrong(where, 'text in UTF-8', 'bytes that are none');
  }
}

/** Whether a name is that of a temporary file: what a process that was killed may leave. */
export function isTemporary(name: string): boolean {
  return /^\..+\.\d+\.tmp$/.test(name);
}

/** Writes all of some bytes, however few the system takes at a time. */
export function writeAll(descriptor: number, bytes: Uint8Array, fileSystem: FileSystem): void {
  for (let done = 0; done < bytes.length;) {
    const written = fileSystem.writeSync(descriptor, bytes, done, bytes.length - done);
    if (written <= 0) throw new Error('a device that takes no more bytes');
    done += written;
  }
}

/** Makes a folder's entries durable: without it a rename may be forgotten by a crash. */
export function syncFolder(folder: string, fileSystem: FileSystem): void {
  try {
    const descriptor = fileSystem.openSync(folder, 'r');
    try {
      fileSystem.fsyncSync(descriptor);
    } finally {
      fileSystem.closeSync(descriptor);
    }
  } catch (cause) {
    // some systems cannot open a folder (Windows) or force it to the disk (some network drives)
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'].includes(codeOf(cause) ?? '')) {
      throw writeFailure(folder, 'the folder to reach the disk', cause);
    }
  }
}

/** A name in the same folder that tells which process it belongs to. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}

function writeThrough(path: string, parts: readonly Uint8Array[], fileSystem: FileSystem): void {
  const descriptor = fileSystem.openSync(path, 'w');
  try {
    for (const part of parts) writeAll(descriptor, part, fileSystem);
    fileSystem.fsyncSync(descriptor);
  } catch (cause) {
    quietly(() => fileSystem.closeSync(descriptor));
    throw cause;
  }
  fileSystem.closeSync(descriptor);
}

/** Removes the temporary files that killed processes left for the same path. */
function removeLeftovers(path: string, fileSystem: FileSystem): void {
  const prefix = `.${basename(path)}.`;
  for (const name of fileSystem.readdirSync(dirname(path))) {
    if (!name.startsWith(prefix) || !name.endsWith('.tmp')) continue;
    const owner = name.slice(prefix.length, -'.tmp'.length);
    if (/^\d+$/.test(owner) && !isAlive(Number(owner))) {
      quietly(() => fileSystem.unlinkSync(join(dirname(path), name)));
    }
  }
}

function isAlive(process_: number): boolean {
  try {
    // signal 0 asks without sending; EPERM means that it lives but belongs to another
    process.kill(process_, 0);
    return true;
  } catch (cause) {
    return codeOf(cause) === 'EPERM';
  }
}

/** For what is tried on the way out of a failure: the failure itself is what counts. */
function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // nothing better can be done
  }
}
