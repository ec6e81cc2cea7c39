/**
 * The frame of every page about runs: facts, a lead, contents, sections.
 *
 * @module
 */
import { renderPage } from '../../spec/report/frame.ts';
import { html, type Html } from '../../spec/report/markup.ts';
import { STYLE } from './style.ts';

/** A part of a page with its heading. */
export interface Section {
  /** Unique on the page. */
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}

/** What a page consists of. */
export interface SectionedPage {
  readonly title: string;
  /** Of this package. */
  readonly version: string;
  readonly facts: readonly (readonly [term: string, value: string])[];
  /** What comes before the contents. */
  readonly lead: Html;
  readonly sections: readonly Section[];
}

/** The whole document as text, without network and without script. */
export function renderSections({ title, version, facts, lead, sections }: SectionedPage): string {
  const maker = `dynamic-subset-tuning ${version}`;
  return renderPage({
    title,
    style: STYLE,
    generator: maker,
    header: html`${factList([...facts, ['By', maker]])} ${lead}
      <nav aria-label="Contents">
        <ul>
          ${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}
        </ul>
      </nav>`,
    main: html`${sections.map(
      ({ id, heading, body }) =>
        html`<section id="${id}" class="${id}">
          <h2>${heading}</h2>
          ${body}
        </section>`,
    )}`,
  });
}

/** Terms and their values, as many in a line as there is room for. */
export function factList(facts: readonly (readonly [term: string, value: string])[]): Html {
  return html`<dl class="facts">
    ${facts.map(
      ([term, value]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
