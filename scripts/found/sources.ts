/**
 * What is changed in one place at a time: the paper on one page, and the literal AdaFactor with its dialects.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package.ts';
import { shelter } from '../../spec/conform/shelter.ts';
import { answeredBy } from '../../spec/implement.ts';
import type { Implementation, Operations } from '../../spec/implementation.ts';
import type { PaperDtype } from '../../spec/paper.ts';
import type * as paper from '../../src/paper.ts';
import { load } from './load.ts';
import { findMutants } from './mutants.ts';
import type { FoundMutant } from './mutants.ts';

/** The sources, by path from the root. */
export const SOURCES = ['src/paper.ts', 'spec/mutants/optimizers.ts', 'spec/mutants/programs.ts'] as const;

/** What the page exports. */
export type Page = typeof paper;

/** What puts them behind the interface that the laws call. */
const ENTRY = 'spec/paper.ts';

export function readSource(file: string): string {
  return readFileSync(join(packageRoot(), file), 'utf8');
}

export const FOUND: readonly FoundMutant[] = SOURCES.flatMap((file) => findMutants(file, readSource(file)));

/** What is judged. */
export interface Subject {
  readonly page: Page;
  readonly dtype: PaperDtype;
  /** The page with the literal optimizers. What it throws is a crash. */
  readonly implementation: Implementation;
  /** Begins to count the turns of its loops at 0, up to the most that there may be; an operation does so by itself. */
  readonly begin: (most?: number) => void;
}

/** Float64 has bits, and places of a quantile, that float32 has not. */
const DTYPES: readonly PaperDtype[] = ['float32', 'float64'];

/**
 * The sources in both number formats, with the given texts in place of those on disk.
 *
 * @throws what a source throws that cannot be loaded.
 */
export function loadSubjects(texts: ReadonlyMap<string, string>): readonly Subject[] {
  const { moduleAt, begin } = load(texts);
  const { createPaper } = moduleAt(ENTRY) as { readonly createPaper: (dtype: PaperDtype) => Implementation };
  const page = moduleAt('src/paper.ts') as Page;
  return DTYPES.map((dtype) => {
    const made = createPaper(dtype);
    const operations: Operations = made;
    const counted = answeredBy(made.capabilities, async (operation, input) => {
      begin();
      return operations[operation](input);
    });
    return { page, dtype, implementation: shelter(counted), begin };
  });
}
