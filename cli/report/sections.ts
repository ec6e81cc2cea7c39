/**
 * The frame of every page about runs: facts, a lead, contents, sections.
 *
 * @module
 */
import { factList, type Fact } from '../../html/facts.ts';
import { html, type Html } from '../../html/markup.ts';
import { renderPage } from '../../html/page.ts';
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
  readonly facts: readonly Fact[];
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
