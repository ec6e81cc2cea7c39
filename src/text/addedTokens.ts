/**
 * Tokens that were added to a vocabulary, and are found in a text before anything else is done with it: special tokens
 * such as `</s>` and `<extra_id_0>`, and those that were added when the checkpoint was trained, such as `<sql>`.
 *
 * @module
 */
import { indexOf, list, record, textOf, truthOf } from './json.ts';

/** An added token, as tokenizer.json has it. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Whether it is left out when tokens become a text. */
  readonly special: boolean;
  /** Whether it is sought in the normalised text, and normalised itself; else in the text as it is. */
  readonly normalized: boolean;
  /** Whether it has to stand between characters that are not of a word. */
  readonly singleWord: boolean;
  /** Whether it takes the white space before it. */
  readonly lstrip: boolean;
  /** Whether it takes the white space behind it. */
  readonly rstrip: boolean;
}

/**
 * Reads the `added_tokens` of a tokenizer.json.
 *
 * @param where - the field's name, for errors.
 * @throws {@link InvalidInput} naming the field that is damaged.
 */
export function readAddedTokens(value: unknown, where: string): AddedToken[] {
  return list(value, where).map((item, i) => {
    const fields = record(item, `${where}[${i}]`);
    const flag = (name: string, absent: boolean): boolean => truthOf(fields[name] ?? absent, `${where}[${i}].${name}`);
    const special = flag('special', false);
    return {
      id: indexOf(fields['id'], `${where}[${i}].id`),
      content: textOf(fields['content'], `${where}[${i}].content`),
      special,
      normalized: flag('normalized', !special),
      singleWord: flag('single_word', false),
      lstrip: flag('lstrip', false),
      rstrip: flag('rstrip', false),
    };
  });
}

/** A text between added tokens, or the id of one. */
export type Part = string | number;

/**
 * The function that finds added tokens in texts, from the left, of those that begin at one place the longest: what
 * Hugging Face's tokenizers does.
 *
 * @param tokens - what is sought; their `normalized` is the caller's business.
 * @example
 * ```ts
 * const sql = { id: 7, content: '<sql>', special: false, normalized: true, singleWord: false, lstrip: true, rstrip: false };
 * createFinder([sql])('names  <sql> all'); // ['names', 7, ' all']
 * ```
 */
export function createFinder(tokens: readonly AddedToken[]): (text: string) => Part[] {
  const sought = tokens.filter(({ content }) => content !== '');
  if (sought.length === 0) return (text) => (text === '' ? [] : [text]);
  const byContent = new Map(sought.map((token) => [token.content, token]));
  const longestFirst = [...byContent.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escapeForPattern).join('|'), 'gu');
  return (text) => {
    const parts: Part[] = [];
    let done = 0;
    for (const { 0: content, index } of text.matchAll(pattern)) {
      const token = byContent.get(content);
      if (token === undefined || (token.singleWord && !standsAlone(text, index, index + content.length))) continue;
      const start = token.lstrip ? Math.max(done, spacesBefore(text, index)) : index;
      if (done < start) parts.push(text.slice(done, start));
      parts.push(token.id);
      done = token.rstrip ? spacesBehind(text, index + content.length) : index + content.length;
    }
    if (done < text.length) parts.push(text.slice(done));
    return parts;
  };
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A character of a word, as Rust's `\w` has it: JavaScript's is of ASCII alone. */
const WORD = String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]`;
const ENDS_WITH_WORD = new RegExp(`${WORD}$`, 'u');
const BEGINS_WITH_WORD = new RegExp(`^${WORD}`, 'u');

function standsAlone(text: string, start: number, end: number): boolean {
  // two units hold any character
  return (
    !ENDS_WITH_WORD.test(text.slice(Math.max(0, start - 2), start)) && !BEGINS_WITH_WORD.test(text.slice(end, end + 2))
  );
}

/** White space is Unicode's White_Space, as in the Rust library; none of it has two UTF-16 units. */
const SPACE = /\p{White_Space}/u;

function spacesBefore(text: string, end: number): number {
  let start = end;
  while (start > 0 && SPACE.test(text[start - 1])) start--;
  return start;
}

function spacesBehind(text: string, start: number): number {
  let end = start;
  while (end < text.length && SPACE.test(text[end])) end++;
  return end;
}
