/**
 * The kinds of values that are taken from outside, and what refuses the others: one check for each, from a number to a
 * record whose fields have checks of their own. A compiler asks as much of TypeScript; JavaScript and files have none.
 *
 * @module
 */
import { unknownName, wrong } from './errors.ts';

/** Reads one value, or throws an error that names the place. */
export interface Check<T> {
  (value: unknown, where: string): T;
  /** All that it lets through, if that is a closed list. */
  readonly names?: readonly string[];
  /** Whether it lets null through, beside what it is for. */
  readonly isNullable?: boolean;
}

/** One check a field. */
export type Fields<T> = { readonly [K in keyof T]: Check<T[K]> };

/** What a record of those fields holds. */
export type RecordOf<F> = { readonly [K in keyof F]: F[K] extends Check<infer T> ? T : never };

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
  const given = fieldsOf(value, where);
  const names = namesOf(fields);
  refuseOthers(names.map(String), given, where);
  const result: Partial<T> = { ...defaults };
  for (const name of names) {
    const place = `${where}: ${String(name)}`;
    const raw = given.get(String(name));
    if (raw !== undefined) result[name] = fields[name](raw, place);
    else if (!(name in defaults)) throw wrong(place, 'a value', 'nothing');
  }
  return isComplete(result, names) ? result : neverIncomplete(where);
}

/** One check an option; an option that may be missing has an {@link optional} one. */
export type Kinds<T> = { readonly [K in keyof Required<T>]: Check<unknown> };

/**
 * Checks the options of a function, which completes them itself.
 *
 * @param prefix - of an option's name in messages.
 * @throws InvalidInput for what is not an object, an unknown name (with the nearest that is known), or a wrong value.
 */
export function checkOptions<T extends object>(
  kinds: Kinds<T>,
  options: T,
  where: string,
  prefix = `${where}: `,
): void {
  const given = fieldsOf(options, where);
  const checks = Object.entries<Check<unknown>>(kinds);
  refuseOthers(
    checks.map(([name]) => name),
    given,
    where,
  );
  for (const [name, check] of checks) check(given.get(name), `${prefix}${name}`);
}

/** The defaults, and over them what is given; undefined is nothing given. */
export function withDefaults<T extends object>(defaults: T, given: Partial<T> = {}): T {
  return { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

/** Options inside of options. */
/* @__NO_SIDE_EFFECTS__ */
export function options<T extends object>(kinds: Kinds<T>): Check<T> {
  return (value, where) => {
    if (!isObject(value)) throw wrong(where, 'an object', value);
    checkOptions<object>(kinds, value, where, `${where}.`);
    return value as T; // every field of it was checked
  };
}

/** An object that somebody made for us: it has the fields, each of its kind, and may have others. */
/* @__NO_SIDE_EFFECTS__ */
export function having(expected: string, fields: Readonly<Record<string, Check<unknown>>>): Check<object> {
  return (value, where) => {
    if (!isObject(value)) throw wrong(where, expected, value);
    for (const [name, check] of Object.entries(fields)) check(Reflect.get(value, name), `${where}.${name}`);
    return value;
  };
}

/** An object whose every field is of one kind, as texts by name are. */
/* @__NO_SIDE_EFFECTS__ */
export function everyField(check: Check<unknown>): Check<object> {
  return (value, where) => {
    for (const [name, field] of fieldsOf(value, where)) check(field, `${where}.${name}`);
    return Object(value) as object;
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function fieldsOf(value: unknown, where: string): Map<string, unknown> {
  if (!isObject(value)) throw wrong(where, 'an object', value);
  return new Map<string, unknown>(Object.entries(value));
}

function refuseOthers(names: readonly string[], given: ReadonlyMap<string, unknown>, where: string): void {
  for (const name of given.keys()) if (!names.includes(name)) throw unknownName(where, names, name);
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
/* @__NO_SIDE_EFFECTS__ */
export function oneOf<const T extends string>(names: readonly T[]): Check<T> {
  const check = (value: unknown, where: string): T => {
    const found = names.find((name) => name === value);
    if (found !== undefined) return found;
    if (typeof value !== 'string') throw wrong(where, `one of ${names.join(', ')}`, value);
    throw unknownName(where, names, value);
  };
  return Object.assign(check, { names });
}

/** A finite number that `accepts` lets through; `expected` says in words which. */
/* @__NO_SIDE_EFFECTS__ */
export function number(expected: string, accepts: (x: number) => boolean): Check<number> {
  return (value, where) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || !accepts(value)) throw wrong(where, expected, value);
    return value;
  };
}

/** Any number but NaN: ±∞ too. */
export const real: Check<number> = (value, where) => {
  if (typeof value !== 'number' || Number.isNaN(value)) throw wrong(where, 'a number', value);
  return value;
};

/** Any finite number. */
export const finite: Check<number> = number('a finite number', () => true);

/** A whole number from `least` on. */
/* @__NO_SIDE_EFFECTS__ */
export function integer(least: number): Check<number> {
  return number(`a whole number of at least ${least}`, (x) => Number.isSafeInteger(x) && x >= least);
}

/** A number above 0. */
export const positive: Check<number> = number('a number above 0', (x) => x > 0);

/** A number of at least 0. */
export const fromZero: Check<number> = number('a number of at least 0', (x) => x >= 0);

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
/* @__NO_SIDE_EFFECTS__ */
export function orNull<T>(check: Check<T>): Check<T | null> {
  const read = (value: unknown, where: string): T | null => (value === null ? null : check(value, where));
  return Object.assign(read, { isNullable: true });
}

/** What `check` reads, or nothing. */
/* @__NO_SIDE_EFFECTS__ */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, where) => (value === undefined ? undefined : check(value, where));
}

/** What is not read here. */
export const ignored: Check<unknown> = (value) => value;

/** A Float32Array, as every vector is: doubles, whole numbers and plain lists have other bits. */
export const float32: Check<Float32Array> = instance(Float32Array, 'a Float32Array');

/** An Int32Array, as tokens are. */
export const int32: Check<Int32Array> = instance(Int32Array, 'an Int32Array');

/** The bytes of a file; Node's Buffer is one. */
export const bytes: Check<Uint8Array> = instance(Uint8Array, 'a Uint8Array');

/** What `class` makes. */
/* @__NO_SIDE_EFFECTS__ */
export function instance<T extends object>(kind: abstract new (...given: never[]) => T, expected: string): Check<T> {
  return (value, where) => {
    if (!(value instanceof kind)) throw wrong(where, expected, value);
    return value;
  };
}

/** Whatever can be gone through, but a text, whose characters nobody means. */
export const iterable: Check<object> = (value, where) => {
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) throw wrong(where, 'a list', value);
  return value;
};

/** A list of numbers, typed or not. */
export const numbers: Check<object> = (value, where) => {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value;
  return list(real)(value, where);
};

/** A function. */
export const callable: Check<unknown> = (value, where) => {
  if (typeof value !== 'function') throw wrong(where, 'a function', value);
  return value;
};

/** A text, the empty one too. */
export const anyText: Check<string> = (value, where) => {
  if (typeof value !== 'string') throw wrong(where, 'a text', value);
  return value;
};

/** A list whose elements `check` lets through. */
/* @__NO_SIDE_EFFECTS__ */
export function list<T>(check: Check<T>): Check<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw wrong(where, 'a list', value);
    return value.map((element, i) => check(element, `${where}[${i}]`));
  };
}
