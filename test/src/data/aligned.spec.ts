import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAligned } from '../../../src/data/aligned.ts';
import { readTask } from '../../../src/data/tasks.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aligned-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

const WHOLE = {
  'train.de': 'Ein Hund.\r\nEine Katze.\r\n',
  'train.en': 'A dog.\nA cat.\n',
  'val.de.gz': gzipSync('Ein Haus.\n'),
  'val.en.gz': gzipSync('A house.'),
  'test_2016_flickr.de': 'Zwei Männer.\n',
  'test_2016_flickr.en': 'Two men.\n',
};

describe('readAligned', () => {
  it('pairs line with line, from plain files and gzip, with LF and CR LF', () => {
    write(WHOLE);
    expect(readAligned(folder, 'de', 'en')).toEqual({
      train: [
        { source: 'Ein Hund.', target: 'A dog.', where: join(folder, 'train.de:1') },
        { source: 'Eine Katze.', target: 'A cat.', where: join(folder, 'train.de:2') },
      ],
      development: [{ source: 'Ein Haus.', target: 'A house.', where: join(folder, 'val.de.gz:1') }],
      test: [{ source: 'Zwei Männer.', target: 'Two men.', where: join(folder, 'test_2016_flickr.de:1') }],
      empty: { train: 0, development: 0, test: 0 },
      testSets: ['test_2016_flickr'],
    });
    expect(readAligned(folder, 'en', 'de').test).toEqual([
      { source: 'Two men.', target: 'Zwei Männer.', where: join(folder, 'test_2016_flickr.en:1') },
    ]);
  });

  it('leaves out and counts pairs of which a side is empty; the others keep their lines', () => {
    write({ ...WHOLE, 'train.de': '\nEin Baum.\nEin Hund.\n', 'train.en': 'A cat.\n \nA dog.\n' });
    const { train, empty } = readAligned(folder, 'de', 'en');
    expect(train).toEqual([{ source: 'Ein Hund.', target: 'A dog.', where: join(folder, 'train.de:3') }]);
    expect(empty.train).toBe(2);
  });

  it('names the files that differ in lines, and by how many', () => {
    write({ ...WHOLE, 'train.en': 'A dog.\n' });
    expect(() => readAligned(folder, 'de', 'en')).toThrow(
      `${folder}: expected as many lines in ${folder}/train.de as in ${folder}/train.en, got 2 and 1`,
    );
  });

  it('names file and line of bytes that are no UTF-8', () => {
    write({ ...WHOLE, 'train.en': Buffer.concat([Buffer.from('A dog.\n'), Buffer.from([0x41, 0xff, 0x0a])]) });
    expect(() => readAligned(folder, 'de', 'en')).toThrow(
      `${folder}/train.en:2: expected text in UTF-8, got "bytes that are none"`,
    );
  });

  it('says which part has no file, or several, and which language is missing', () => {
    const without = (...names: string[]): Record<string, string | Uint8Array> =>
      Object.fromEntries(Object.entries(WHOLE).filter(([name]) => !names.includes(name)));
    write(without('val.de.gz', 'val.en.gz', 'test_2016_flickr.en'));
    expect(() => readAligned(folder, 'de', 'en')).toThrow(
      'development: expected one file val.de or .de.gz, got "none"',
    );
    write({ 'val.de': 'x\n', 'val.en': 'y\n' });
    expect(() => readAligned(folder, 'de', 'en')).toThrow('expected test_2016_flickr.en or test_2016_flickr.en.gz');
    write({ 'dev.de': 'x\n' });
    expect(() => readAligned(folder, 'de', 'en')).toThrow('development: expected one file val.de or .de.gz, got');
  });

  it('reads Multi30k as it is published: of its four test sets the first by name, and lists them', () => {
    const names = ['test_2018_flickr', 'test_2017_mscoco', 'test_2016_flickr', 'test_2017_flickr'];
    for (const [stem, language] of ['train', 'val', ...names].flatMap((name) => [
      [name, 'de'] as const,
      [name, 'en'] as const,
    ]))
      write({ [`${stem}.${language}.gz`]: gzipSync(`${stem} ${language}\n`) });
    const { test, testSets } = readAligned(folder, 'de', 'en');
    expect(testSets).toEqual(names.toSorted());
    expect(test).toMatchObject([{ source: 'test_2016_flickr de', target: 'test_2016_flickr en' }]);
    expect(readTask({ task: 'de-en', data: folder }).notes).toEqual([
      `${folder}: of the test sets ${names.toSorted().join(', ')} the first is the one measured; --test names another`,
    ]);
    for (const name of names) {
      expect(readAligned(folder, 'de', 'en', name).test).toMatchObject([
        { source: `${name} de`, target: `${name} en` },
      ]);
      expect(readTask({ task: 'de-en', data: folder, test: name })).toMatchObject({
        test: [{ text: `${name} de` }],
        train: [{ text: 'train de' }],
        notes: [],
      });
    }
    expect(() => readAligned(folder, 'de', 'en', 'test_2017_mscocco')).toThrow(
      `--test: expected one of ${names.toSorted().join(', ')}, got "test_2017_mscocco" (did you mean "test_2017_mscoco"?)`,
    );
  });

  it('refuses a folder that is not there, gzip that is damaged, and files without a line', () => {
    expect(() => readAligned(join(folder, 'none'), 'de', 'en')).toThrow(
      '--data: expected a folder of aligned .de and .en files',
    );
    write({ ...WHOLE, 'val.de.gz': 'not gzip' });
    expect(() => readAligned(folder, 'de', 'en')).toThrow(/val\.de\.gz: expected gzip, got/);
    write({ ...WHOLE, 'train.de': '\n', 'train.en': '\n' });
    expect(() => readAligned(folder, 'de', 'en')).toThrow('train.de: expected at least one line that is not empty');
  });

  const MULTI30K = '../shared/data/multi30k';
  it.skipIf(!existsSync(MULTI30K))('reads Multi30k whole (skipped where ../shared/data/multi30k is missing)', () => {
    const { train, development, test, empty } = readAligned(MULTI30K, 'de', 'en');
    expect([train.length, development.length, test.length]).toEqual([29_000, 1_014, 1_000]);
    expect(empty).toEqual({ train: 0, development: 0, test: 0 });
  });
});
