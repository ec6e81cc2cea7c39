/**
 * A list of facts: terms and their values, as many in a line as fit.
 *
 * @module
 */
import { html, type Html } from './markup.ts';

/** A term and what is to be said of it; a fact without a value is left out. */
export type Fact = readonly [term: string, value: string | Html | undefined];

/**
 * Facts as a list of definitions.
 *
 * @param kind - the list's class, by which a style sheet knows it.
 */
export function factList(facts: readonly Fact[], kind = 'facts'): Html {
  const known = facts.flatMap(([term, value]) => (value === undefined ? [] : [{ term, value }]));
  return html`<dl class="${kind}">
    ${known.map(
      ({ term, value }) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
