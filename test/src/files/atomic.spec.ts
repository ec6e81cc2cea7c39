import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput, Unavailable } from '../../../src/errors.ts';
import { decodeText, makeFolder, readBytes, readText, writeAtomically, writeNew } from '../../../src/files/atomic.ts';
import { nodeFileSystem, type FileSystem } from '../../../src/files/fileSystem.ts';
import { runs } from '../../run/runs.ts';
import { CrashingDisk, systemError, type Fault } from './crashingDisk.ts';

const PATH = '/folder/file';
const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 20 });
const anyFault = fc.record<Fault>({
  call: fc.nat({ max: 12 }),
  kind: fc.constantFrom('crash', 'ENOSPC', 'EIO', 'EACCES'),
});

/** Writes over an old file, on a disk with a fault; returns the disk and whether the write came back. */
function attempt(
  old: Uint8Array,
  next: Uint8Array,
  fault: Fault | undefined,
  writeLimit = 7,
): { readonly disk: CrashingDisk; readonly error: unknown } {
  const disk = new CrashingDisk(fault, writeLimit);
  disk.put(PATH, old);
  try {
    writeAtomically(PATH, next, disk);
    return { disk, error: undefined };
  } catch (error) {
    return { disk, error };
  }
}

describe('an atomic write', () => {
  it('leaves the old content or the new one, whole, wherever the power goes off', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, fc.nat({ max: 14 }), (old, next, call) => {
        const { disk, error } = attempt(old, next, { call, kind: 'crash' });
        for (const content of disk.contentsAfterCrash(PATH)) expect([old, next]).toContainEqual(content);
        if (error === undefined) expect(disk.contentsAfterCrash(PATH)).toEqual([next, next]);
      }),
      { numRuns: runs(500) },
    );
  });

  it('that fails is Unavailable and leaves the old file and nothing else; one that comes back is durable', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, anyFault, (old, next, fault) => {
        fc.pre(fault.kind !== 'crash');
        const { disk, error } = attempt(old, next, fault);
        const [durable, seen] = disk.contentsAfterCrash(PATH);
        if (error === undefined) {
          expect([durable, seen]).toEqual([next, next]);
        } else {
          expect(error).toBeInstanceOf(Unavailable);
          // past the rename only the folder's own fsync can fail: the new file is there, but not for certain
          const renamed = disk.log.some((call, i) => call.startsWith('rename') && i !== fault.call);
          expect(seen).toEqual(renamed ? next : old);
        }
        expect(disk.names).toEqual(['file']);
      }),
      { numRuns: runs(500) },
    );
  });

  it('forces the file to the disk before it takes the name, and the folder after', () => {
    const { disk } = attempt(Uint8Array.of(1), Uint8Array.of(2), undefined);
    const temporary = `.file.${process.pid}.tmp`;
    expect(disk.log).toEqual([
      'readdir',
      `open w ${temporary}`,
      'write',
      'fsync',
      'close',
      `rename ${temporary} file`,
      'open r folder',
      'fsync',
      'close',
    ]);
  });

  it('says what the system said', () => {
    const { error } = attempt(Uint8Array.of(1), Uint8Array.of(2, 3), { call: 2, kind: 'ENOSPC' });
    expect(error).toEqual(
      new Unavailable('/folder/file: expected to write 2 bytes, got no space left on the device (ENOSPC)'),
    );
  });

  it('does not wait for ever on a device that takes nothing', () => {
    expect(attempt(Uint8Array.of(1), Uint8Array.of(2), undefined, 0).error).toEqual(
      new Unavailable('/folder/file: expected to write 1 bytes, got a device that takes no more bytes'),
    );
  });
});

describe('a file that is written once', () => {
  const write = (disk: CrashingDisk): unknown => {
    try {
      return writeNew(PATH, 'new', disk);
    } catch (error) {
      return error;
    }
  };
  const NEW = new TextEncoder().encode('new');

  it('is there whole or not at all, wherever the power goes off or the disk fails', () => {
    for (let call = 0; call < 14; call++) {
      for (const kind of ['crash', 'EIO'] as const) {
        const disk = new CrashingDisk({ call, kind }, 2);
        const came = write(disk);
        for (const content of disk.contentsAfterCrash(PATH)) expect([undefined, NEW]).toContainEqual(content);
        if (came === true) expect(disk.contentsAfterCrash(PATH)).toEqual([NEW, NEW]);
        else expect(came).toBeInstanceOf(Error);
      }
    }
  });

  it('leaves what was there, and says so', () => {
    const disk = new CrashingDisk(undefined, 2);
    disk.put(PATH, Uint8Array.of(1));
    expect(write(disk)).toBe(false);
    expect(disk.contentsAfterCrash(PATH)).toEqual([Uint8Array.of(1), Uint8Array.of(1)]);
    expect(disk.names).toEqual(['file']);
  });
});

describe('on the real disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dst-atomic-'));
  const path = join(folder, 'file');
  beforeEach(() => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('text, bytes and parts of bytes come back', () => {
    writeAtomically(path, 'größer');
    expect(readText(path)).toBe('größer');
    writeAtomically(path, [Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)]);
    expect(readBytes(path)).toEqual(Uint8Array.of(1, 2, 3));
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('what a killed process left for the same path goes; what a live one or another path has, stays', () => {
    // no process has this number: Linux's limit is 2²²
    const dead = 2 ** 22 + 1;
    const names = [`.file.${dead}.tmp`, `.file.${process.ppid}.tmp`, `.other.${dead}.tmp`, '.file.x.tmp'];
    for (const name of names) writeFileSync(join(folder, name), '');
    writeAtomically(path, '');
    expect(readdirSync(folder).sort()).toEqual([...names.slice(1), 'file'].sort());
  });

  it('a path through a file, or into no folder, is Unavailable, and reading it InvalidInput', () => {
    writeFileSync(path, 'a file');
    expect(() => writeAtomically(join(path, 'below'), '')).toThrow(Unavailable);
    expect(() => writeAtomically(join(folder, 'none', 'below'), '')).toThrow('no such file or folder (ENOENT)');
    expect(() => makeFolder(join(path, 'below'))).toThrow('a part of the path is not a folder (ENOTDIR)');
    expect(() => readBytes(join(folder, 'none'))).toThrow(InvalidInput);
    expect(() => readText(folder)).toThrow('got a folder (EISDIR)');
    expect(readFileSync(path, 'utf8')).toBe('a file');
  });

  it('a folder is made with those above it, and stays where it is there', () => {
    const deep = join(folder, 'a', 'b', 'c');
    makeFolder(deep);
    writeFileSync(join(deep, 'file'), '');
    makeFolder(deep);
    expect(readdirSync(deep)).toEqual(['file']);
  });

  it('a disk that takes no new folder where the one above is there, as /proc does, is asked twice and no more', () => {
    const asked: string[] = [];
    const disk = {
      ...nodeFileSystem,
      mkdirSync(path: string): void {
        asked.push(path);
        if (asked.length > 9) throw new Error('asked without end');
        const code = path === folder ? 'EEXIST' : 'ENOENT';
        throw Object.assign(new Error(code), { code });
      },
    };
    const path = join(folder, 'new');
    expect(() => makeFolder(path, disk)).toThrow('no such file or folder (ENOENT)');
    expect(asked).toEqual([path, folder, path]);
  });

  it('a folder in the place of the file stays', () => {
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), '');
    expect(() => writeAtomically(path, 'x')).toThrow(Unavailable);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.each(['EPERM', 'ENOTSUP'])('a file is written once also where the system has no links (%s)', (code) => {
    const withoutLinks: FileSystem = {
      ...nodeFileSystem,
      linkSync: () => {
        throw systemError(code);
      },
    };
    expect([writeNew(path, 'first', withoutLinks), writeNew(path, 'second', withoutLinks)]).toEqual([true, false]);
    expect(readText(path)).toBe('first');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('goes without the fsync of a folder where the system has none', () => {
    const withoutFolders: FileSystem = {
      ...nodeFileSystem,
      openSync: (name, flags) => {
        if (flags === 'r') throw systemError('EISDIR');
        return nodeFileSystem.openSync(name, flags);
      },
    };
    writeAtomically(path, 'x', withoutFolders);
    expect(readText(path)).toBe('x');
  });

  it('text that is no UTF-8 is InvalidInput; a device error is Unavailable', () => {
    writeFileSync(path, Uint8Array.of(0xff));
    expect(() => readText(path)).toThrow('expected text in UTF-8');
    const broken = {
      ...nodeFileSystem,
      readFileSync: () => {
        throw systemError('EIO');
      },
    };
    expect(() => readBytes(path, broken)).toThrow(Unavailable);
  });

  it('is refused where it is longer than JavaScript’s texts, and not called bad UTF-8', () => {
    expect(decodeText(new TextEncoder().encode('abc'), 'a.txt', 3)).toBe('abc');
    const refusal = 'a.txt: expected a text of at most 3 bytes, got 4';
    expect(() => decodeText(new TextEncoder().encode('abcd'), 'a.txt', 3)).toThrow(refusal);
  });
});
