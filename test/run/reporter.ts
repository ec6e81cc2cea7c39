/**
 * The last lines of a test run: why tests were skipped, and, for programs and for people in a hurry, `N passed, N failed,
 * N skipped`.
 *
 * @module
 */
import type { Reporter, TestModule } from 'vitest/node';

/** How many tests ended in which way. A file that could not be loaded counts as one failure. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts the tests of all modules by their state. */
export function tally(modules: readonly TestModule[], otherErrors: number): Tally {
  const counts: Tally = { passed: 0, failed: otherErrors, skipped: 0 };
  for (const module of modules) {
    counts.failed += module.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that never ran, because the run was broken off, has not passed.
      if (state === 'pending') counts.skipped += 1;
      else counts[state] += 1;
    }
  }
  return counts;
}

/** The line itself. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** What tests that skipped themselves gave as their reason, a line each. */
export function skippedLines(modules: readonly TestModule[]): string[] {
  return modules
    .flatMap((module) => [...module.children.allTests()])
    .flatMap((test) => {
      const result = test.result();
      return result.state === 'skipped' && result.note !== undefined
        ? [`skipped: ${test.fullName}: ${result.note}`]
        : [];
    });
}

/** Prints the lines when everything else has been printed. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    for (const line of skippedLines(modules)) process.stdout.write(`${line}\n`);
    process.stdout.write(`${tallyLine(tally(modules, unhandledErrors.length))}\n`);
  }
}
