/**
 * A disk in memory that keeps apart what has reached it and what is only on its way, and that can fail or lose its
 * power before any call.
 *
 * @module
 */
import { basename, dirname } from 'node:path';
import type { FileSystem } from '../../../src/files/fileSystem.ts';

interface File {
  /** What a reader sees. */
  content: Uint8Array;
  /** What is on the disk for certain. */
  durable: Uint8Array;
}

/** A fault before the call of that number, counted from 0. */
export interface Fault {
  readonly call: number;
  /** An error code that the call fails with; `crash`: this and all later calls fail. */
  readonly kind: 'crash' | 'ENOSPC' | 'EIO' | 'EACCES';
}

export class CrashingDisk implements FileSystem {
  /** The folder's entries as a reader sees them, and as they are on the disk for certain. */
  #entries = new Map<string, File>();
  #durableEntries = new Map<string, File>();
  readonly #open: (File | 'folder' | undefined)[] = [];
  readonly #fault: Fault | undefined;
  /** The most bytes that one write takes. */
  readonly #writeLimit: number;
  #calls = 0;
  readonly log: string[] = [];

  constructor(fault?: Fault, writeLimit = Infinity) {
    this.#fault = fault;
    this.#writeLimit = writeLimit;
  }

  /** Puts a file there, durable. */
  put(path: string, content: Uint8Array): void {
    const file = { content, durable: content };
    this.#entries.set(path, file);
    this.#durableEntries.set(path, file);
  }

  /** The names in it, for a reader. */
  get names(): string[] {
    return [...this.#entries.keys()].map((path) => basename(path)).sort();
  }

  /**
   * What `path` may hold after the power went off now: the entry's change and each file's bytes may or may not have
   * reached the disk, or in part.
   */
  contentsAfterCrash(path: string): readonly (Uint8Array | undefined)[] {
    const files = [this.#durableEntries.get(path), this.#entries.get(path)];
    return files.flatMap((file) => {
      if (file === undefined) return [undefined];
      const torn = file.content.subarray(0, file.content.length >> 1);
      return equal(file.content, file.durable) ? [file.content] : [file.durable, torn, file.content];
    });
  }

  openSync(path: string, flags: 'r' | 'w' | 'a'): number {
    this.#begin(`open ${flags} ${basename(path)}`);
    if (flags === 'r') return this.#open.push('folder') - 1;
    const nothing = new Uint8Array();
    const file = this.#entries.get(path) ?? { content: nothing, durable: nothing };
    if (flags === 'w') file.content = nothing;
    this.#entries.set(path, file);
    return this.#open.push(file) - 1;
  }

  writeSync(descriptor: number, bytes: Uint8Array, offset: number, length: number): number {
    this.#begin('write');
    const file = this.#file(descriptor);
    const taken = bytes.slice(offset, offset + Math.min(length, this.#writeLimit));
    file.content = Uint8Array.of(...file.content, ...taken);
    return taken.length;
  }

  fsyncSync(descriptor: number): void {
    this.#begin('fsync');
    const file = this.#open[descriptor];
    if (file === 'folder') this.#durableEntries = new Map(this.#entries);
    else this.#file(descriptor).durable = this.#file(descriptor).content;
  }

  closeSync(descriptor: number): void {
    this.#begin('close');
    this.#open[descriptor] = undefined;
  }

  renameSync(from: string, to: string): void {
    this.#begin(`rename ${basename(from)} ${basename(to)}`);
    const file = this.#entries.get(from);
    if (file === undefined) throw systemError('ENOENT');
    this.#entries.set(to, file);
    this.#entries.delete(from);
  }

  linkSync(path: string, name: string): void {
    this.#begin(`link ${basename(path)} ${basename(name)}`);
    const file = this.#entries.get(path);
    if (file === undefined) throw systemError('ENOENT');
    if (this.#entries.has(name)) throw systemError('EEXIST');
    this.#entries.set(name, file);
  }

  unlinkSync(path: string): void {
    this.#begin(`unlink ${basename(path)}`);
    if (!this.#entries.delete(path)) throw systemError('ENOENT');
  }

  readFileSync(path: string): Uint8Array {
    this.#begin(`read ${basename(path)}`);
    const file = this.#entries.get(path);
    if (file === undefined) throw systemError('ENOENT');
    return file.content;
  }

  readdirSync(path: string): string[] {
    this.#begin('readdir');
    return [...this.#entries.keys()].filter((entry) => dirname(entry) === path).map((entry) => basename(entry));
  }

  symlinkSync(): void {
    throw systemError('EPERM');
  }

  mkdirSync(): void {
    this.#begin('mkdir');
  }

  #begin(call: string): void {
    this.log.push(call);
    const number = this.#calls++;
    if (this.#fault === undefined) return;
    const { call: at, kind } = this.#fault;
    if (kind === 'crash' ? number >= at : number === at) throw systemError(kind);
  }

  #file(descriptor: number): File {
    const file = this.#open[descriptor];
    if (file === undefined || file === 'folder') throw systemError('EBADF');
    return file;
  }
}

/** An error as node:fs throws it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
