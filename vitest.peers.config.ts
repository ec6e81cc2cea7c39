import { defineConfig } from 'vitest/config';

/** The suites that compare our code with peers in Python: `npm run test:peers`. Everything else is `npm test`. */
export default defineConfig({
  test: {
    include: ['test/peers/**/*.peers.ts'],
    reporters: ['verbose', './test/peers/reporter.ts', './test/run/reporter.ts'],
    // a program that imports transformers takes ten seconds to begin
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
