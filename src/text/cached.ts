/**
 * Words and characters seen before are looked up: a text has few that are new.
 *
 * @module
 */

/** The table starts afresh when it has this many. */
const CACHED_WORDS = 1 << 17;

/** The same function, each value computed once while the table has space. */
export function cached<T>(compute: (word: string) => T): (word: string) => T {
  const table = new Map<string, T>();
  return (word) => {
    const known = table.get(word);
    if (known !== undefined) return known;
    const value = compute(word);
    if (table.size >= CACHED_WORDS) table.clear();
    table.set(word, value);
    return value;
  };
}
