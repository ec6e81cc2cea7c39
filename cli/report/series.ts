/**
 * What tells one method from another on every chart: a label, a colour and a dash pattern, the same throughout.
 *
 * @module
 */
import { shortPercent } from './format.ts';
import { html, type Html } from '../../html/markup.ts';

/** How a method is drawn. */
export interface Series {
  readonly label: string;
  /** A CSS colour: a variable of the style sheet, so that it fits the light and the dark page. */
  readonly colour: string;
  /** An SVG dash pattern, so that no reader depends on the colour. */
  readonly dash: string;
}

/** As many colours as the style sheet has (`--series-0` and so on). */
const COLOURS = 7;
const DASHES = ['none', '9 3', '3 3', '12 3 3 3', '18 4', '6 2 2 2', '2 4'] as const;

/** What a method is called: with its budget if it has one. */
export function label(method: string, epsilon: number | null): string {
  return epsilon === null ? method : `${method}, ε = ${shortPercent(epsilon)}`;
}

/** Looks a method up by its label. */
export type SeriesOf = (method: string, epsilon: number | null) => Series;

/** Gives each label its colour and dash, in the order in which the labels first appear. */
export function assignSeries(named: readonly { method: string; epsilon: number | null }[]): SeriesOf {
  const all = new Map<string, Series>();
  const of: SeriesOf = (method, epsilon) => {
    const name = label(method, epsilon);
    const known = all.get(name);
    if (known !== undefined) return known;
    // Beyond the last colour they begin again, each with another dash.
    const [i, round] = [all.size % COLOURS, Math.floor(all.size / COLOURS)];
    const made = { label: name, colour: `var(--series-${i})`, dash: DASHES[(i + round) % DASHES.length] };
    all.set(name, made);
    return made;
  };
  for (const { method, epsilon } of named) of(method, epsilon);
  return of;
}

/** A legend of lines. */
export function legend(series: readonly Series[]): Html {
  return html`<ul class="legend">
    ${series.map(
      ({ label: text, colour, dash }) =>
        html`<li>
          <svg width="28" height="10" aria-hidden="true">
            <line
              x1="0"
              y1="5"
              x2="28"
              y2="5"
              style="stroke:${colour};stroke-width:2.5"
              stroke-dasharray="${dash}"
            /></svg
          >${text}
        </li>`,
    )}
  </ul>`;
}
