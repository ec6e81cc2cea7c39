import { readdirSync, readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { compileExample, findExamples } from './docstrings.ts';
import { isAsWritten, readLiteral } from './literal.ts';
import { createStage } from './stage.ts';

const root = new URL('../../', import.meta.url);
const examples = ['src', 'spec'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => `${folder}/${path}`)
    .flatMap((path) =>
      findExamples(readFileSync(new URL(path, root), 'utf8')).map((example) => ({ path, example, line: example.line })),
    ),
);

describe('the examples in docstrings', () => {
  it.each(examples)('$path:$line', async ({ path, example }) => {
    const exported: unknown = await import(new URL(path, root).href);
    const around = path.startsWith('spec/') ? await import('../../spec/index.ts') : createStage();
    const scope = { ...around, ...(exported as object) };
    const { code, expectations } = compileExample(example);
    let checked = 0;
    const check = (got: unknown, index: number): void => {
      const { expression, value } = expectations[index];
      checked += 1;
      if (!isAsWritten(got, value)) expect(got, expression).toEqual(value);
    };
    const run: unknown = compileFunction(code, ['check', ...Object.keys(scope)]);
    if (typeof run !== 'function') throw new TypeError('a function was compiled');
    await Reflect.apply(run, undefined, [check, ...Object.values(scope)]);
    expect(checked, 'every assertion was reached').toBe(expectations.length);
  });

  it('are found', () => {
    expect(examples.length).toBeGreaterThan(20);
    const asserted = examples.flatMap(({ example }) => compileExample(example).expectations);
    expect(asserted.length).toBeGreaterThan(10);
  });
});

describe('a literal in a comment', () => {
  it.each<[string, unknown, boolean]>([
    ['2', 2, true],
    ['2', 2.4, false],
    ['0.40', 0.404, true],
    ['0.40', 0.406, false],
    ['−∞', -Infinity, true],
    ['NaN', NaN, true],
    ["'a, b'", 'a, b', true],
    ["'a, b'", 'a', false],
    ['[1, 2]: as floats', Float32Array.of(1, 2), true],
    ['[1, 2]', [1, 2, 3], false],
    ['{ rank: 7, weight: 0.5 }', { rank: 7, weight: 0.5 }, true],
    ['{ rank: 7 }', { rank: 7, weight: 0.5 }, false],
    ['[true, null, undefined]', [true, null, undefined], true],
  ])('%s', (text, got, expected) => {
    const literal = readLiteral(text);
    if (literal === undefined) expect.fail('no literal');
    expect(isAsWritten(got, literal.value)).toBe(expected);
  });

  it.each(['the first epoch', 'indices [1], values [5]', '', 'x + 1', 'update = −0.1 · gradient'])(
    'not "%s"',
    (text) => {
      expect(readLiteral(text)).toBeUndefined();
    },
  );
});
