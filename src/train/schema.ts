/**
 * Reading a plain record field by field: each field has one check, unknown keys are errors with the nearest name.
 *
 * @module
 */
import { unknownName, wrong } from '../errors.ts';

/** Reads one value, or throws an error that names the place. */
export type Check<T> = (value: unknown, where: string) => T;

/** One check a field. */
export type Fields<T> = { readonly [K in keyof T]: Check<T[K]> };

/**
 * Reads a record. Missing fields are taken from `defaults`; a field without a default must be there.
 *
 * @throws InvalidInput for what is not an object, an unknown key, a missing or a wrong value.
 */
export function readRecord<T extends object>(
  fields: Fields<T>,
  defaults: Partial<T>,
  value: unknown,
  where: string,
): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', value);
  const given = new Map<string, unknown>(Object.entries(value));
  const names = namesOf(fields);
  for (const name of given.keys()) {
    if (!names.some((known) => known === name)) throw unknownName(where, names.map(String), name);
  }
  const result: Partial<T> = { ...defaults };
  for (const name of names) {
    const place = `${where}: ${String(name)}`;
    const raw = given.get(String(name));
    if (raw !== undefined) result[name] = fields[name](raw, place);
    else if (!(name in defaults)) throw wrong(place, 'a value', 'nothing');
  }
  return isComplete(result, names) ? result : neverIncomplete(where);
}

function namesOf<T extends object>(fields: Fields<T>): readonly (keyof T)[] {
  const names: (keyof T)[] = [];
  for (const name in fields) names.push(name);
  return names;
}

function isComplete<T extends object>(record: Partial<T>, names: readonly (keyof T)[]): record is T {
  return names.every((name) => record[name] !== undefined);
}

function neverIncomplete(where: string): never {
  throw wrong(where, 'a value for every field', 'a default that is undefined');
}

/** One of a closed list of names. */
export function oneOf<const T extends string>(names: readonly T[]): Check<T> {
  return (value, where) => {
    const found = names.find((name) => name === value);
    if (found === undefined) throw unknownName(where, names, String(value));
    return found;
  };
}

/** A finite number that `accepts` lets through; `expected` says in words which. */
export function number(expected: string, accepts: (x: number) => boolean): Check<number> {
  return (value, where) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || !accepts(value)) throw wrong(where, expected, value);
    return value;
  };
}

/** A whole number from `least` on. */
export function integer(least: number): Check<number> {
  return number(`a whole number of at least ${least}`, (x) => Number.isSafeInteger(x) && x >= least);
}

/** A number above 0. */
export const positive: Check<number> = number('a number above 0', (x) => x > 0);

/** A share in (0, 1], as ε is. */
export const share: Check<number> = number('a number in (0, 1]', (x) => x > 0 && x <= 1);

export const truth: Check<boolean> = (value, where) => {
  if (typeof value !== 'boolean') throw wrong(where, 'true or false', value);
  return value;
};

export const text: Check<string> = (value, where) => {
  if (typeof value !== 'string' || value === '') throw wrong(where, 'a text that is not empty', value);
  return value;
};

/** What `check` reads, or null. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, where) => (value === null ? null : check(value, where));
}
