/**
 * One self-contained page: implementations against equations, and what came of each check. Nothing is fetched, nothing
 * runs.
 *
 * @module
 */
import type { ConformanceRun } from '../conform/record.ts';
import { renderRun } from './details.ts';
import { html, trusted } from './markup.ts';
import { renderLegend, renderMatrix } from './matrix.ts';
import { STYLE } from './style.ts';
import { shareOf } from './tally.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The matrix of some runs, in their order.
 *
 * @returns the whole document as text.
 */
export function renderHtml(runs: readonly ConformanceRun[]): string {
  const conforming = runs.filter(({ end }) => end.conforms).length;
  const checks = runs.flatMap((run) => run.checks);
  const paper = shareOf(checks.filter(({ kind }) => kind === 'paper'));
  const ruling = shareOf(checks.filter(({ kind }) => kind === 'ruling'));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Dynamic Subset Tuning: conformance</title>
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>Dynamic Subset Tuning: conformance</h1>
          <p>
            ${conforming} of ${runs.length} ${runs.length === 1 ? 'implementation' : 'implementations'}
            ${conforming === 1 ? 'conforms' : 'conform'}. Of the paper’s checks ${paper.held} of ${paper.of} hold, of
            our rulings ${ruling.held} of ${ruling.of}.
          </p>
        </header>
        <main>${renderMatrix(runs)} ${renderLegend(runs)} ${runs.map(renderRun)}</main>
      </body>
    </html> `;
  return page.markup;
}
