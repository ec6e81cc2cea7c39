/**
 * A tokenizer small enough to think about, and texts that make trouble.
 *
 * @module
 */
import fc from 'fast-check';
import type { BpeTokenizer } from '../../../src/text/bpe.ts';
import { trainTokenizer } from '../../../src/text/train.ts';

const SENTENCES = [
  'the cat sat on the mat, and the dog sat on the log',
  "it isn't the cat's; they're ours, we've 12 of them (1999)",
  'a small dog; a young cat: an animal that is kept by people',
  'Straße, café, 東京, наука, 🎈🎈, \t tabs\n\nand  double  spaces ',
];

/** Trained on the sentences, each three times: a few dozen merges. */
export function tinyTokenizer(): BpeTokenizer {
  return trainTokenizer([...SENTENCES, ...SENTENCES, ...SENTENCES], 400);
}

/** Any text that UTF-8 can write, with words that the tiny tokenizer has merges for. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(...SENTENCES.flatMap((sentence) => sentence.split(/(?= )/))),
      fc.constantFrom(' ', '  ', '\n', "'s", "'LL", '<eos>', '<sep>', '\u00a0', '\u2028', '0', '½'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
