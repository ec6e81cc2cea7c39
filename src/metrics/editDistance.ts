/**
 * The edit distance (Levenshtein 1966; the recurrence is Wagner and Fischer's of 1974).
 *
 * @module
 */

/**
 * How many tokens have to be inserted, deleted or replaced to make `b` of `a`. In time |a|·|b|, in memory two rows.
 *
 * @example
 * ```ts
 * computeEditDistance([...'kitten'], [...'sitting']); // 3
 * ```
 */
export function computeEditDistance<Token>(a: readonly Token[], b: readonly Token[]): number {
  // above[j] is the distance of the first i tokens of a from the first j of b, row[j] that of the first i + 1.
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = above[j] + (a[i] === b[j] ? 0 : 1);
      row.push(Math.min(replaced, above[j + 1] + 1, row[j] + 1));
    }
    above = row;
  }
  return above[b.length];
}
