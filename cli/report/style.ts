/**
 * The page's style sheet.
 *
 * @module
 */
import { baseStyle } from '../../html/style.ts';

const WHITE = '--panel: #ffffff; --good-paper: #ffffff; --bad-paper: #ffffff;';

export const STYLE = `${baseStyle({ width: '60rem', print: WHITE })}
h2 + p { margin-top: 0; }
.headline { font-size: 1.15rem; margin: 1.25rem 0; }
dl.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0.75rem 0 0; font-size: 0.9rem; color: var(--faint); }
dl.facts div { display: flex; gap: 0.4rem; }
dl.facts dt::after { content: ":"; }
dl.facts dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
nav { font-size: 0.9rem; margin: 1.5rem 0 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; margin: 0; padding: 0; }
table { width: 100%; }
thead th { font-weight: 600; font-size: 0.8rem; color: var(--faint); vertical-align: bottom; }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
.summary tbody th, .summary td { white-space: nowrap; }
.whisker { vertical-align: middle; }
.key { display: inline-block; width: 0.65rem; height: 0.65rem; border-radius: 2px; margin-right: 0.5rem; }
figure { margin: 1rem 0 2rem; min-width: 0; break-inside: avoid; }
figcaption { margin-bottom: 0.5rem; font-size: 0.9rem; color: var(--faint); max-width: 46rem; }
figcaption strong { display: block; color: var(--ink); font-size: 1rem; }
figure svg.plot { display: block; width: 100%; height: auto; overflow: visible; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; color: var(--ink); font-variant-numeric: tabular-nums; }
figure svg.plot text { white-space: pre; }
.half .wide { max-width: 27rem; }
.narrow { display: none; max-width: 27rem; }
.legend .narrow-only { display: none; }
.grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2rem; }
.grid > :only-child { grid-column: 1 / -1; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; list-style: none; margin: 0 0 0.5rem; padding: 0; font-size: 0.85rem; }
.legend li { display: flex; align-items: center; gap: 0.4rem; }
.legend.heat { align-items: center; gap: 0.5rem; color: var(--faint); }
details.data { margin-top: 0.4rem; font-size: 0.9rem; }
.checks, .claims { list-style: none; padding: 0; margin: 1rem 0; }
.checks li { margin: 0.4rem 0; }
.claims li { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 0.75rem; padding: 0.75rem 0; border-bottom: 1px solid var(--rule); break-inside: avoid; }
.claims p { margin: 0; }
.anchor { font-size: 0.8rem; color: var(--faint); border: 1px solid var(--rule); border-radius: 3px; padding: 0.05rem 0.35rem; white-space: nowrap; }
.verdict { display: inline-block; border-radius: 3px; padding: 0.05rem 0.5rem; font-size: 0.85rem; font-weight: 600; white-space: nowrap; align-self: start; justify-self: start; }
.verdict.good { color: var(--good); background: var(--good-paper); }
.verdict.open { outline: 1px solid; }
.verdict.bad { color: var(--bad); background: var(--bad-paper); }
.right { color: var(--good); } .wrong { color: var(--bad); }
.samples .scroll tbody th { min-width: 13rem; font-weight: 400; }
.stacked tbody { break-inside: avoid; }
.stacked th, .stacked td { padding: 0.1rem 0.75rem 0.1rem 0; border: 0; overflow-wrap: anywhere; }
.stacked th[scope="rowgroup"] { padding: 1rem 0 0.3rem; font-size: 1rem; font-weight: 600; }
.stacked th[scope="row"] { width: 11rem; font-weight: 400; color: var(--faint); }
.empty { color: var(--faint); background: var(--panel); border-radius: 4px; padding: 0.75rem 1rem; }
.warnings { list-style: none; margin: 1rem 0; padding: 0.6rem 1rem; background: var(--bad-paper); border-radius: 4px; }
.warnings strong { color: var(--bad); }
.identity td { font: 0.85em/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: var(--panel); padding: 1rem; border-radius: 4px; overflow-x: auto; font-size: 0.8rem; line-height: 1.5; }
@media (max-width: 46rem) {
  .wide { display: none; }
  .narrow { display: block; }
  .legend .narrow-only { display: flex; }
  .grid { grid-template-columns: minmax(0, 1fr); }
  .claims li { grid-template-columns: 1fr; gap: 0.4rem; }
  .summary tbody th, .samples .scroll tbody th { position: sticky; left: 0; background: var(--paper); }
  .samples .scroll tbody th { min-width: 10rem; }
  .stacked th[scope="row"] { width: 8rem; }
}
@media print {
  nav, details.data { display: none; }
  .wide { display: block; } .narrow { display: none; }
  .half .wide { max-width: none; }
  .grid { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`;
