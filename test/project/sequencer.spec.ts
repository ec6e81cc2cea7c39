/**
 * The order of a test run: files that are there, each once, and nothing lost on the way.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packageRoot } from '../../cli/package.ts';
import { LONGEST, longestFirst } from '../run/sequencer.ts';

it('names files that are there, each once', () => {
  expect(LONGEST.filter((path) => !existsSync(join(packageRoot(), path)))).toEqual([]);
  expect(new Set(LONGEST).size).toBe(LONGEST.length);
});

it('runs all files: the named ones first, in their order, the others in theirs', () => {
  const others = ['spec/a.spec.ts', 'spec/b.spec.ts', 'spec/c.spec.ts'];
  fc.assert(
    fc.property(fc.shuffledSubarray([...LONGEST, ...others]), (files) => {
      const [named, rest] = [true, false].map((isNamed) => files.filter((path) => LONGEST.includes(path) === isNamed));
      const inOrder = LONGEST.filter((path) => named.includes(path));
      expect(longestFirst(files, (path) => path)).toEqual([...inOrder, ...rest]);
    }),
  );
});
