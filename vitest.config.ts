import { defineConfig } from 'vitest/config';
import { isDeep } from './test/run/runs.ts';
import LongestFirst from './test/run/sequencer.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.spec.ts'],
    reporters: ['default', './test/run/progress.ts', './test/run/reporter.ts'],
    testTimeout: isDeep() ? 3_600_000 : 60_000,
    // A worker for each processor (Vitest leaves one idle), which keeps what it has loaded from file to file:
    // docs/decisions/0055-a-test-run-uses-every-core.md.
    maxWorkers: '100%',
    isolate: false,
    sequence: { sequencer: LongestFirst },
    coverage: { include: ['src/dst/**/*.ts', 'spec/laws/**/*.ts'], reporter: ['text-summary', 'text'] },
  },
});
