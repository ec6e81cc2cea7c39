/**
 * Covering arrays of strength two: few rows in which each two levels of each two factors stand together.
 *
 * @module
 */

/** The ways in which requests differ, each with its levels. */
export type Factors = Readonly<Record<string, readonly unknown[]>>;

/** A level, by its place, for each factor. */
type Row = Readonly<Record<string, number>>;

/** A level of one factor beside a level of another that comes later. */
interface Pair {
  readonly factors: readonly [string, string];
  readonly levels: readonly [number, number];
}

function keyOf({ factors: [a, b], levels: [i, j] }: Pair): string {
  return `${a} ${i} ${b} ${j}`;
}

function pairsOf(factors: Factors): Pair[] {
  const names = Object.keys(factors);
  return names.flatMap((a, place) =>
    names
      .slice(place + 1)
      .flatMap((b) =>
        factors[a].flatMap((_, i) => factors[b].map((__, j): Pair => ({ factors: [a, b], levels: [i, j] }))),
      ),
  );
}

/**
 * Rows that have every pair of levels, each row a level for every factor. Greedy: a row begins with the first pair that
 * is missing, and takes of each further factor the level that brings the most missing pairs.
 */
export function coverPairs<F extends Factors>(factors: F): { readonly [K in keyof F]: F[K][number] }[] {
  const names = Object.keys(factors);
  const missing = new Map(pairsOf(factors).map((pair) => [keyOf(pair), pair]));
  const rows: Row[] = [];
  const brings = (row: Row, name: string, level: number): string[] =>
    names
      .filter((other) => other in row && other !== name)
      .map((other) => {
        const isBefore = names.indexOf(other) < names.indexOf(name);
        return isBefore
          ? keyOf({ factors: [other, name], levels: [row[other], level] })
          : keyOf({ factors: [name, other], levels: [level, row[other]] });
      })
      .filter((key) => missing.has(key));
  // A single factor has no pairs: a row a level.
  if (names.length === 1) factors[names[0]].forEach((_, i) => rows.push({ [names[0]]: i }));
  for (let [first] = missing.values(); first !== undefined; [first] = missing.values()) {
    const [a, b] = first.factors;
    let row: Row = { [a]: first.levels[0], [b]: first.levels[1] };
    for (const name of names.filter((each) => !(each in row))) {
      const counts = factors[name].map((_, level) => brings(row, name, level).length);
      // Of equally good levels another one in each row, so that all are frequent.
      const best = counts.map((count, i) => [count, -((i + rows.length) % counts.length), i]).sort(compare)[0][2];
      row = { ...row, [name]: best };
    }
    for (const name of names) for (const key of brings(row, name, row[name])) missing.delete(key);
    rows.push(row);
  }
  return rows.map(
    (row) =>
      Object.fromEntries(names.map((name) => [name, factors[name][row[name]]])) as { [K in keyof F]: F[K][number] },
  );
}

/** The larger first, by the first number that differs. */
function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, i) => value !== b[i]);
  return place < 0 ? 0 : b[place] - a[place];
}
