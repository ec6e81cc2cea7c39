/**
 * What every page of ours is: one document that stands alone. Nothing is fetched, nothing runs; the style sheet is in it.
 *
 * @module
 */
import { html, trusted, type Html } from './markup.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A page. */
export interface Page {
  /** In the tab and as the heading. */
  readonly title: string;
  readonly style: string;
  /** Below the heading, before the main part. */
  readonly header: Html;
  readonly main: Html;
  /** What made it. */
  readonly generator?: string;
}

/** The whole document as text. */
export function renderPage({ title, style, header, main, generator }: Page): string {
  const madeBy = generator === undefined ? [] : html`<meta name="generator" content="${generator}" />`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${madeBy}
        <title>${title}</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${header}
        </header>
        <main>${main}</main>
      </body>
    </html> `;
  return page.markup;
}
