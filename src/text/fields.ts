/**
 * The fields of a tokenizer.json, each checked where it is read.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** The fields of an object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Refuses a field that means something that we do not do. */
export function requireValue(got: unknown, expected: string | number | boolean | null, where: string): void {
  if (got !== expected) throw wrong(where, JSON.stringify(expected), JSON.stringify(got));
}

/** An object, of its own fields. */
export function record(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', kind(value));
  return Object.fromEntries(Object.entries(value));
}

/** A list. */
export function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(where, 'a list', kind(value));
  return value;
}

function kind(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : typeof value;
}
