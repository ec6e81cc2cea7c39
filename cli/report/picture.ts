/**
 * A chart as a picture in a document: one drawing for wide screens and one for phones, whose text has its full size on both.
 *
 * @module
 */
import type { PlotOptions } from '@observablehq/plot';
import { drawSvg, type Words } from './draw.ts';
import { pictureLegend, type LegendEntry } from './pictureLegend.ts';
import { standAlone } from './standAlone.ts';
import type { Room } from './figure.ts';

const WIDE = 760;
/** What a phone of 390 pixels has left between its margins. */
const NARROW = 358;
/** Screens up to this show the narrow one, in CSS pixels. */
const NARROW_SCREEN = 600;

/** What is drawn. */
export interface Picture {
  readonly words: Words;
  readonly draw: (room: Room) => PlotOptions;
  /** What a narrow drawing has no space to name. */
  readonly legend: readonly LegendEntry[];
}

/** The two files of a picture, by name: `NAME.svg` and `NAME-narrow.svg`. */
export function drawPicture(name: string, { words, draw, legend }: Picture): ReadonlyMap<string, string> {
  const { height, marks } = pictureLegend(legend, NARROW);
  const wide = draw({ width: WIDE, narrow: false });
  const narrow = draw({ width: NARROW, narrow: true });
  return new Map([
    [`${name}.svg`, standAlone(drawSvg({ ...wide, width: WIDE }, words))],
    [
      `${name}-narrow.svg`,
      standAlone(drawSvg({ ...narrow, width: NARROW, marks: [...(narrow.marks ?? []), ...marks] }, words, height)),
    ],
  ]);
}

/** The picture in Markdown, which has no word of its own for a choice. */
export function pictureMarkup(name: string, folder: string, alt: string): string {
  return [
    '<picture>',
    `  <source media="(max-width: ${NARROW_SCREEN}px)" srcset="${folder}/${name}-narrow.svg">`,
    `  <img alt="${alt}" src="${folder}/${name}.svg">`,
    '</picture>',
  ].join('\n');
}
