import { readFileSync } from 'node:fs';
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
