/**
 * A chart as a picture that stands by itself: with its namespace and its colours, light or dark as its reader prefers.
 *
 * @module
 */
import type { Html } from '../../html/markup.ts';
import { DARK, LIGHT } from '../../html/palette.ts';

const STYLE = `<style>
svg { ${LIGHT} background: var(--paper); color: var(--ink); font: 12px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { svg { ${DARK} } }
</style>`;

/** An SVG document. */
export function standAlone({ markup }: Html): string {
  return `${markup.replace(/<svg /, '<svg xmlns="http://www.w3.org/2000/svg" ').replace('>', `>${STYLE}`)}\n`;
}
