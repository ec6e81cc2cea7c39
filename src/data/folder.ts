/**
 * A task of your own: a folder with train.tsv, development.tsv and test.tsv, each line `text TAB label`.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Unavailable, wrong } from '../errors.ts';
import { trimSpaces } from '../text/whiteSpace.ts';
import { splitLines } from './lines.ts';
import { countLabels } from './task.ts';
import type { Example, TaskData } from './task.ts';

/**
 * Reads the task in a folder. Labels are listed by how often they occur in train; lines may end with CR LF.
 *
 * @throws {@link InvalidInput} naming file and line: no row at all, no tab or more than one, an empty text or label, bytes
 * that are no UTF-8. {@link Unavailable} if a file cannot be read.
 */
export function readFolder(directory: string): TaskData {
  const [train, development, test] = ['train', 'development', 'test'].map((part) => {
    const path = join(directory, `${part}.tsv`);
    return parseRows(readTsv(path), path);
  });
  const labels = [...countLabels([...train, ...development, ...test]).keys()];
  return {
    name: basename(resolve(directory)),
    metric: 'accuracy',
    tooLong: 'refuse',
    labels,
    train,
    development,
    test,
  };
}

function readTsv(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw wrong(path, 'a file of lines "text TAB label"', code === 'ENOENT' ? 'no such file' : 'not in a folder');
    }
    throw new Unavailable(`${path}: expected a file that can be read, got ${code}`, { cause });
  }
}

/**
 * The rows of a file's bytes. An empty last line is the end of the last row, not a row.
 *
 * @param where - the file's name, for errors.
 */
export function parseRows(bytes: Uint8Array, where: string): Example[] {
  const examples = splitLines(bytes, where).map((line, i) => parseRow(line, `${where}:${i + 1}`));
  if (examples.length === 0) throw wrong(where, 'at least one line "text TAB label"', 'an empty file');
  return examples;
}

function parseRow(line: string, where: string): Example {
  const fields = line.split('\t');
  if (fields.length !== 2) throw wrong(where, 'a text, one tab and a label', `${fields.length - 1} tabs`);
  const [text, label] = fields.map(trimSpaces);
  if (text === '') throw wrong(where, 'a text before the tab', 'none');
  if (label === '') throw wrong(where, 'a label after the tab', 'none');
  return { text, label, where };
}
