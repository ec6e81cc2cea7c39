/**
 * Draws a chart to SVG text, with a title and a description that a screen reader speaks. No browser: Observable
 * Plot writes into linkedom's document.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { trusted, type Html } from '../../spec/report/markup.ts';

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
  const svg = Plot.plot({ ...options, document, className: 'plot', figure: false });
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
