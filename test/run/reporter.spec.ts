import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { skippedLines, tally, tallyLine } from './reporter.ts';

type State = 'passed' | 'failed' | 'skipped' | 'pending';

/** As much of a module as is looked at. */
function moduleOf(states: readonly State[], errors: number): TestModule {
  const module: unknown = {
    errors: () => Array.from({ length: errors }, () => new Error('broken')),
    children: {
      allTests: () =>
        states.map((state, i) => ({
          fullName: `test ${i}`,
          result: () => ({ state, note: i === 3 ? 'a compiler is missing' : undefined }),
        })),
    },
  };
  if (isModule(module)) return module;
  throw new Error('no module');
}

function isModule(value: unknown): value is TestModule {
  return typeof value === 'object' && value !== null && 'children' in value;
}

describe('the last line of a run', () => {
  it('counts tests, files that do not load, and errors outside of tests', () => {
    const modules = [moduleOf(['passed', 'passed', 'failed', 'skipped', 'pending'], 0), moduleOf([], 1)];
    expect(tallyLine(tally(modules, 1))).toBe('2 passed, 3 failed, 2 skipped');
    expect(tallyLine(tally([], 0))).toBe('0 passed, 0 failed, 0 skipped');
  });

  it('says why a test skipped itself', () => {
    const modules = [moduleOf(['passed', 'skipped', 'passed', 'skipped'], 0)];
    expect(skippedLines(modules)).toEqual(['skipped: test 3: a compiler is missing']);
  });
});
