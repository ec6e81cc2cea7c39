/**
 * The matrix page's style sheet.
 *
 * @module
 */
import { baseStyle } from '../../html/style.ts';

const WARN_LIGHT = '--warn: #6b5200; --warn-paper: #fbf2cf;';
const WARN_DARK = '--warn: #f0d878; --warn-paper: #3a3110;';

export const STYLE = `${baseStyle({ width: '64rem', light: WARN_LIGHT, dark: WARN_DARK })}
h3 { font-size: 1rem; margin: 2rem 0 0.5rem; }
h4 { font-size: 0.95rem; margin: 0 0 0.5rem; font-weight: 600; overflow-wrap: anywhere; }
h4 .faint, h2 .verdict { font-weight: 400; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroll { position: relative; }
thead th { font-weight: 600; font-size: 0.85rem; vertical-align: bottom; }
.matrix { width: 100%; }
.matrix thead .faint { display: block; font-weight: 400; font-size: 0.8rem; white-space: nowrap; }
.matrix td { padding: 0.2rem; min-width: 6.5rem; }
.matrix td a { display: block; padding: 0.3rem 0.6rem; border-radius: 4px; text-decoration: none; color: inherit; white-space: nowrap; }
.matrix td a:hover { text-decoration: underline; }
.matrix tbody th { white-space: nowrap; }
.matrix td.pass a, .key.pass { color: var(--good); background: var(--good-paper); }
.matrix td.fail a, .matrix td.crash a, .matrix td.timeout a, .key.fail, .key.crash, .key.timeout { color: var(--bad); background: var(--bad-paper); font-weight: 600; }
.matrix td.unexpected-pass a, .matrix td.expected-failure a, .key.unexpected-pass, .key.expected-failure { color: var(--warn); background: var(--warn-paper); }
.matrix td.skip a, .matrix td.not-applicable a, .key.skip, .key.not-applicable { color: var(--faint); background: var(--panel); }
.key { display: inline-block; min-width: 1.6rem; text-align: center; border-radius: 3px; padding: 0 0.3rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; list-style: none; margin: 1rem 0; padding: 0; font-size: 0.85rem; }
.anchor { font-size: 0.8rem; color: var(--faint); border: 1px solid var(--rule); border-radius: 3px; padding: 0.05rem 0.35rem; white-space: nowrap; font-weight: 400; }
.verdict { display: inline-block; border-radius: 3px; padding: 0.05rem 0.5rem; font-size: 0.85rem; white-space: nowrap; }
.verdict.good { color: var(--good); background: var(--good-paper); }
.verdict.bad { color: var(--bad); background: var(--bad-paper); }
ul.findings { margin: 0.5rem 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.diagnosis { margin-bottom: 1.5rem; }
.diagnosis a { overflow-wrap: anywhere; }
.failure:target { outline: 2px solid var(--link); }
dl { margin: 0; }
dl.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0.75rem 0 1rem; font-size: 0.9rem; }
dl.facts div { display: flex; gap: 0.4rem; }
dl.facts dt { color: var(--faint); }
dl.facts dt::after { content: ":"; }
dd { margin: 0; overflow-wrap: anywhere; }
.failure { border-left: 3px solid var(--bad); background: var(--panel); border-radius: 0 4px 4px 0; padding: 0.8rem 1rem; margin: 0.75rem 0; font-size: 0.9rem; break-inside: avoid; }
.failure dl div { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 0.75rem; padding: 0.15rem 0; }
.failure dt { color: var(--faint); }
code { font: 0.92em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { font-size: 0.9rem; }
.checks { list-style: none; padding: 0; margin: 0.75rem 0; font-size: 0.9rem; }
.checks li { margin: 0.5rem 0; }
section:target > h2, section:target > h3 { text-decoration: underline; text-decoration-color: var(--link); text-underline-offset: 0.25rem; }
@media (max-width: 46rem) {
  .matrix tbody th { position: sticky; left: 0; background: var(--paper); white-space: normal; min-width: 8rem; }
  .failure dl div { grid-template-columns: 1fr; }
}
`;
