/**
 * The pages that show what was measured, and how their blocks are filled.
 *
 * @module
 */
import type { BenchRun } from '../result.ts';
import { BLOCKS } from './blocks.ts';

/** Each block stands on one of them, between `<!-- bench: NAME -->` and `<!-- /bench: NAME -->`. */
export const PAGES = ['docs/performance.md', 'docs/performance/selection.md'] as const;

const NOTE = '<!-- Made by npm run performance-docs, not typed by hand. -->';

/** The page with every block of its that a run can fill. */
export function fillPage(page: string, runs: readonly BenchRun[]): string {
  return blocksOf(page).reduce((text, name) => {
    const content = BLOCKS[name]?.(runs);
    return content === undefined ? text : replaceBlock(text, name, content);
  }, page);
}

/** The names of a page's blocks. */
export function blocksOf(page: string): readonly string[] {
  return [...page.matchAll(/^<!-- bench: (\S+) -->$/gm)].map(([, name]) => name);
}

function replaceBlock(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- bench: ${name} -->`, `<!-- /bench: ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`page: expected ${end} after ${begin}, got none`);
  return `${page.slice(0, from)}${begin}\n${NOTE}\n\n${content.trimEnd()}\n\n${page.slice(to)}`;
}
