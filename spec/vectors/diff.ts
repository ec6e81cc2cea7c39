/**
 * What changed from one set of vectors to another.
 *
 * @module
 */
import { encodeShort } from '../wire/json.ts';
import { writeVector } from './select.ts';
import type { Vector, VectorFile } from './vector.ts';

/** One vector that is not the same in both sets. */
export interface Difference {
  readonly dtype: string;
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Which fields changed. */
  readonly fields: readonly string[];
}

/** By number format and id, in the order of the sets; what was removed comes first. */
export function diffVectors(before: readonly VectorFile[], after: readonly VectorFile[]): Difference[] {
  const [old, now] = [index(before), index(after)];
  const removed = [...old].flatMap(([key, { dtype, vector }]): Difference[] =>
    now.has(key) ? [] : [{ dtype, id: vector.id, change: 'removed', fields: [] }],
  );
  const others = [...now].flatMap(([key, { dtype, vector, line }]): Difference[] => {
    const known = old.get(key);
    if (known === undefined) return [{ dtype, id: vector.id, change: 'added', fields: [] }];
    if (known.line === line) return [];
    return [{ dtype, id: vector.id, change: 'changed', fields: changedFields(known.vector, vector) }];
  });
  return [...removed, ...others];
}

interface Indexed {
  readonly dtype: VectorFile['dtype'];
  readonly vector: Vector;
  readonly line: string;
}

function index(files: readonly VectorFile[]): Map<string, Indexed> {
  return new Map(
    files.flatMap(({ dtype, vectors }) =>
      vectors.map((vector): [string, Indexed] => [
        `${dtype} ${vector.id}`,
        { dtype, vector, line: writeVector(vector, dtype) },
      ]),
    ),
  );
}

function changedFields(before: Vector, after: Vector): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([name, value]: [string, unknown]) =>
    encodeShort(old.get(name)) === encodeShort(value) ? [] : [name],
  );
}
