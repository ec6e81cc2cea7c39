/**
 * What runs warned of, on a page.
 *
 * @module
 */
import { html, type Html } from '../../html/markup.ts';
import type { RunFacts } from './comparison.ts';

/** What runs warned of; nothing if they did not. */
export function warningList(runs: readonly RunFacts[]): Html {
  const warnings = runs.flatMap(({ name, warnings: words }) =>
    words.map((text) => (runs.length === 1 ? text : `${name}: ${text}`)),
  );
  return warnings.length === 0
    ? html``
    : html`<ul class="warnings" aria-label="Warnings">
        ${warnings.map((text) => html`<li><strong>Warning:</strong> ${text}</li>`)}
      </ul>`;
}
