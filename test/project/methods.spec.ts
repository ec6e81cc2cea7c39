import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { METHODS } from '../../src/train/methods.ts';
import { METHOD_NAMES } from '../../src/train/names.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('docs/methods.md has a row for each method, under its label, and no other', () => {
  const rows = [...read('docs/methods.md').matchAll(/^\| `([\w-]+)` \| ([^|]+?) \|/gm)];
  expect(rows.map(([, name]) => name)).toEqual([...METHOD_NAMES]);
  for (const [, name, label] of rows)
    expect(label).toContain(METHODS[METHOD_NAMES.find((known) => known === name) ?? 'full'].label);
});

it('the walk-through of a baseline names files that are there, one a point, six in all', () => {
  const part = /## Walk-through: add a baseline\n([^]*?)\n## /.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  const named = (text: string): string[] =>
    [...text.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.\w+|[A-Z]+\.md)`/g)].map(([, path]) => path);
  expect(named(part).filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
  const points = part.split(/^\d\. /m).slice(1);
  expect(points).toHaveLength(6);
  for (const point of points) expect(named(point).length, point).toBeGreaterThan(0);
  for (const path of ['names.ts', 'partLearner.ts', 'methods.ts']) expect(named(part)).toContain(`src/train/${path}`);
});
