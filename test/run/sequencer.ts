/**
 * The order of a test run: what takes longest comes first, so that all workers end together. Vitest does so by what it
 * remembers of the last run; a fresh clone remembers nothing, and is told.
 *
 * @module
 */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take seconds, by their path from the root, the longest first. */
export const LONGEST: readonly string[] = [
  'test/spec/conform/run.spec.ts',
  'test/spec/mutants.spec.ts',
  'test/spec/vectors/vectors.spec.ts',
  'test/src/kernel/tuning.spec.ts',
  'test/cli/kill.spec.ts',
  'test/cli/process.spec.ts',
  'test/spec/wire/session.spec.ts',
  'test/spec/vectors/python.spec.ts',
  'test/adapters/adapters.spec.ts',
  'test/spec/laws.spec.ts',
  'test/cli/conform.spec.ts',
  'test/cli/conformance.spec.ts',
  'test/project/launch.spec.ts',
];

/** Those in the list first, in its order; the others after them, in theirs. */
export function longestFirst<File>(files: readonly File[], pathOf: (file: File) => string): File[] {
  const places = new Map(LONGEST.map((path, place) => [path, place]));
  const placeOf = (file: File): number => places.get(pathOf(file)) ?? LONGEST.length;
  return [...files].sort((a, b) => placeOf(a) - placeOf(b));
}

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    return longestFirst(await super.sort(files), ({ moduleId }) => relative(root, moduleId));
  }
}
