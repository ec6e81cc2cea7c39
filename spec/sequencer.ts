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
  'spec/conform/run.spec.ts',
  'spec/mutants.spec.ts',
  'spec/vectors/vectors.spec.ts',
  'spec/engine/kernel/tuning.spec.ts',
  'spec/cli/kill.spec.ts',
  'spec/cli/process.spec.ts',
  'spec/wire/session.spec.ts',
  'spec/vectors/python.spec.ts',
  'spec/adapters/adapters.spec.ts',
  'spec/laws.spec.ts',
  'spec/cli/conform.spec.ts',
  'spec/cli/conformance.spec.ts',
  'spec/house/launch.spec.ts',
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
