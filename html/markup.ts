/**
 * Markup by template, escaped by default: whatever is put into a template is text, unless it is markup already.
 *
 * @module
 */

/** Markup that may stand on a page as it is. Only {@link html} and {@link trusted} make it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may be put into a template: text is escaped, markup is not, a list is put in item by item. */
export type Insertion = string | number | Html | readonly Html[];

/**
 * A template whose insertions are escaped, in text and in quoted attributes alike.
 *
 * @example
 * ```ts
 * html`<b>${'<script>'}</b>`.markup; // '<b>&lt;script&gt;</b>'
 * ```
 */
export function html(strings: TemplateStringsArray, ...insertions: readonly Insertion[]): Html {
  const parts = strings.map((text, i) => text + (i < insertions.length ? render(insertions[i]) : ''));
  return new Html(parts.join(''));
}

/** Markup from a source of our own: the style sheet, a chart that was serialised by the document. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

/** Text with the five characters replaced that mean something in HTML. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function render(value: Insertion): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return value.map((item) => item.markup).join('');
}
