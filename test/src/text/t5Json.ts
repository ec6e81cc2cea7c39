/**
 * A small tokenizer.json as Hugging Face writes it for T5.
 *
 * @module
 */
import { writeCharsMap } from './charsMap.ts';

const ORDINARY = [
  ...['▁', '▁the', '▁cat', '▁für', '▁Straße', '▁schön', 'ü', 'ö', 'ä', 'ß', 'ß.', 's', 'at', 'a', 'th', 'he', 'e', 't'],
  ...['c', 'h', 'n', 'sch', 'r', 'f', '.', ',', 'i', 'fi', '1', '東京', '東', '🎈', '▁a', '▁"'],
];
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101];
/** Logarithms of different numbers, so that two ways to cut a word seldom have the same score. */
const scoreOf = (i: number): number => -Math.log(PRIMES[i % PRIMES.length] + i) - 2;

/** What NFKC and SentencePiece's nmt do too, so that a tokenizer that approximates the map has the same texts. */
export const REPLACED: ReadonlyMap<string, string> = new Map([
  ['\n', ' '],
  ['\t', ' '],
  ['\u00a0', ' '],
  ['▁', ' '],
  ['ﬁ', 'fi'],
  ['①', '1'],
  ['u\u0308', 'ü'],
  ['o\u0308', 'ö'],
]);

/** Words, single characters and separators of the vocabulary, what the map replaces, and what nothing covers. */
export const PARTS = [...ORDINARY, ...REPLACED.keys(), ' ', '  ', 'Q', 'ж', '𝄞'];

/** With so many sentinels, the last of which has the lowest id, as in T5. */
export const SENTINELS = 4;
const sentinels = Array.from({ length: SENTINELS }, (_, i) => `<extra_id_${SENTINELS - 1 - i}>`);
const SPECIAL = ['<pad>', '</s>', '<unk>'];

/** By id: a piece and its score. */
export const PIECES: readonly (readonly [piece: string, score: number])[] = [
  ...SPECIAL.map((token) => [token, 0] as const),
  ...ORDINARY.map((piece, i) => [piece, scoreOf(i)] as const),
  ...sentinels.map((token) => [token, 0] as const),
];

export const METASPACE = { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' };

/** The fields, some of which may be others. */
export function t5Json(changes: Readonly<Record<string, unknown>> = {}): string {
  const added = PIECES.flatMap(([content, score], id) =>
    score === 0
      ? [{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }]
      : [],
  );
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: { type: 'Precompiled', precompiled_charsmap: writeCharsMap(REPLACED) },
    pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, METASPACE] },
    post_processor: null,
    decoder: METASPACE,
    model: { type: 'Unigram', unk_id: 2, vocab: PIECES, byte_fallback: false },
    ...changes,
  });
}
