/**
 * Rows that take one another's places without a copy of them all.
 *
 * @module
 */

/** Stands for a row of its own, if one row at a time is set aside. */
export const ASIDE = -1;

/** What is copied where: rows, and −1 for one that is set aside. */
export interface Move {
  readonly from: number;
  readonly to: number;
}

/**
 * Copies, one after the other, after which row r is what row `parents[r]` was before: none overwrites what is still to be read.
 * Rows that stay are not among them.
 *
 * @example
 * ```ts
 * movesOf(Int32Array.of(0, 0, 1)); // [{ from: 1, to: 2 }, { from: 0, to: 1 }]
 * ```
 */
export function movesOf(parents: Int32Array): readonly Move[] {
  const moves: Move[] = [];
  const readers = new Int32Array(parents.length);
  const pending = new Set<number>();
  parents.forEach((parent, row) => {
    if (parent === row) return;
    pending.add(row);
    readers[parent] += 1;
  });
  const place = (row: number): void => {
    moves.push({ from: parents[row], to: row });
    pending.delete(row);
  };
  // Rows that nobody reads any more can be overwritten, and then perhaps their parents.
  for (const row of [...pending]) {
    for (let free = row; pending.has(free) && readers[free] === 0; free = parents[free]) {
      place(free);
      readers[parents[free]] -= 1;
    }
  }
  // What is left are cycles: each begins by setting one row aside.
  for (const first of pending) {
    moves.push({ from: first, to: ASIDE });
    let last = first;
    while (parents[last] !== first) {
      place(last);
      last = parents[last];
    }
    moves.push({ from: ASIDE, to: last });
    pending.delete(last);
  }
  return moves;
}
