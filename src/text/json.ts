/**
 * Reading JSON: each value is checked where it is read, and what is wrong with it named.
 *
 * @module
 */
import { InvalidInput, visible } from '../errors.ts';

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
