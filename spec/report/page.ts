/**
 * One self-contained page: implementations against equations, and what came of each check. Nothing is fetched, nothing
 * runs.
 *
 * @module
 */
import type { ConformanceRun } from '../conform/record.ts';
import { renderRun } from './details.ts';
import { renderPage } from '../../html/page.ts';
import { html } from '../../html/markup.ts';
import { renderLegend, renderMatrix } from './matrix.ts';
import { STYLE } from './style.ts';
import { shareOf, verdictOf } from './tally.ts';

/**
 * The matrix of some runs, in their order.
 *
 * @returns the whole document as text.
 */
export function renderHtml(runs: readonly ConformanceRun[]): string {
  const conforming = runs.filter((run) => verdictOf(run) === 'conforms').length;
  const checks = runs.flatMap((run) => run.checks);
  const paper = shareOf(checks.filter(({ kind }) => kind === 'paper'));
  const ruling = shareOf(checks.filter(({ kind }) => kind === 'ruling'));
  return renderPage({
    title: 'Dynamic Subset Tuning: conformance',
    style: STYLE,
    header: html`<p>
      ${conforming} of ${runs.length} ${runs.length === 1 ? 'implementation' : 'implementations'}
      ${conforming === 1 ? 'conforms' : 'conform'}. Of the paper’s checks ${paper.held} of ${paper.of} hold, of our
      rulings ${ruling.held} of ${ruling.of}.
    </p>`,
    main: html`${renderMatrix(runs)} ${renderLegend(runs)} ${runs.map(renderRun)}`,
  });
}
