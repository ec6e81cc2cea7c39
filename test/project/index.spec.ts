import fs from 'node:fs';
import { expect, it, vi } from 'vitest';

const ENTRIES = ['src/checked', 'src/checked/entries/dst', 'src/checked/entries/files', 'src/checked/entries/train'];

it.each(ENTRIES)('%s offers what it has, and importing it does no work', async (name) => {
  vi.resetModules(); // another spec of this worker may have imported it
  const compile = vi.spyOn(WebAssembly, 'Module');
  const read = vi.spyOn(fs, 'readFileSync');
  const all = (await import(new URL(`../../${name}.ts`, import.meta.url).href)) as Readonly<Record<string, unknown>>;
  expect(compile).not.toHaveBeenCalled();
  expect(read).not.toHaveBeenCalled();
  expect(Object.keys(all).length).toBeGreaterThan(10);
  for (const [key, value] of Object.entries(all)) expect(value, key).toBeDefined();
});

it('offers everything by one door', async () => {
  const all = await import('../../src/checked.ts');
  for (const name of ['createProblem', 'step', 'extract', 'apply', 'sgd', 'adafactor', 'createDecoder'] as const) {
    expect(all[name], name).toBeTypeOf('function');
  }
});
