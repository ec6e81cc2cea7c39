import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Unavailable } from '../../../src/errors.ts';
import { nodeFileSystem } from '../../../src/files/fileSystem.ts';
import { pointTo, resolvePointer } from '../../../src/files/pointer.ts';
import { runs } from '../../run/runs.ts';
import { systemError } from './crashingDisk.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-pointer-'));
const link = join(folder, 'latest');
beforeEach(() => {
  rmSync(folder, { recursive: true });
  for (const name of ['first', 'second']) mkdirSync(join(folder, name), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const withoutLinks = {
  ...nodeFileSystem,
  symlinkSync: () => {
    throw systemError('EPERM');
  },
};

describe.each([
  ['a link', nodeFileSystem, true],
  ['a text file', withoutLinks, false],
] as const)('a pointer that is %s', (_, fileSystem, isLink) => {
  it('points to what it was pointed to last, and leaves nothing beside it', () => {
    for (const name of ['first', 'second']) {
      pointTo(link, join(folder, name), fileSystem);
      expect(resolvePointer(link)).toBe(join(folder, name));
      expect(lstatSync(link).isSymbolicLink()).toBe(isLink);
    }
    expect(readdirSync(folder).sort()).toEqual(['first', 'latest', 'second']);
  });

  it('does not take the place of a folder', () => {
    mkdirSync(join(link, 'inside'), { recursive: true });
    expect(() => pointTo(link, join(folder, 'first'), fileSystem)).toThrow(Unavailable);
    expect(readdirSync(folder).sort()).toEqual(['first', 'latest', 'second']);
  });
});

it('points from where its folder really lies, also when that was reached through a link', () => {
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
  symlinkSync(join(folder, 'deep', 'er'), join(folder, 'short'));
  for (const fileSystem of [nodeFileSystem, withoutLinks]) {
    pointTo(join(folder, 'short', 'latest'), join(folder, 'first'), fileSystem);
    for (const way of ['short', join('deep', 'er')])
      expect(realpathSync(resolvePointer(join(folder, way, 'latest')))).toBe(realpathSync(join(folder, 'first')));
    rmSync(join(folder, 'short', 'latest'));
  }
});

describe('a path that is no pointer', () => {
  it('is itself, whatever bytes it holds', () => {
    const file = join(folder, 'file');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096, size: 'max' }), fc.nat('points to:'.length), (bytes, common) => {
        writeFileSync(file, Buffer.concat([Buffer.from('points to:').subarray(0, common), bytes]));
        expect(resolvePointer(file)).toBe(file);
      }),
      { numRuns: runs(100) },
    );
  });

  it('is itself', () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'some text');
    for (const path of [file, join(folder, 'first'), join(folder, 'none')]) expect(resolvePointer(path)).toBe(path);
    writeFileSync(file, `points to: ${'x'.repeat(5000)}`);
    expect(resolvePointer(file)).toBe(file);
  });
});
