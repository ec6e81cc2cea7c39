/**
 * The JSON of a header as the reference library's parser (serde) takes it, which is stricter than JSON.parse.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { parseJson } from '../text/json.ts';
import { endOfText, findDuplicateKey } from './jsonKeys.ts';

/** Objects and lists that may lie in one another. */
const DEEPEST = 127;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NUMBER = /[-\d][\d.eE+-]*/y;

/**
 * The value of a header's text. A number that is not written as a whole one (`1.0`, `1e0`, `-0`) comes as its text, for no
 * length and no offset may be written so.
 *
 * @param where - the header, for errors.
 * @throws {@link InvalidInput} if it is no JSON; has a key twice, half of a surrogate pair, or a number that
 * float64 does not hold; or is deeper than 127.
 */
export function parseHeaderJson(json: string, where: string): unknown {
  const value = parseJson(json, where);
  const duplicate = findDuplicateKey(json);
  if (duplicate !== undefined) throw wrong(where, 'each key once', `"${duplicate}" twice`);
  const parts: string[] = [];
  let [depth, done] = [0, 0];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '"') {
      const end = endOfText(json, i);
      requireText(json.slice(i, end), where);
      i = end - 1;
    } else if (character === '{' || character === '[') {
      if (++depth > DEEPEST) throw wrong(where, `at most ${DEEPEST} objects and lists in one another`, depth);
    } else if (character === '}' || character === ']') depth--;
    else if (character === '-' || (character >= '0' && character <= '9')) {
      const token = numberAt(json, i);
      if (!Number.isFinite(Number(token))) throw wrong(where, 'numbers that float64 holds', token);
      if (!/^\d+$/.test(token)) {
        parts.push(json.slice(done, i), JSON.stringify(token));
        done = i + token.length;
      }
      i += token.length - 1;
    }
  }
  return parts.length === 0 ? value : parseJson(parts.join('') + json.slice(done), where);
}

function requireText(quoted: string, where: string): void {
  // text in UTF-8 has none; an escape may
  if (quoted.includes('\\u') && LONE_SURROGATE.test(String(JSON.parse(quoted))))
    throw wrong(where, 'whole characters', quoted.slice(1, -1));
}

function numberAt(json: string, start: number): string {
  NUMBER.lastIndex = start;
  return NUMBER.exec(json)?.[0] ?? json[start];
}
