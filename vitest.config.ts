import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['spec/**/*.spec.ts'],
    reporters: ['default', './spec/reporter.ts'],
    testTimeout: 60_000,
    coverage: { include: ['src/dst/**/*.ts', 'spec/laws/**/*.ts'], reporter: ['text-summary', 'text'] },
  },
});
