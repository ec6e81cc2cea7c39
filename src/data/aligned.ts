/**
 * Sentence pairs for translation: a folder of files in which line i of one language translates line i of the other, as
 * Multi30k and most parallel corpora come, compressed with gzip or not.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InvalidInput, Unavailable, unknownName, wrong } from '../errors.ts';
import { trimSpaces } from '../text/whiteSpace.ts';
import { splitLines } from './lines.ts';

/** One sentence and its translation. */
export interface SentencePair {
  readonly source: string;
  readonly target: string;
  /** File and line of the source, e.g. `multi30k/train.de:17`; the target is on the same line of its file. */
  readonly where: string;
}

/** The parts of a parallel corpus, and what was left out of each. */
export interface AlignedData {
  readonly train: readonly SentencePair[];
  readonly development: readonly SentencePair[];
  readonly test: readonly SentencePair[];
  /** Pairs of which a side was empty, part by part: they teach nothing and are left out. */
  readonly empty: Readonly<Record<Part, number>>;
  /** The test sets that are there, by name: Multi30k has four. */
  readonly testSets: readonly string[];
}

export type Part = 'train' | 'development' | 'test';

/** What the files of a part are called before the language's ending: `train.de`, `val.de.gz`, `test_2016_flickr.de`. */
const STEMS: Readonly<Record<Part, RegExp>> = {
  train: /^train$/,
  development: /^(val|valid|validation|dev|development)$/,
  test: /^test([._-].*)?$/,
};

/**
 * Reads a parallel corpus.
 *
 * @param source - the ending of the files to translate from, e.g. `de`.
 * @param target - the ending of the files to translate into, e.g. `en`.
 * @param test - which of several test sets, e.g. `test_2017_flickr`; null for the first by name.
 * @throws {@link InvalidInput} naming the files: a part without files, a test set that is not there, or files for training or development with several, another number of lines, bytes that
 * are no UTF-8 (file and line), gzip that is damaged, no pair at all. {@link Unavailable} if a file cannot be read.
 */
export function readAligned(
  directory: string,
  source: string,
  target: string,
  test: string | null = null,
): AlignedData {
  if (!existsSync(directory)) throw wrong('--data', `a folder of aligned .${source} and .${target} files`, directory);
  const testSets = findStems(directory, 'test', source);
  if (test !== null && !testSets.includes(test)) throw unknownName('--test', testSets, test);
  const read = (stem: string): ReadPart => readPart(directory, stem, source, target);
  const stemOf = (part: Part): string => findStems(directory, part, source)[0];
  const parts = {
    train: read(stemOf('train')),
    development: read(stemOf('development')),
    test: read(test ?? testSets[0]),
  };
  return {
    train: parts.train.pairs,
    development: parts.development.pairs,
    test: parts.test.pairs,
    empty: { train: parts.train.empty, development: parts.development.empty, test: parts.test.empty },
    testSets,
  };
}

interface ReadPart {
  readonly pairs: SentencePair[];
  readonly empty: number;
}

function readPart(directory: string, stem: string, source: string, target: string): ReadPart {
  const [from, into] = [source, target].map((language) => pathOf(directory, stem, language));
  const [sources, targets] = [from, into].map((path) => splitLines(readText(path), path));
  if (sources.length !== targets.length) {
    throw new InvalidInput(
      `${directory}: expected as many lines in ${from} as in ${into}, got ${sources.length} and ${targets.length}`,
    );
  }
  const pairs = sources
    .map((line, i) => ({ source: trimSpaces(line), target: trimSpaces(targets[i]), where: `${from}:${i + 1}` }))
    .filter((pair) => pair.source !== '' && pair.target !== '');
  if (pairs.length === 0) throw wrong(from, 'at least one line that is not empty', 'none');
  return { pairs, empty: sources.length - pairs.length };
}

/** The names that the part's files have before their language, in order: one, of test sets also several. */
function findStems(directory: string, part: Part, language: string): readonly string[] {
  const ending = new RegExp(`\\.${language}(\\.gz)?$`);
  const named = new Set(
    readdirSync(directory)
      .filter((name) => ending.test(name))
      .map((name) => name.replace(ending, ''))
      .filter((stem) => STEMS[part].test(stem)),
  );
  const stems = [...named].sort();
  if (stems.length === 0 || (part !== 'test' && stems.length > 1)) {
    const got = stems.length === 0 ? 'none' : stems.join(', ');
    throw wrong(`${directory}: ${part}`, `one file ${exampleOf(part)}.${language} or .${language}.gz`, got);
  }
  return stems;
}

function exampleOf(part: Part): string {
  return part === 'development' ? 'val' : part;
}

function pathOf(directory: string, stem: string, language: string): string {
  const plain = join(directory, `${stem}.${language}`);
  const path = existsSync(plain) ? plain : `${plain}.gz`;
  if (!existsSync(path)) throw wrong(directory, `${stem}.${language} or ${stem}.${language}.gz`, 'no such file');
  return path;
}

function readText(path: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new Unavailable(`${path}: expected a file that can be read, got ${String(cause)}`, { cause });
  }
  if (!path.endsWith('.gz')) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new InvalidInput(`${path}: expected gzip, got ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
