/**
 * What CONTRIBUTING says of folders and their order is what layers.ts enforces, and README and CONTRIBUTING name every top folder.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ROOMS } from './layers.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

/** The order as CONTRIBUTING writes it: groups of folders, those below first. */
const order = (/^\{`src\/paper\.ts`[^:]*:/m.exec(read('CONTRIBUTING.md'))?.[0] ?? '')
  .split('<')
  .map((group) => [...group.matchAll(/`([^`]+)`/g)].map(([, path]) => path));
const placeOf = (path: string): number => order.findIndex((group) => group.includes(path.replace(/\/$/, '')));

it('has every folder in the order', () => {
  const folders = ROOMS.map(({ paths }) => paths[0]).filter((path) => path.endsWith('/') && path !== 'test/');
  expect(folders.length).toBeGreaterThan(15);
  expect(folders.filter((path) => placeOf(path) < 0)).toEqual([]);
});

it('has each folder after all those that it may see', () => {
  const firstPath = new Map(ROOMS.map(({ name, paths }) => [name, paths[0]]));
  const backwards = ROOMS.filter(({ paths }) => placeOf(paths[0]) >= 0).flatMap(({ paths: [path], sees }) =>
    sees
      .map((name) => firstPath.get(name) ?? name)
      .filter((seen) => placeOf(seen) >= placeOf(path))
      .map((seen) => `${path} sees ${seen}`),
  );
  expect(backwards).toEqual([]);
});

it.each([
  { file: 'CONTRIBUTING.md', leavesOut: [] },
  { file: 'README.md', leavesOut: ['examples', 'findings', 'scripts', 'test'] },
])('names every top folder in $file', ({ file, leavesOut }) => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: fileURLToPath(root), encoding: 'utf8' }).split('\n');
  const folders = new Set(tracked.filter((path) => /^[^.].*\//.test(path)).map((path) => path.split('/')[0]));
  expect(folders.size).toBeGreaterThan(10);
  const rows = read(file)
    .split('\n')
    .filter((line) => /^\| `[\w-]+\/?`/.test(line))
    .map((line) => line.split('|')[1]);
  const named = new Set(rows.flatMap((cell) => [...cell.matchAll(/`([\w-]+)\/?`/g)].map(([, folder]) => folder)));
  expect([...folders].filter((folder) => !named.has(folder) && !leavesOut.some((known) => known === folder))).toEqual(
    [],
  );
});
