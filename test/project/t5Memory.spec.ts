/**
 * What docs/performance/memory.md says about a T5 of 77 million parameters. It takes a minute and three gigabytes, so it
 * runs in the deep tests alone.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runs } from '../run/runs.ts';
import { measureT5Memory } from '../../scripts/t5/memory.ts';

const isDeep = runs(1) >= 10_000;

describe(`the peak memory of a T5 of 77 million parameters${isDeep ? '' : ' (skipped: npm run test:deep measures it)'}`, () => {
  it.runIf(isDeep)('is what the page says, to a tenth', { timeout: 600_000 }, async () => {
    const stated = Number(/\*\*([\d.]+) GB\*\*/.exec(readFileSync('docs/performance/memory.md', 'utf8'))?.[1]);
    const { parameters, peakBytes } = await measureT5Memory();
    expect(parameters).toBe(76_961_152);
    expect(peakBytes / 1e9 / stated).toBeGreaterThan(0.9);
    expect(peakBytes / 1e9 / stated).toBeLessThan(1.1);
  });
});
