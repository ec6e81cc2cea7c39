/**
 * How mutants are found: what each rule puts in a place, how a mutant is named, and what comes of a loop without end.
 *
 * @module
 */
import { describe, expect, it, test } from 'vitest';
import { load } from '../../scripts/found/load.ts';
import { findMutants } from '../../scripts/found/mutants.ts';
import { placeOf } from '../../scripts/found/places.ts';
import { RULES } from '../../scripts/found/rules.ts';
import { FOUND } from '../../scripts/found/sources.ts';

/** Each rule on a line that it changes, and all that it puts in its place. */
const CHANGES: Readonly<Record<string, readonly [source: string, changed: readonly string[]]>> = {
  comparison: ['a < b;', ['a <= b;', 'a >= b;', 'a > b;']],
  arithmetic: ['a * b;', ['a / b;', 'a + b;']],
  assignment: ['a += b;', ['a -= b;', 'a = b;']],
  logic: ['a && b;', ['a || b;']],
  operand: ['a - b;', ['(a);', '(b);']],
  sign: ['a = -b;', ['a = (b);']],
  number: ['a = 3;', ['a = (0);', 'a = (1);', 'a = (2);', 'a = (4);', 'a = (6);', 'a = (-3);']],
  constant: ['a = true;', ['a = false;']],
  condition: ['if (a) b();', ['if (true) b();', 'if (false) b();']],
  call: ['a = b.slice(c);', ['a = b;', 'a = (c);']],
  function: ['a = Math.min(b);', ['a = Math.max(b);']],
  arguments: ['a = f(b, c);', ['a = f(c, b);']],
  statement: ['return;', [';']],
  member: ['a = { b };', ['a = { ...{} };']],
};

describe('each rule', () => {
  it.each(RULES)('$name', ({ name }) => {
    const [line, changed] = CHANGES[name];
    const found = findMutants('a.ts', `function f() { ${line} }`).filter(({ rule }) => rule === name);
    expect(found.map(({ text }) => text)).toEqual(changed.map((other) => `function f() { ${other} }`));
  });

  it('finds a place in the sources', () => {
    const used = new Set(FOUND.map(({ rule }) => rule));
    expect(RULES.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('a mutant', () => {
  const source = 'const T = { f: (a: 1 | 2) => a + a, g: 0 };\nfunction h() {\n  return 0 + 0;\n}\n';
  const found = findMutants('a.ts', source);

  it('is named after its function, and numbered where the name is there already', () => {
    const ids = found.map(({ id }) => id);
    expect(ids).toContain('T.f: a + a → a - a');
    expect(ids).toContain('h: 0 → (1)');
    expect(ids).toContain('h: 0 → (1) #2');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is no change of a type, and none that another one is', () => {
    expect(found.filter(({ before }) => before === '2')).toEqual([]);
    expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
    expect(found.some(({ text }) => text === source)).toBe(false);
  });

  it('says where it is', () => {
    expect(found.find(({ id }) => id === 'h: 0 + 0 → 0 - 0')).toMatchObject({
      line: 3,
      column: 10,
      rule: 'arithmetic',
    });
  });

  it('has an id of its own among all', () => {
    const ids = FOUND.map(({ file, id }) => `${file} ${id}`);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});

test('a place is the equation that its function states', () => {
  const at = (scope: string): string => placeOf({ file: 'src/paper.ts', scope });
  expect(['place', 'project', 'inverseRelative', 'step', 'of'].map(at)).toEqual([
    'Eq. 6',
    'Eq. 7',
    'Eq. 5 and Table 1',
    'Algorithm 1',
    'ε and silos',
  ]);
});

describe('loading', () => {
  const at = (text: string): Record<string, () => unknown> => {
    const { moduleAt } = load(new Map([['src/paper.ts', text]]));
    return moduleAt('src/paper.ts') as Record<string, () => unknown>;
  };

  it('takes the text for what is on disk, and away the types', () => {
    expect(at('export const f = (): number => 7;')['f']()).toBe(7);
  });

  it.each(['for (;;) n++;', 'while (true) { n++; }', 'do n++; while (true);'])(
    'ends a loop without end: %s',
    (loop) => {
      expect(() => at(`export function f() { let n = 0; ${loop} }`)['f']()).toThrow('a loop without end');
    },
  );
});
