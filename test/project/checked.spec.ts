import { expect, it, test } from 'vitest';
import * as entry from '../../src/checked.ts';
import { InvalidInput } from '../../src/errors.ts';
import * as library from '../../src/index.ts';
import manifest from '../../package.json' with { type: 'json' };
import { CALLS } from './calls.ts';
import { rightOf, wrongOf } from './wrongKinds.ts';

const exported: Readonly<Record<string, unknown>> = { ...entry };

/** Calls a function or makes an instance of a class, and waits for what it promises. */
async function call(name: string, given: readonly unknown[]): Promise<unknown> {
  const called = exported[name] as (...given: readonly unknown[]) => unknown;
  const made: unknown = Function.prototype.toString.call(library[name as keyof typeof library]).startsWith('class ')
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

it("is the package's entry, with the types of what it looks at", () => {
  expect(manifest.exports['.']).toEqual({ types: './dist/src/index.d.ts', default: './dist/src/checked.js' });
});

it('offers what index.ts offers, and nothing else', () => {
  expect(Object.keys(entry).sort()).toEqual(Object.keys(library).sort());
});

const functions = Object.keys(library).filter((name) => typeof library[name as keyof typeof library] === 'function');

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
