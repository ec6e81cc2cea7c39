/**
 * The CMU Pronouncing Dictionary as it lies in the npm package cmu-pronouncing-dictionary (Carnegie Mellon University's
 * licence, a BSD one): words of North American English with their phonemes in ARPAbet.
 *
 * @module
 */
import { Internal } from '../errors.ts';
import { describePackage, locatePackage, readPackageFile } from './package.ts';

const PACKAGE = ['cmu-pronouncing-dictionary', '3.0.0'] as const;

/** Name and installed version of the package. */
export function describeCmuDictionary(): string {
  return describePackage(...PACKAGE);
}

/** A way to say a word: `word(2)` is the second way to say "word". */
export interface Pronunciation {
  readonly word: string;
  /** Phonemes with spaces between them, vowels without their marks of stress: `AH B AE N D AH N`. */
  readonly phonemes: string;
}

let dictionary: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * All 126,046 words and how each is said: one pronunciation or several, the dictionary's first one first. Those that
 * differ in stress alone are one. Read at the first call and kept.
 *
 * @throws {@link Unavailable} if cmu-pronouncing-dictionary is not installed.
 */
export function readPronunciations(): ReadonlyMap<string, readonly string[]> {
  dictionary ??= readAll();
  return dictionary;
}

function readAll(): Map<string, string[]> {
  const words = new Map<string, string[]>();
  const module = readPackageFile(locatePackage(...PACKAGE), 'index.js');
  for (const line of module.split('\n')) {
    // the module is one object: an entry a line, indented
    if (!line.startsWith('  ')) continue;
    const { word, phonemes } = parseEntry(line);
    const known = words.get(word);
    if (known === undefined) words.set(word, [phonemes]);
    else if (!known.includes(phonemes)) known.push(phonemes);
  }
  return words;
}

/** A word, perhaps the number of a further pronunciation, the phonemes, perhaps a comment behind `#`. */
const ENTRY = /^ *"([^"(]+)(?:\(\d+\))?": "([A-Z]+\d?(?: [A-Z]+\d?)*)(?: #[^"]*)?",?$/;

/**
 * A line of the module, without the marks of stress.
 *
 * @example
 * ```ts
 * parseEntry('  "aalborg(2)": "AA1 L B AO0 R G # place, danish",').phonemes; // 'AA L B AO R G'
 * ```
 */
export function parseEntry(line: string): Pronunciation {
  const [, word, phonemes] = ENTRY.exec(line) ?? [];
  if (word === undefined || phonemes === undefined) {
    throw new Internal(`cmu-pronouncing-dictionary: expected a word's line, got "${line.slice(0, 60)}"`);
  }
  return { word, phonemes: phonemes.replaceAll(/\d/g, '') };
}
