/**
 * The few calls on files that everything here is made of, so that a test can put a failing disk in their place.
 *
 * @module
 */
import * as fs from 'node:fs';

/** Synchronous calls with the meaning, and the errors, of those of the same name in node:fs. */
export interface FileSystem {
  /** @returns a descriptor. */
  openSync(path: string, flags: 'r' | 'w' | 'a'): number;
  /** @returns how many bytes were written: it may be fewer than asked for. */
  writeSync(descriptor: number, bytes: Uint8Array, offset: number, length: number): number;
  fsyncSync(descriptor: number): void;
  closeSync(descriptor: number): void;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  /** Gives a file another name; it fails with EEXIST if something has that name. */
  linkSync(path: string, name: string): void;
  symlinkSync(target: string, path: string): void;
  /** Makes one folder, in one that is there; fails with EEXIST if something has that name. */
  mkdirSync(path: string): void;
  readFileSync(path: string): Uint8Array;
  readdirSync(path: string): string[];
}

/** Bytes of one call: Node reads and writes no more than 2^31 - 1 of them at a time, and fs.readFileSync no file that is larger. */
const MOST = 2 ** 30;

/**
 * A file's bytes, read in parts.
 *
 * @param most - bytes of a part.
 */
export function readInParts(path: string, most = MOST): Uint8Array {
  const descriptor = fs.openSync(path, 'r');
  try {
    const { size } = fs.fstatSync(descriptor);
    // what has no size beforehand (a pipe, a file of the kernel's) is read to its end
    if (size === 0) return fs.readFileSync(descriptor);
    const bytes = new Uint8Array(size);
    let done = 0;
    while (done < size) {
      const read = fs.readSync(descriptor, bytes, done, Math.min(most, size - done), null);
      if (read === 0) break; // it has become shorter meanwhile
      done += read;
    }
    return bytes.subarray(0, done);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The real one. */
export const nodeFileSystem: FileSystem = {
  openSync: (path, flags) => fs.openSync(path, flags),
  writeSync: (descriptor, bytes, offset, length) => fs.writeSync(descriptor, bytes, offset, Math.min(length, MOST)),
  fsyncSync: (descriptor) => fs.fsyncSync(descriptor),
  closeSync: (descriptor) => fs.closeSync(descriptor),
  renameSync: (from, to) => fs.renameSync(from, to),
  unlinkSync: (path) => fs.unlinkSync(path),
  linkSync: (path, name) => fs.linkSync(path, name),
  symlinkSync: (target, path) => fs.symlinkSync(target, path),
  mkdirSync: (path) => fs.mkdirSync(path),
  readFileSync: (path) => readInParts(path),
  readdirSync: (path) => fs.readdirSync(path),
};
