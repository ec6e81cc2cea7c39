import { defineConfig } from 'vitest/config';
import { isDeep } from './test/run/runs.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.spec.ts'],
    // A deep run takes an hour: each test says that it has ended.
    reporters: [isDeep() ? 'verbose' : 'default', './test/run/reporter.ts'],
    testTimeout: isDeep() ? 3_600_000 : 60_000,
    // A worker for each processor (Vitest leaves one idle), which keeps what it has loaded from file to file:
    // test/README.md says why.
    maxWorkers: '100%',
    isolate: false,
    coverage: { include: ['src/dst/**/*.ts', 'spec/laws/**/*.ts'], reporter: ['text-summary', 'text'] },
  },
});
