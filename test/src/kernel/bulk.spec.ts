/**
 * A thread may not yet know that the memory has grown: V8 tells it some time later. What reads and writes needs no size (the pages beyond are
 * guarded), but the bulk operations compare with the one that the thread knows, and fail in memory that is new. Rarely: so the
 * sources are looked at.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../../wasm-simd/assembly/', import.meta.url));
/** Places in a thread's own block, which is there from the start. */
const OWN = ['HISTOGRAMS', 'sums'];

describe('the bulk operations of the memory', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const calls = files.flatMap((file) =>
    [...readFileSync(`${SOURCES}${file}`, 'utf8').matchAll(/memory\.(?:fill|copy)\((\w+)/g)].map(([, to]) => ({
      file,
      to,
    })),
  );

  it.each(calls)('$file: write to $to, of the own block', ({ to }) => {
    expect(OWN).toContain(to);
  });

  it('are three', () => {
    expect(calls).toHaveLength(3);
  });
});
