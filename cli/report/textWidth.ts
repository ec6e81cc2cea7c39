/**
 * How wide a text becomes, from above: a chart is laid out if no browser is there to measure it, and drawn in whatever
 * font its reader has.
 *
 * @module
 */

/** The size of a chart's text, in pixels. */
export const TEXT_SIZE = 12;
/** What a line of it takes, with the space to the next one. */
export const LINE_HEIGHT = 15;

/** In ems: no wider in DejaVu Sans and Verdana, which are the widest of the usual system fonts. */
const [NARROW, PLAIN, WIDE, WIDEST] = [0.46, 0.65, 1, 1.4];
const NARROW_CHARACTERS = /[ !"'(),./:;I[\\\]fijlrt|\u00a0\u202f·’-]/;
const PLAIN_CHARACTERS = /[0-9a-ln-vx-zεθτ]/;

/** Pixels that the text takes at most, on one line. */
export function boundTextWidth(text: string, size = TEXT_SIZE): number {
  return size * Array.from(text).reduce((sum, character) => sum + boundCharacter(character), 0);
}

/** Of the texts, the widest. */
export function boundWidest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => boundTextWidth(text)));
}

/**
 * The text, or as much of it as fits into `width` pixels.
 *
 * @param kept - the part that tells it from others.
 */
export function shortenTo(text: string, width: number, kept: 'beginning' | 'end' = 'beginning'): string {
  if (boundTextWidth(text) <= width) return text;
  const characters = Array.from(text);
  const shown = (): string => (kept === 'end' ? `…${characters.join('')}` : `${characters.join('')}…`);
  while (characters.length > 0 && boundTextWidth(shown()) > width) {
    if (kept === 'end') characters.shift();
    else characters.pop();
  }
  return shown();
}

function boundCharacter(character: string): number {
  if (NARROW_CHARACTERS.test(character)) return NARROW;
  if (PLAIN_CHARACTERS.test(character)) return PLAIN;
  return character < '\u2e80' ? WIDE : WIDEST;
}
