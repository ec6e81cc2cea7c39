/**
 * What a chart's SVG puts where: the boxes of its texts, its points and its bars, in the drawing's own pixels.
 *
 * @module
 */
import { parseHTML } from 'linkedom';
import { dejaVuWidth } from './dejaVuSans.ts';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A text, a point or a bar with what it says: a point's and a bar's words are its title. */
export interface Shape extends Box {
  readonly words: string;
}

/** A line that leads from a point to its label. */
export interface Leader {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

export interface Drawing {
  readonly frame: Box;
  readonly texts: readonly Shape[];
  /** The texts that are no axis's. */
  readonly labels: readonly Shape[];
  readonly points: readonly Shape[];
  readonly bars: readonly Box[];
  readonly leaders: readonly Leader[];
}

/** Charts are set in 12 px. */
const SIZE = 12;
/** What letters take above and below their line, in ems: ascenders and brackets, descenders. */
const [ABOVE, BELOW] = [0.77, 0.24];
const LEADER = 'var(--faint)';

/** All charts of a page, or one picture. */
export function drawingsOf(markup: string): readonly Drawing[] {
  const { document } = parseHTML(markup.startsWith('<svg') ? `<body>${markup}</body>` : markup);
  return [...document.querySelectorAll('svg.plot')].map(readDrawing);
}

function readDrawing(svg: Element): Drawing {
  const [left, top, width, height] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const texts = [...svg.querySelectorAll('text')].map((text) => ({ axis: isOfAxis(text), ...boxOfText(text) }));
  const links = [...svg.querySelectorAll('[aria-label="link"] path')];
  return {
    frame: { left, right: left + width, top, bottom: top + height },
    texts,
    labels: texts.filter(({ axis }) => !axis),
    points: [...svg.querySelectorAll('[aria-label="dot"] > *')].map(boxOfPoint),
    bars: links.filter((link) => !isLeader(link)).map(boxOfLine),
    leaders: links.filter(isLeader).map(readLine),
  };
}

function isOfAxis(text: Element): boolean {
  return text.parentElement?.getAttribute('aria-label')?.includes('axis') === true;
}

function isLeader(link: Element): boolean {
  return link.parentElement?.getAttribute('stroke') === LEADER;
}

function boxOfText(text: Element): Shape {
  const words = text.textContent;
  const [x, y] = placeOf(text);
  const base = y + SIZE * Number.parseFloat(text.getAttribute('y') ?? '0');
  const width = dejaVuWidth(words, SIZE);
  const anchor = inherited(text, 'text-anchor') ?? 'start';
  const left = x - { start: 0, middle: width / 2, end: width }[anchor as 'start' | 'middle' | 'end'];
  return { words, left, right: left + width, top: base - ABOVE * SIZE, bottom: base + BELOW * SIZE };
}

/** The box of the circle of Plot's area-true symbols: r is 4.5. */
function boxOfPoint(point: Element): Shape {
  const [x, y] = placeOf(point);
  const [cx, cy] = ['cx', 'cy'].map((name) => Number(point.getAttribute(name) ?? 0));
  const r = 4.5;
  const words = point.querySelector('title')?.textContent ?? '';
  return { words, left: x + cx - r, right: x + cx + r, top: y + cy - r, bottom: y + cy + r };
}

function readLine(path: Element): Leader {
  const numbers = [...(path.getAttribute('d') ?? '').matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(([text]) => Number(text));
  return { from: [numbers[0], numbers[1]], to: [numbers[2], numbers[3]] };
}

function boxOfLine(path: Element): Box {
  const { from, to } = readLine(path);
  return {
    left: Math.min(from[0], to[0]) - 1.25,
    right: Math.max(from[0], to[0]) + 1.25,
    top: Math.min(from[1], to[1]),
    bottom: Math.max(from[1], to[1]),
  };
}

/** The sum of the translations of an element and of what it stands in. */
function placeOf(element: Element): [number, number] {
  let [x, y] = [0, 0];
  for (let each: Element | null = element; each !== null && each.tagName !== 'svg'; each = each.parentElement) {
    const found = /translate\(([-\d.e]+)(?:,([-\d.e]+))?\)/.exec(each.getAttribute('transform') ?? '');
    x += Number(found?.[1] ?? 0);
    y += Number(found?.[2] ?? 0);
  }
  return [x, y];
}

function inherited(element: Element, name: string): string | undefined {
  return element.closest(`[${name}]`)?.getAttribute(name) ?? undefined;
}

/** How much two boxes share, in pixels along the axis where it is less; not above 0 where they are apart. */
export function overlapOf(a: Box, b: Box): number {
  return Math.min(
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  );
}

/** Pairs of texts that stand over one another, and texts that reach out of the drawing. */
export function findFaults({ texts, frame }: Drawing): readonly string[] {
  const pairs = texts.flatMap((a, i) =>
    texts.slice(i + 1).flatMap((b) => (overlapOf(a, b) > 0.01 ? [`"${a.words}" over "${b.words}"`] : [])),
  );
  const cut = texts.filter(
    ({ left, right, top, bottom }) =>
      left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom,
  );
  return [...pairs, ...cut.map(({ words }) => `"${words}" is cut`)];
}
