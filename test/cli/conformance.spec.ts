/**
 * The commands around conformance: vectors and reports, as files and exit codes.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { renderJsonLines } from '../../spec/report/jsonLines.ts';
import { BROKEN, CONFORMING } from '../spec/report/samples.ts';
import { readVectors, writeVectors } from '../../spec/vectors/files.ts';
import { call, objectIn, objectsOf } from './call.ts';

const root = mkdtempSync(join(tmpdir(), 'dst-conformance-'));
afterAll(() => rmSync(root, { recursive: true }));
const vectors = fileURLToPath(new URL('../../vectors', import.meta.url));

describe('vectors', () => {
  it('lists those of the package', async () => {
    const { code, stdout } = await call(['vectors', '--list', '--json']);
    expect(code).toBe(0);
    const listed = objectsOf(objectIn(stdout)['vectors']);
    expect(listed).toHaveLength(readVectors(vectors).reduce((sum, file) => sum + file.vectors.length, 0));
    expect(listed[0]).toMatchObject({ dtype: 'float32', kind: expect.stringMatching(/paper|ruling/) as unknown });
  });

  it('tells two sets apart by id, and exits with 1 where they differ', async () => {
    const [first, ...others] = readVectors(vectors);
    const [a, b, ...rest] = first.vectors;
    const changed = { ...first, vectors: [{ ...b, reason: 'another one' }, ...rest] };
    const other = join(root, 'other');
    cpSync(vectors, other, { recursive: true });
    for (const [name, text] of writeVectors([changed, ...others])) writeFileSync(join(other, name), text);
    expect(await call(['vectors', '--diff', vectors, vectors])).toMatchObject({ code: 0, stdout: 'no difference\n' });
    const { code, stdout } = await call(['vectors', '--diff', vectors, other]);
    expect(code).toBe(1);
    expect(stdout).toBe(`- float32 ${a.id}\n~ float32 ${b.id} (reason)\n`);
    expect((await call(['vectors', '--diff', other, vectors])).stdout).toContain(`+ float32 ${a.id}\n`);
  });

  it.each<[string, (folder: string) => void, string]>([
    [
      'a file that is not the one of the manifest',
      (f) => spoil(f, 'float32.jsonl', '"kind":"paper"', '"kind":"ruling"'),
      'expected the SHA-256',
    ],
    ['no manifest', (f) => rmSync(join(f, 'manifest.json')), 'expected a folder with manifest.json'],
    [
      'a path in the manifest',
      (f) => spoil(f, 'manifest.json', '"float32.jsonl"', '"../x.jsonl"'),
      'files[0]: expected a name',
    ],
  ])('refuses %s', async (_, change, message) => {
    const folder = mkdtempSync(join(root, 'bad-'));
    cpSync(vectors, folder, { recursive: true });
    change(folder);
    const { code, stderr } = await call(['vectors', '--list', folder]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it.each<[string, (text: string) => string, string]>([
    ['cut off', (text) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1), 'expected 289 vectors, got 288'],
    [
      'of another version',
      (text) => text.replace('{"vectors":1', '{"vectors":7'),
      ':1: vectors: expected version 1, got "7"',
    ],
    ['without a header', (text) => text.slice(text.indexOf('\n') + 1), ':1: expected a header'],
    ['with a wrong kind', (text) => text.replace('"kind":"paper"', '"kind":"law"'), '/kind: expected a vector'],
    ['with a broken line', (text) => text.replace('"accepted":', '"accepted":,'), 'expected a line of JSON'],
  ])('refuses a file that is %s, by its line', async (_, change, message) => {
    const [first] = readVectors(vectors);
    const file = join(root, 'one.jsonl');
    const text = change(readFileSync(join(vectors, 'float32.jsonl'), 'utf8'));
    writeFileSync(file, text);
    const { code, stderr } = await call(['vectors', '--list', file]);
    expect(stderr).toContain(
      message.replace('289', String(first.vectors.length)).replace('288', String(first.vectors.length - 1)),
    );
    expect(code).toBe(2);
  });

  it('does not write into a folder of somebody’s own, nor do two things at once', async () => {
    writeFileSync(join(root, 'mine.txt'), 'mine');
    expect(await call(['vectors', '--out', root])).toMatchObject({ code: 2 });
    expect(await call(['vectors'])).toMatchObject({ code: 2 });
    expect(await call(['vectors', '--list', '--diff', 'a', 'b'])).toMatchObject({ code: 2 });
    expect(await call(['vectors', '--diff', vectors])).toMatchObject({ code: 2 });
  });
});

function spoil(folder: string, name: string, from: string, to: string): void {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, name), text.replace(from, to));
}

describe('report', () => {
  const [right, broken] = [join(root, 'right.jsonl'), join(root, 'broken.jsonl')];
  writeFileSync(right, renderJsonLines(CONFORMING));
  writeFileSync(broken, renderJsonLines(BROKEN));

  it('says a run as text, whatever came of it', async () => {
    const { code, stdout } = await call(['report', broken]);
    expect(code).toBe(0);
    expect(stdout).toContain('falls short');
  });

  it('makes one matrix of several runs', async () => {
    const file = join(root, 'matrix.html');
    expect(await call(['report', '--html', file, right, broken])).toMatchObject({ code: 0, stdout: `${file}\n` });
    expect(readFileSync(file, 'utf8')).toContain('1 of 2 implementations');
  });

  it('makes JUnit XML and a badge of one', async () => {
    const [xml, badge] = [join(root, 'a.xml'), join(root, 'a.json')];
    const { code, stdout } = await call(['report', '--json', '--junit', xml, '--badge', badge, right]);
    expect(code).toBe(0);
    expect(objectIn(stdout)).toMatchObject({ files: [xml, badge] });
    expect(objectIn(readFileSync(badge, 'utf8'))).toMatchObject({ schemaVersion: 1, color: 'brightgreen' });
    expect(readFileSync(xml, 'utf8')).toContain('<testsuites ');
  });

  it('refuses two runs where one is meant, a run that was cut off, and to overwrite a run', async () => {
    const cut = join(root, 'cut.jsonl');
    writeFileSync(cut, renderJsonLines(CONFORMING).split('\n').slice(0, 9).join('\n'));
    expect(await call(['report', '--junit', join(root, 'b.xml'), right, broken])).toMatchObject({ code: 2 });
    expect(existsSync(join(root, 'b.xml'))).toBe(false);
    const { code, stderr } = await call(['report', cut]);
    expect(stderr).toContain('cut off after 8 of');
    expect(code).toBe(2);
    expect(await call(['report', '--html', right, right])).toMatchObject({ code: 2 });
    expect(await call(['report', join(root, 'none.jsonl')])).toMatchObject({ code: 2 });
  });
});
