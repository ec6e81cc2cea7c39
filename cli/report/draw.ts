/**
 * Draws a chart to SVG text, with a title and a description that a screen reader speaks. No browser: Observable
 * Plot writes into linkedom's document.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { boundWidest } from './textWidth.ts';
import { trusted, type Html } from '../../html/markup.ts';

const TICK_LABELS = '[aria-label="y-axis tick label"] text';
/** What a tick and the space around its label take beside it, in pixels. */
const TICK = 12;

/** What the chart is called and what is to be seen in it. */
export interface Words {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/**
 * @param options - Plot's options; document, class, font and the words are set here.
 * @param words - the title and the description.
 * @param above - pixels that the picture shows above the chart's own top edge.
 */
export function drawSvg(options: Plot.PlotOptions, words: Words, above = 0): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const plot = (marginLeft: number | undefined): ReturnType<typeof Plot.plot> =>
    Plot.plot({
      ...options,
      ...(marginLeft === undefined ? {} : { marginLeft }),
      document,
      className: 'plot',
      figure: false,
    });
  const first = plot(options.marginLeft);
  // How wide the labels of its ticks are is known only once they are there.
  const needed =
    boundWidest([...first.querySelectorAll(TICK_LABELS)].map(({ textContent }) => textContent ?? '')) + TICK;
  const svg = needed > (options.marginLeft ?? needed) ? plot(needed) : first;
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.id = `${words.id}-title`;
  title.textContent = words.title;
  const description = document.createElementNS('http://www.w3.org/2000/svg', 'desc');
  description.id = `${words.id}-description`;
  description.textContent = words.description;
  svg.prepend(title, description);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', `${title.id} ${description.id}`);
  if (above > 0) {
    const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name)));
    svg.setAttribute('viewBox', `0 ${-above} ${width} ${height + above}`);
    svg.setAttribute('height', String(height + above));
  }
  // Plot puts the same style element into every chart and sizes its text in the SVG: the page's style sheet does both.
  for (const style of svg.querySelectorAll('style')) style.remove();
  return trusted(svg.outerHTML);
}
