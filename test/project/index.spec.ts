import fs from 'node:fs';
import { expect, it, vi } from 'vitest';

it('offers everything by one door, and importing it does no work', async () => {
  vi.resetModules(); // another spec of this worker may have imported it
  const compile = vi.spyOn(WebAssembly, 'Module');
  const read = vi.spyOn(fs, 'readFileSync');
  const all = await import('../../src/checked.ts');
  expect(compile).not.toHaveBeenCalled();
  expect(read).not.toHaveBeenCalled();
  for (const name of ['createProblem', 'step', 'extract', 'apply', 'sgd', 'adafactor', 'createDecoder'] as const) {
    expect(all[name], name).toBeTypeOf('function');
  }
});
