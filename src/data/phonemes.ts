/**
 * A sequence-to-sequence task that needs an npm package alone: from the spelling of a word to its phonemes.
 *
 * @module
 */
import { describeCmuDictionary, readPronunciations } from './cmuDictionary.ts';
import { hashText } from './hash.ts';
import { groupInflections } from './inflections.ts';
import { splitByCluster } from './split.ts';
import type { Example, TaskData } from './task.ts';

/** Letters and the apostrophe, the usual 27 graphemes: no abbreviations with points, no compounds with hyphens. */
const WORD = /^[a-z']+$/;

/** Decision 0174: the test words of the PRONALSYL 2007 split, and a fortieth of its 106,837 training words. */
const SIZES = { test: 12_000, development: 2670, largestCluster: 16 };

let task: TaskData | undefined;

/**
 * The words of the CMU Pronouncing Dictionary: text is the spelling, letters apart (`a b o u t`); label the first
 * pronunciation in ARPAbet without stress (`AH B AW T`), references all of them.
 *
 * The usual split's lists are not in the package, so this one is drawn by a hash and is *of its sizes, not of its words*:
 * 12,000 for test, 2,670 for development, and for train all others (about 100,000) that are no inflection of one of
 * these. Results are near published ones, not comparable to the digit.
 *
 * @throws {@link Unavailable} if cmu-pronouncing-dictionary is not installed.
 */
export function readPhonemes(): TaskData {
  task ??= splitWords(readPronunciations());
  return task;
}

function splitWords(dictionary: ReadonlyMap<string, readonly string[]>): TaskData {
  const words = inOrderOfHash([...dictionary.keys()].filter((word) => WORD.test(word)));
  const split = splitByCluster(words, groupInflections(words), SIZES);
  const examples = (indices: readonly number[]): Example[] =>
    indices.map((i) => exampleOf(words[i], dictionary.get(words[i]) ?? []));
  return {
    name: 'phonemes',
    metric: 'exact match',
    tooLong: 'skip',
    labels: [],
    train: examples(split.train),
    development: examples(split.development),
    test: examples(split.test),
    source: `${describeCmuDictionary()}, split of decision 0174`,
  };
}

/** A family is then known by a member drawn at random, not by the one that the alphabet has first: the bare word. */
function inOrderOfHash(words: readonly string[]): string[] {
  return words
    .map((word) => ({ word, hash: hashText(word) }))
    .sort((a, b) => a.hash - b.hash || (a.word < b.word ? -1 : 1))
    .map(({ word }) => word);
}

function exampleOf(word: string, references: readonly string[]): Example {
  const spelling = Array.from(word).join(' ');
  const example = { text: spelling, label: references[0], where: `cmu-pronouncing-dictionary: ${word}` };
  return references.length > 1 ? { ...example, references } : example;
}
