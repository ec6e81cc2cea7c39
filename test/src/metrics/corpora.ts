/**
 * Corpora that tell one BLEU from another: everything that some language calls white space between words, punctuation
 * and numbers where mteval's rules bite, markup, and characters of two UTF-16 units.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { addStatistics, BLEU_SMOOTHINGS, bleuStatistics, scoreBleu } from '../../../src/metrics/bleu.ts';
import { BLEU_TOKENIZERS } from '../../../src/metrics/bleuTokens.ts';

/** Hypotheses, and sets of as many references. */
export interface Corpus {
  readonly hypotheses: readonly string[];
  readonly references: readonly (readonly string[])[];
}

/** What sacreBLEU makes of a corpus under one tokenization. */
export interface CorpusScores {
  readonly hypothesisLength: number;
  readonly referenceLength: number;
  readonly matches: readonly number[];
  readonly totals: readonly number[];
  /** By smoothing. */
  readonly scores: { readonly exp: number; readonly none: number };
}

/** A corpus with its values by tokenization. */
export interface ScoredCorpus extends Corpus {
  readonly expected: { readonly '13a': CorpusScores; readonly none: CorpusScores };
}

/**
 * White space in Python, in JavaScript, in Unicode, or in the eye alone: all of White_Space, the information separators
 * U+001C to U+001F, and those that look like space and are none in Python.
 */
export const SEPARATORS: readonly string[] = [
  ...[' ', '  ', '-\n', '\r\n', ''],
  ...[0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
  ...Array.from({ length: 11 }, (_, i) => 0x2000 + i),
  ...[0x00, 0x08, 0x0e, 0x1a, 0x1b, 0x7f, 0x84, 0x86, 0xad, 0x034f, 0x180e, 0x200b, 0x200c, 0x200d, 0x2060, 0x2800],
  ...[0x3164, 0xfeff, 0xfffd, 0x1d159, 0xe0020],
].map((separator) => (typeof separator === 'number' ? String.fromCodePoint(separator) : separator));

/** One separator between the second and the third word of a reference, as in a corpus where a file's line has one. */
export const SEPARATED: readonly Corpus[] = SEPARATORS.map((separator) => ({
  hypotheses: ['a b c d e f g'],
  references: [[`a b${separator}c d e f g`]],
}));

const WORDS = [
  ...[
    'a',
    'b',
    'c',
    'A',
    'dog',
    'Straße',
    'I',
    'ı',
    'x',
    '東京',
    '𝄞',
    '👩‍🚀',
    'e\u0301',
    'é',
    'ﬁ',
    '½',
    '٣',
    '１',
    '²',
    'ǅ',
  ],
  ...[
    '3.5',
    '1,234',
    '5.',
    ',5',
    '2-3',
    '-',
    '--',
    '.',
    '...',
    ',',
    '.,',
    '𝄞.',
    ',𝄞.',
    '!',
    "'s",
    '"',
    '“',
    '。',
    '、',
    '_',
  ],
  ...[
    '&quot;',
    '&amp;',
    '&amp;lt;',
    '&lt;',
    '&gt;',
    '&',
    '<skipped>',
    '<skip<skipped>ped>',
    '(a)',
    '[b]',
    '{c}',
    '~',
    '@-@',
  ],
];

const word = fc.constantFrom(...WORDS);
const separator = fc.oneof({ weight: 3, arbitrary: fc.constant(' ') }, fc.constantFrom(...SEPARATORS));
const sentence = fc
  .array(fc.tuple(separator, word), { minLength: 0, maxLength: 12 })
  .chain((parts) => separator.map((end) => `${parts.flat().join('')}${end}`));

/** A reference is often the hypothesis with some of its words or separators replaced, so that runs of words match. */
function nearTo(text: string): fc.Arbitrary<string> {
  const characters = Array.from(text);
  const edit = fc.tuple(fc.nat({ max: Math.max(0, characters.length - 1) }), fc.oneof(separator, word));
  const edited = fc.array(edit, { maxLength: 3 }).map((edits) => {
    const changed = characters.slice();
    for (const [at, part] of edits) changed[at] = part;
    return changed.join('');
  });
  return fc.oneof({ weight: 4, arbitrary: edited }, sentence);
}

/** A corpus of one to four sentences, with one set of references or two. */
export const anyCorpus: fc.Arbitrary<Corpus> = fc
  .tuple(fc.array(sentence, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 2 }))
  .chain(([hypotheses, sets]) =>
    fc
      .array(fc.tuple(...hypotheses.map(nearTo)), { minLength: sets, maxLength: sets })
      .map((references) => ({ hypotheses, references })),
  );

/** The file that test/peers/texts writes. */
export interface ScoredCorpora {
  /** Its version. */
  readonly sacrebleu: string;
  readonly cases: readonly ScoredCorpus[];
}

/** Enough to tell that file from another; nobody else writes it. */
export function isScoredCorpora(value: unknown): value is ScoredCorpora {
  return typeof value === 'object' && value !== null && 'sacrebleu' in value && 'cases' in value;
}

/** By how much two ways to add four logarithms may differ, relative to the score: a few ulp of float64. */
const ROUNDING = 1e-13;

/** Where our BLEU is another than the one expected, in words; empty where it is the same. */
export function findDifferences({ hypotheses, references, expected }: ScoredCorpus): string[] {
  return BLEU_TOKENIZERS.flatMap((tokenizer) => {
    const { scores, ...statistics } = expected[tokenizer];
    const got = addStatistics(bleuStatistics(hypotheses, references, tokenizer));
    const name = `${tokenizer} of ${JSON.stringify({ hypotheses, references })}`;
    const other = isDeepStrictEqual({ ...got }, statistics)
      ? []
      : [`${name}: expected ${JSON.stringify(statistics)}, got ${JSON.stringify(got)}`];
    const unequal = BLEU_SMOOTHINGS.filter((smoothing) => {
      const { score } = scoreBleu(got, smoothing);
      return Math.abs(score - scores[smoothing]) > ROUNDING * scores[smoothing];
    });
    return [...other, ...unequal.map((smoothing) => `${name}, ${smoothing}: expected ${scores[smoothing]}`)];
  });
}
