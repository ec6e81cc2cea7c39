/**
 * A legend inside a picture, for a chart that stands if no page has one beside it.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import { inPixels } from './pixels.ts';
import { boundTextWidth, LINE_HEIGHT, shortenTo } from './textWidth.ts';

/** A line of it: what is drawn, and what that is. */
export interface LegendEntry {
  readonly text: string;
  /** A CSS colour. */
  readonly colour: string;
}

const BETWEEN = 14;
const EDGE = 6;

/** The marks of a legend above a chart, as wide as that: from `height` above its top edge down to it. */
export function pictureLegend(
  entries: readonly LegendEntry[],
  width: number,
): { readonly height: number; readonly marks: readonly Plot.Markish[] } {
  let [left, line] = [EDGE, 0];
  const placed = entries.map(({ text, colour }) => {
    const shown = shortenTo(text, width - 2 * EDGE);
    const wide = boundTextWidth(shown);
    if (left > EDGE && left + wide > width - EDGE) [left, line] = [EDGE, line + 1];
    const place = { text: shown, colour, x: left, line };
    left += wide + BETWEEN;
    return place;
  });
  const height = EDGE + LINE_HEIGHT * (line + 1);
  const middle = (entry: (typeof placed)[number]): number => EDGE + LINE_HEIGHT * (entry.line + 0.5) - height;
  return {
    height,
    marks: [
      Plot.text(placed, { x: inPixels('x'), y: inPixels(middle), text: 'text', fill: 'colour', textAnchor: 'start' }),
    ],
  };
}
