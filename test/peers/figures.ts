/**
 * What a peers' test measured, beside whether it passed: it hands that over in `task.meta.figures`, and the reporter keeps it in the
 * suite's result.
 *
 * @module
 */
import type { TestModule } from 'vitest/node';

/** By subject, named figures. */
export type Figures = Readonly<Record<string, object>>;

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figures;
  }
}

/** The figures of all tests; those of one subject are put together. */
export function figuresOf(modules: readonly TestModule[]): Figures {
  const figures: Record<string, object> = {};
  for (const module of modules)
    for (const test of module.children.allTests())
      for (const [subject, measured] of Object.entries(test.meta().figures ?? {}))
        figures[subject] = { ...figures[subject], ...measured };
  return Object.fromEntries(Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)));
}
