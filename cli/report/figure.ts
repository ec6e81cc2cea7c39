/**
 * A chart on the page: drawn once for wide and once for narrow screens, with its legend, and its numbers in a table.
 *
 * @module
 */
import type { PlotOptions, ScaleOptions } from '@observablehq/plot';
import { drawSvg } from './draw.ts';
import { html, type Html } from '../../html/markup.ts';

/** Where a chart is drawn. */
export interface Room {
  /** In CSS pixels. */
  readonly width: number;
  readonly narrow: boolean;
}

/** A chart and everything that goes with it. */
export interface Chart {
  /** Unique on the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, in a sentence. */
  readonly description: string;
  readonly legend?: Html;
  readonly draw: (room: Room) => PlotOptions;
  /** The numbers behind it. */
  readonly data: Html;
  /** Takes half of a wide page. */
  readonly half?: boolean;
}

const WIDE = 880;
const HALF = 430;
const NARROW = 340;

/** The chart as a figure. */
export function figure(chart: Chart): Html {
  const { id, title, description } = chart;
  const draw = (room: Room, name: string): Html =>
    drawSvg({ marginTop: 28, ...chart.draw(room), width: room.width }, { id: `${id}-${name}`, title, description });
  return html`<figure class="${chart.half === true ? 'half' : 'full'}" id="${id}">
    <figcaption><strong>${title}</strong> <span>${description}</span></figcaption>
    ${chart.legend ?? []}
    <div class="wide">${draw({ width: chart.half === true ? HALF : WIDE, narrow: false }, 'wide')}</div>
    <div class="narrow">${draw({ width: NARROW, narrow: true }, 'narrow')}</div>
    <details class="data">
      <summary>Numbers</summary>
      ${chart.data}
    </details>
  </figure>`;
}

/** The horizontal axis of every chart over training steps, from the first to the last: no tick lies between two of them. */
export function stepAxis(fewTicks: boolean, curves: readonly (readonly { readonly step: number }[])[]): ScaleOptions {
  const ends = curves.flatMap((curve) => [curve.at(0), curve.at(-1)].map((point) => point?.step ?? 0));
  const between = Math.max(...ends) - Math.min(...ends);
  const ticks = Math.max(1, Math.min(fewTicks ? 4 : 8, between));
  return { label: 'step', ticks, tickFormat: ',d', labelAnchor: 'center', labelArrow: 'none' };
}

/** What stands in a chart's place when the run recorded nothing for it. */
export function nothingToDraw(what: string): Html {
  return html`<p class="empty">${what}</p>`;
}
