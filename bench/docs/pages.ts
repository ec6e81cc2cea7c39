/**
 * The pages that show what was measured, and how their blocks are filled.
 *
 * @module
 */
import { fillSection } from '../../html/section.ts';
import type { BenchRun } from '../result.ts';
import { BLOCKS } from './blocks.ts';

/** Each block stands on one of them, between `<!-- bench: NAME -->` and `<!-- /bench: NAME -->`. */
export const PAGES = ['docs/performance.md', 'docs/performance/selection.md', 'docs/performance/conform.md'] as const;

const NOTE = '<!-- Made by npm run generate, do not edit. -->';

/** The page with every block of its that a run can fill. */
export function fillPage(page: string, runs: readonly BenchRun[]): string {
  return blocksOf(page).reduce((text, name) => {
    const content = BLOCKS[name]?.(runs);
    return content === undefined
      ? text
      : fillSection(text, `bench: ${name}`, `${NOTE}\n\n${content.trimEnd()}`, 'page');
  }, page);
}

/** The names of a page's blocks. */
export function blocksOf(page: string): readonly string[] {
  return [...page.matchAll(/^<!-- bench: (\S+) -->$/gm)].map(([, name]) => name);
}
