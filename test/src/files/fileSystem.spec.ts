import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readInParts } from '../../../src/files/fileSystem.ts';
import { runs } from '../../run/runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-parts-'));
const path = join(folder, 'file');
afterAll(() => rmSync(folder, { recursive: true }));

describe('reading in parts', () => {
  it('is reading, whatever a part holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 45 }), (bytes, most) => {
        writeFileSync(path, bytes);
        expect(Uint8Array.from(readInParts(path, most))).toEqual(Uint8Array.from(bytes));
      }),
      { numRuns: runs(100) },
    );
  });

  it('passes the system’s errors on', () => {
    expect(() => readInParts(join(folder, 'none'))).toThrow('ENOENT');
    expect(() => readInParts(folder)).toThrow('EISDIR');
  });
});
