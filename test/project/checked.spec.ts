import { describe, expect, it, test } from 'vitest';
import * as entry from '../../src/checked.ts';
import * as dst from '../../src/checked/entries/dst.ts';
import * as files from '../../src/checked/entries/files.ts';
import * as train from '../../src/checked/entries/train.ts';
import * as dstOfLibrary from '../../src/entries/dst.ts';
import * as filesOfLibrary from '../../src/entries/files.ts';
import * as trainOfLibrary from '../../src/entries/train.ts';
import { InvalidInput } from '../../src/errors.ts';
import * as library from '../../src/index.ts';
import * as conformance from '../../spec/checked.ts';
import * as conformanceOfKit from '../../spec/index.ts';
import manifest from '../../package.json' with { type: 'json' };
import { CALLS } from './calls.ts';
import { rightOf, wrongOf } from './wrongKinds.ts';

/** By name: all that the entries export. No name stands for two things. */
const exported: Readonly<Record<string, unknown>> = { ...conformance, ...entry };
const bare: Readonly<Record<string, unknown>> = { ...conformanceOfKit, ...library };

/** Calls a function or makes an instance of a class, and waits for what it promises. */
async function call(name: string, given: readonly unknown[]): Promise<unknown> {
  const called = exported[name] as (...given: readonly unknown[]) => unknown;
  const made: unknown = Function.prototype.toString.call(bare[name]).startsWith('class ')
    ? Reflect.construct(called, given)
    : called(...given);
  return made instanceof Promise ? ((await made) as unknown) : made;
}

async function refusalOf(name: string, given: readonly unknown[]): Promise<unknown> {
  try {
    await call(name, given);
  } catch (error) {
    return error;
  }
  return undefined;
}

/** A value in the name of a failure. */
const show = (value: unknown): string => {
  if (typeof value === 'function') return 'a function';
  if (ArrayBuffer.isView(value)) return value.constructor.name;
  return (
    JSON.stringify(value, (_, inner: unknown) => (ArrayBuffer.isView(inner) ? inner.constructor.name : inner)) ??
    'undefined'
  );
};

const ENTRIES = {
  '.': [entry, library],
  './dst': [dst, dstOfLibrary],
  './files': [files, filesOfLibrary],
  './train': [train, trainOfLibrary],
  './conformance': [conformance, conformanceOfKit],
} as const;

/** What a path of the manifest is built from. */
const sourceOf = (built: string): string => built.replace('./dist/', '../../').replace(/(\.d\.ts|\.js)$/, '.ts');

describe.each(Object.entries(ENTRIES))('the entry %s', (name, [values, types]) => {
  it('is in the manifest: values that look at their arguments, with the types of what they look at', async () => {
    const paths = Object.entries(manifest.exports).find(([key]) => key === name)?.[1];
    if (paths === undefined) return expect.fail('not in the manifest');
    expect(await import(sourceOf(paths.default))).toBe(values);
    expect(await import(sourceOf(paths.types))).toBe(types);
  });

  it('offers by name what its types say, and nothing else', () => {
    expect(Object.keys(values).sort()).toEqual(Object.keys(types).sort());
  });

  it('gives a function that another entry has under the same name, too, as the same', () => {
    const others = Object.entries(values).filter(
      ([key, value]) => typeof value === 'function' && exported[key] !== value,
    );
    expect(others.map(([key]) => key)).toEqual([]);
  });
});

it('has all of its parts in the main entry, but the conformance kit', () => {
  const all = Object.keys(entry);
  expect([dst, files, train].flatMap((part) => Object.keys(part)).filter((name) => !all.includes(name))).toEqual([]);
});

it('has no other entries', () => {
  expect(Object.keys(manifest.exports)).toEqual(Object.keys(ENTRIES));
});

const functions = Object.keys(bare).filter((name) => typeof bare[name] === 'function');

it('has a call for every function and class', () => {
  expect(Object.keys(CALLS).sort()).toEqual(functions.sort());
});

const calls = Object.entries(CALLS).map(([name, right]) => ({ name, ...right() }));
const taking = calls.filter(({ given }) => given.length > 0);

test.each(taking.filter(({ dry }) => dry === undefined))('$name takes what is right', async ({ name, given }) => {
  expect(await refusalOf(name, given.map(rightOf))).toBeUndefined();
});

test.each(taking)('$name refuses what is of another kind', async ({ name, given }) => {
  const right = given.map(rightOf);
  const wrongs = given.flatMap((argument, i) => wrongOf(argument).map((value) => ({ i, value })));
  expect(wrongs.length).toBeGreaterThan(0);
  const taken: string[] = [];
  for (const { i, value } of wrongs) {
    const error = await refusalOf(name, right.with(i, value));
    const isRefusal = error instanceof InvalidInput && /^.+: expected .+, got .+$/s.test(error.message);
    if (!isRefusal) taken.push(`argument ${i} as ${show(value)}: ${String(error)}`);
  }
  expect(taken).toEqual([]);
});
