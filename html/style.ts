/**
 * What the style sheets of our pages have in common: system fonts, a light and a dark palette, headings, tables, narrow
 * screens, paper.
 *
 * @module
 */
import { DARK, LIGHT } from './palette.ts';

/** Where the pages differ. */
export interface Base {
  /** The widest that the text becomes. */
  readonly width: string;
  /** Further variables of each palette; those of paper come after the light ones. */
  readonly light?: string;
  readonly dark?: string;
  readonly print?: string;
}

/** The beginning of a page's style sheet. */
export function baseStyle({ width, light = '', dark = '', print = '' }: Base): string {
  return `
:root { color-scheme: light dark; ${LIGHT} ${light} }
@media (prefers-color-scheme: dark) { :root { ${DARK} ${dark} } }
@media print { :root { color-scheme: light; ${LIGHT} ${light} ${print} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: ${width}; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 0.4rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 3rem 0 0.75rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); }
p { max-width: 46rem; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
summary { cursor: pointer; color: var(--faint); width: fit-content; }
.faint { color: var(--faint); }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: 0.45rem 0.75rem 0.45rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: baseline; }
tbody th { font-weight: 500; }
@media (max-width: 46rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
}
