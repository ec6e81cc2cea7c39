import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { parseRows, readFolder } from '../../../src/data/folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a folder as a task', () => {
  beforeEach(() => {
    writeFileSync(join(folder, 'train.tsv'), 'a cat\tanimal\r\na car\tartifact\r\na dog\tanimal');
    writeFileSync(join(folder, 'development.tsv'), '\uFEFFa tree\tplant\n');
    writeFileSync(join(folder, 'test.tsv'), 'a cow\tanimal\n');
  });

  it('has three parts, and its labels by how often they occur', () => {
    const task = readFolder(`${folder}/`);
    expect(task.train).toEqual([
      { text: 'a cat', label: 'animal', where: join(folder, 'train.tsv:1') },
      { text: 'a car', label: 'artifact', where: join(folder, 'train.tsv:2') },
      { text: 'a dog', label: 'animal', where: join(folder, 'train.tsv:3') },
    ]);
    expect(task.development).toEqual([{ text: 'a tree', label: 'plant', where: join(folder, 'development.tsv:1') }]);
    expect(task.labels).toEqual(['animal', 'artifact', 'plant']);
    expect(task.name).toMatch(/^dst-folder-/);
  });

  it('loses at the ends of texts and labels what is white space to Python, and nothing else', () => {
    const [row] = parseRows(bytes(' \u0085a\uFEFF\u001C\t\uFEFFb \u00A0\n'), 't.tsv');
    expect(row).toEqual({ text: 'a\uFEFF', label: '\uFEFFb', where: 't.tsv:1' });
  });

  it('is refused where a file is missing', () => {
    rmSync(join(folder, 'test.tsv'));
    expect(() => readFolder(folder)).toThrow(InvalidInput);
    expect(() => readFolder(folder)).toThrow('test.tsv: expected a file of lines "text TAB label", got "no such file"');
  });

  it.each([
    ['nothing', bytes(''), 't.tsv: expected at least one line "text TAB label", got "an empty file"'],
    ['no tab', bytes('a\tb\nc d\n'), 't.tsv:2: expected a text, one tab and a label, got "0 tabs"'],
    ['two tabs', bytes('a\tb\tc\n'), 't.tsv:1: expected a text, one tab and a label, got "2 tabs"'],
    ['an empty line', bytes('a\tb\n\nc\td\n'), 't.tsv:2: expected a text, one tab and a label, got "0 tabs"'],
    ['an empty text', bytes('a\tb\n \tb\n'), 't.tsv:2: expected a text before the tab, got "none"'],
    ['an empty label', bytes('a\tb\nc\t\r\n'), 't.tsv:2: expected a label after the tab, got "none"'],
    ['no UTF-8', Uint8Array.of(97, 9, 98, 10, 0xff, 9, 98), 't.tsv:2: expected text in UTF-8'],
  ])('is refused with %s, by file and line', (_, content, message) => {
    expect(() => parseRows(content, 't.tsv')).toThrow(InvalidInput);
    expect(() => parseRows(content, 't.tsv')).toThrow(message);
  });
});
