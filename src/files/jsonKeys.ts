/**
 * What JSON.parse hides: it keeps the last of several equal keys without a word.
 *
 * @module
 */

/**
 * The first key that stands twice in one object of a JSON text, as its path's last part; undefined if there is none.
 * Keys are compared as what they mean: `"a"` and `"\u0061"` are the same key.
 *
 * @param json - a text that JSON.parse has accepted.
 */
export function findDuplicateKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let text: string | undefined;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '"') {
      const end = endOfText(json, i);
      text = json.slice(i, end);
      i = end - 1;
    } else if (character === '{') open.push(new Set());
    else if (character === '[') open.push(undefined);
    else if (character === '}' || character === ']') open.pop();
    else if (character === ':' && text !== undefined) {
      const key = String(JSON.parse(text));
      const keys = open.at(-1);
      if (keys?.has(key) === true) return key;
      keys?.add(key);
    }
  }
  return undefined;
}

/** The index after the closing quotation mark of the text that opens at `start`. */
export function endOfText(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i + 1;
}
