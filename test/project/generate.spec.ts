import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GENERATORS } from '../../scripts/generate/all.ts';
import { findOld } from '../../scripts/generate/generator.ts';

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

it.each(GENERATORS.filter(({ from }) => from === 'repository'))(
  '$name: the pages are what it makes of what is committed (npm run generate)',
  async ({ pages }) => {
    const made = await pages([]);
    expect(made.size).toBeGreaterThan(0);
    expect([...findOld(made, read).keys()]).toEqual([]);
  },
);

it('finds a page that is old, and one that is missing', () => {
  const made = new Map([
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
  ]);
  expect([...findOld(made, (path) => ({ a: '1', b: '1' })[path])]).toEqual([
    ['b', '2'],
    ['c', '3'],
  ]);
});

const call = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/generate.ts', ...args], { encoding: 'utf8' });

it('names every generator', () => {
  const { status, stdout } = call('--list');
  expect({
    status,
    names: stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  }).toEqual({
    status: 0,
    names: GENERATORS.map(({ name }) => name),
  });
});

it.each([
  ['a name that it does not know', ['paper-mop'], 'generate: expected one of paper-map'],
  ['an argument that nothing takes', ['dialects', 'x'], 'generate dialects: expected no argument, got "x"'],
  [
    'a result that is missing',
    ['results'],
    'generate results: expected the folder of one run of dst demo, got "0 folders"',
  ],
  ['an unknown option', ['--chek'], '--chek'],
])('refuses %s with 2', (_, args, message) => {
  const { status, stdout, stderr } = call(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});
