/**
 * The example that checks an implementation in its own process: it conforms, with its wrong line it does not, and the guide
 * shows what it prints.
 */
import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { GENERATORS } from '../../scripts/generate/all.ts';

const { argv } = process;
afterEach(() => {
  process.argv = argv;
  vi.restoreAllMocks();
});

it.each([
  { words: [], conforms: true, says: /^holds so far: /m },
  { words: ['--wrong'], conforms: false, says: /^FAILS {2}eq5\/inverse-relative-is-difference-times-seed/m },
])('ends with $conforms if it is called with $words', async ({ words, conforms, says }) => {
  vi.resetModules();
  process.argv = [...argv, ...words];
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { run } = await import('../../examples/check-in-process.ts');
  expect(run.end.conforms).toBe(conforms);
  expect(print.mock.calls.join('\n')).toMatch(says);
});

it('is in the guide with its output', async () => {
  const generator = GENERATORS.find(({ name }) => name === 'in-process');
  const pages = await generator?.pages([]);
  expect(pages?.size).toBe(1);
  for (const [path, text] of pages ?? []) {
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(text).toContain("from 'dynamic-subset-tuning/conformance';");
  }
});
