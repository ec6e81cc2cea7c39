/**
 * JSON: each value is checked where it is read or written, and what is wrong with it named.
 *
 * @module
 */
import { InvalidInput, visible, wrong } from '../errors.ts';

/** The fields of an object. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The value of a text in JSON.
 *
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput} saying where it is none.
 */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidInput(
      `${where}: expected JSON, got ${visible(cause instanceof Error ? cause.message : String(cause))}`,
      {
        cause,
      },
    );
  }
}

/**
 * The JSON of a value from which {@link parseJson} makes an equal one; fields that are undefined are left out, and -0 becomes 0.
 *
 * @param where - what it is, for errors.
 * @param indent - spaces a level; all on one line if absent.
 * @throws {@link InvalidInput} naming what JSON would lose: NaN (which it makes null), infinity, a list with a hole, a Map, a typed array …
 */
export function printJson(value: unknown, where: string, indent?: number): string {
  requireJson(value, where, [], Number.isFinite);
  return JSON.stringify(value, null, indent);
}

/**
 * As {@link printJson}, on one line, for readers of a result: a number that JSON has not stands there as a text, `"NaN"`,
 * `"Infinity"` or `"-Infinity"`, as in a trace and in the conformance protocol.
 *
 * @throws {@link InvalidInput} naming whatever else JSON would lose.
 */
export function printResult(value: unknown, where: string): string {
  requireJson(value, where, [], () => true);
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner,
  );
}

/**
 * @param around - the lists and objects that the value lies in.
 * @param isNumber - whether a number can be written.
 */
function requireJson(
  value: unknown,
  where: string,
  around: readonly unknown[],
  isNumber: (x: number) => boolean,
): void {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return;
  if (typeof value === 'number' && isNumber(value)) return;
  if (typeof value !== 'object' || around.includes(value)) throw wrong(where, 'what JSON can hold', value);
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) requireJson(item, `${where}[${i}]`, [...around, value], isNumber);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw wrong(where, 'what JSON can hold', value);
  for (const [name, field] of Object.entries(value))
    if (field !== undefined) requireJson(field, `${where}.${name}`, [...around, value], isNumber);
}

/** Refuses a field that means something that we do not do. */
export function requireValue(got: unknown, expected: string | number | boolean | null, where: string): void {
  if (got !== expected) throw refused(where, JSON.stringify(expected), got);
}

/** An object, of its own fields. */
export function record(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(where, 'an object', value);
  return Object.fromEntries(Object.entries(value));
}

/** A list. */
export function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw refused(where, 'a list', value);
  return value;
}

/** A text. */
export function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') throw refused(where, 'a text', value);
  return value;
}

/** A number. */
export function numberOf(value: unknown, where: string): number {
  if (typeof value !== 'number') throw refused(where, 'a number', value);
  return value;
}

/** An id or an index. */
export function indexOf(value: unknown, where: string): number {
  const index = numberOf(value, where);
  if (!(Number.isSafeInteger(index) && index >= 0)) throw refused(where, 'a whole number from 0 on', value);
  return index;
}

/** True or false. */
export function truthOf(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw refused(where, 'true or false', value);
  return value;
}

/** A single value is shown as it stands in the file, anything else by its kind. */
function refused(where: string, expected: string, got: unknown): InvalidInput {
  const many = Array.isArray(got) ? 'a list' : 'an object';
  const shown = typeof got === 'object' && got !== null ? many : (JSON.stringify(got) ?? 'nothing');
  return new InvalidInput(`${where}: expected ${expected}, got ${shown}`);
}
