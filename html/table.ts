/**
 * Tables: scrollable on a narrow screen without the page becoming wider, reachable by keyboard.
 *
 * @module
 */
import { html, type Html, type Insertion } from './markup.ts';

/** A column: its heading, and whether it holds numbers (aligned to the right). */
export interface Column {
  readonly heading: string;
  readonly numeric?: boolean;
}

/** A table; the first cell of each row is its heading. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Insertion[])[]): Html {
  const kind = (i: number): string => (columns[i].numeric === true ? 'number' : 'text');
  const cell = (value: Insertion, i: number): Html =>
    i === 0 ? html`<th scope="row" class="${kind(i)}">${value}</th>` : html`<td class="${kind(i)}">${value}</td>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ heading }, i) => html`<th scope="col" class="${kind(i)}">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
