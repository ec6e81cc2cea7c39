import { defineConfig } from 'vitest/config';

/**
 * What a mutation run tries each mutant of src/dst on: the paper's own tests and the laws, the latter on fewer inputs,
 * since nearly every mutant that falls at all falls at one of the first.
 */
export default defineConfig({
  test: {
    include: ['test/src/dst/**/*.spec.ts', 'test/spec/laws.spec.ts'],
    // It reads the sources themselves, which a mutation run rewrites.
    exclude: ['test/src/dst/anchors.spec.ts'],
    // One worker for all files: loading them anew for each mutant costs ten times what the tests do.
    isolate: false,
    env: { DST_LAW_RUNS: '25' },
    testTimeout: 60_000,
  },
});
