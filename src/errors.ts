/**
 * The project's own errors. Every message reads `where: expected X, got Y`.
 *
 * @module
 */

/** The caller's mistake: a value out of range, an unknown name, a damaged file. The command exits with 2. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

/** What the machine does not provide: a missing data package, no space, no permission. The command exits with 3. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** A defect of ours: an invariant that the code itself should have kept. The command exits with 4. */
export class Internal extends Error {
  override readonly name = 'Internal';
}

/**
 * The error for a value that is not what the place asks for.
 *
 * @param where - the function, option or file, with the parameter's name and index.
 * @param expected - what would have been right, in words.
 * @param got - what came instead; strings are quoted, arrays and objects named by their kind.
 * @example
 * ```ts
 * wrong('epsilon', 'a number in (0, 1]', 2).message; // 'epsilon: expected a number in (0, 1], got 2'
 * ```
 */
export function wrong(where: string, expected: string, got: unknown): InvalidInput {
  return new InvalidInput(`${where}: expected ${expected}, got ${show(got)}`);
}

/** A value in a message: what is long or deep by its kind and length. */
function show(got: unknown): string {
  if (typeof got === 'string') return `"${visible(got)}"`;
  if (typeof got === 'function') return got.name === '' ? 'a function' : `the function ${got.name}`;
  if (typeof got === 'bigint') return `${got}n`;
  if (Array.isArray(got)) return `a list of ${got.length}`;
  if (typeof got !== 'object' || got === null) return String(got);
  const kind = Object.prototype.toString.call(got).slice('[object '.length, -1);
  if (kind === 'Object') return 'an object';
  return 'length' in got ? `a ${kind} of ${String(got.length)}` : `a ${kind}`;
}

/**
 * The error for a name that is not in a closed list; it proposes the nearest one.
 *
 * @param where - the option or field.
 * @param names - the valid names.
 * @param got - the name that came.
 * @param others - what else may stand there, in words that follow the names.
 */
export function unknownName(where: string, names: readonly string[], got: string, others = ''): InvalidInput {
  const nearest = nearestName(names, got);
  const hint = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
  return new InvalidInput(`${where}: expected one of ${names.join(', ')}${others}, got "${visible(got)}"${hint}`);
}

/**
 * A text with what cannot be seen in it written out: control characters, marks of direction, a byte order mark.
 *
 * @example
 * ```ts
 * visible('\u{FEFF}{}'); // '\\u{FEFF}{}'
 * ```
 */
export function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

/**
 * The name that was meant by what came, if one is near: within half its length of edits, or begun or ended by it. Leading
 * dashes say nothing.
 *
 * @example
 * ```ts
 * nearestName(['full', 'dst'], 'dts'); // 'dst'
 * nearestName(['train', 'development', 'test'], 'dev'); // 'development'
 * nearestName(['--random-seed', '--silos'], '--seed'); // '--random-seed'
 * ```
 */
export function nearestName(names: readonly string[], got: string): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of names) {
    const [meant, came] = [name, got].map((word) => word.toLowerCase().replace(/^-+/, ''));
    const distance =
      came.length > 1 && (meant.startsWith(came) || meant.endsWith(came)) ? 1 : editDistance(meant, came, true);
    if (distance < bestDistance && distance <= meant.length / 2) [best, bestDistance] = [name, distance];
  }
  return best;
}

/**
 * Levenshtein's distance, one row at a time: how many tokens have to be inserted, deleted or replaced to make `b` of `a`.
 *
 * @param swaps - whether two neighbours that changed places are one edit.
 */
export function editDistance(a: ArrayLike<unknown>, b: ArrayLike<unknown>, swaps: boolean): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = swaps && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? before[j - 2] + 1 : Infinity;
      next.push(Math.min(substitution, row[j] + 1, next[j - 1] + 1, swap));
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
