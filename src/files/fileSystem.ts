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
  symlinkSync(target: string, path: string): void;
  mkdirSync(path: string, options: { readonly recursive: true }): void;
  readFileSync(path: string): Uint8Array;
  readdirSync(path: string): string[];
}

/** The real one. */
export const nodeFileSystem: FileSystem = {
  openSync: (path, flags) => fs.openSync(path, flags),
  writeSync: (descriptor, bytes, offset, length) => fs.writeSync(descriptor, bytes, offset, length),
  fsyncSync: (descriptor) => fs.fsyncSync(descriptor),
  closeSync: (descriptor) => fs.closeSync(descriptor),
  renameSync: (from, to) => fs.renameSync(from, to),
  unlinkSync: (path) => fs.unlinkSync(path),
  symlinkSync: (target, path) => fs.symlinkSync(target, path),
  mkdirSync: (path, options) => void fs.mkdirSync(path, options),
  readFileSync: (path) => fs.readFileSync(path),
  readdirSync: (path) => fs.readdirSync(path),
};
