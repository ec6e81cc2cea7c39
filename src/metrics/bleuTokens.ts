/**
 * Words as BLEU counts them: the tokenization of mteval-v13a, which WMT and sacreBLEU use by default (`13a`).
 *
 * @module
 */
import { splitAtSpaces, trimSpacesEnd } from '../text/whiteSpace.ts';

/** How a sentence is split: `13a`, or at white space alone; what white space is, src/text/whiteSpace.ts says. */
export const BLEU_TOKENIZERS = ['13a', 'none'] as const;
export type BleuTokenizer = (typeof BLEU_TOKENIZERS)[number];

/** Markup that mteval takes back, in its order. */
const MARKUP: readonly (readonly [string, string])[] = [
  ['<skipped>', ''],
  ['-\n', ''],
  ['\n', ' '],
  ['&quot;', '"'],
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
];

/** What is set apart, in mteval's order: each rule sees what the one before has made. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // All ASCII punctuation but . , - and the apostrophe.
  [/([{-~[-` -&(-+:-@/])/g, ' $1 '],
  // A point or comma, unless between digits.
  [/([^0-9])([.,])/g, '$1 $2 '],
  [/([.,])([^0-9])/g, ' $1 $2'],
  // A dash after a digit.
  [/([0-9])(-)/g, '$1 $2 '],
];

/**
 * The words of a sentence.
 *
 * @example
 * ```ts
 * tokenizeForBleu("It's 3.5 m, isn't it?", '13a').join('|'); // "It's|3.5|m|,|isn't|it|?"
 * ```
 */
export function tokenizeForBleu(sentence: string, tokenizer: BleuTokenizer): string[] {
  switch (tokenizer) {
    case '13a':
      return splitAtSpaces(setApart(trimSpacesEnd(sentence)));
    case 'none':
      return splitAtSpaces(sentence);
  }
}

function setApart(sentence: string): string {
  const text = MARKUP.reduce((line, [from, to]) => line.replaceAll(from, to), sentence);
  return RULES.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), ` ${text} `);
}
