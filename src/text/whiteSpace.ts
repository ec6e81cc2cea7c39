/**
 * White space as Python's `str.split()` and `str.strip()` have it: Unicode's White_Space, and the information separators
 * U+001C to U+001F. The tools of the field are Python's, and texts and scores are to part where theirs do. JavaScript's
 * `\s`, `trim` and `trimEnd` have U+FEFF as well, and lack U+0085 and those four.
 *
 * @module
 */

const SPACE = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const WORD = new RegExp(`[^${SPACE}]+`, 'g');
const HEAD = new RegExp(`^[${SPACE}]+`);
// looking behind keeps it linear: a run of white space is tried from its first character only
const TAIL = new RegExp(`(?<![${SPACE}])[${SPACE}]+$`);

/**
 * The words between white space: Python's `text.split()`.
 *
 * @example
 * ```ts
 * splitAtSpaces(' a  b\u0085c '); // ['a', 'b', 'c']
 * splitAtSpaces('a\uFEFFb'); // ['a\uFEFFb']
 * ```
 */
export function splitAtSpaces(text: string): string[] {
  return text.match(WORD) ?? [];
}

/**
 * A text without white space at its ends: Python's `text.strip()`.
 *
 * @example
 * ```ts
 * trimSpaces(' a  b\u001C'); // 'a  b'
 * ```
 */
export function trimSpaces(text: string): string {
  return trimSpacesEnd(text.replace(HEAD, ''));
}

/** A text without white space at its end: Python's `text.rstrip()`. */
export function trimSpacesEnd(text: string): string {
  return text.replace(TAIL, '');
}
