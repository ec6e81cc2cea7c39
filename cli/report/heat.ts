/**
 * Heat maps: cells in seven steps of one hue, each with its number, so that no reader depends on the colour.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import type { Room } from './figure.ts';
import { boundWidest, shortenTo } from './textWidth.ts';
import { spacedTicks } from './ticks.ts';
import { html, type Html } from '../../html/markup.ts';

/** A cell of a heat map. */
export interface Cell {
  readonly x: string;
  readonly y: string;
  /** In [0, 1]: decides the colour. */
  readonly heat: number;
  /** What stands in the cell, if it fits. */
  readonly text: string;
  /** What is shown when it is pointed at. */
  readonly title: string;
}

/** As many steps as the style sheet has (`--heat-0` and so on). */
const STEPS = 7;
/** Around a name beside the map, and on its right, in pixels. */
const EDGE = 8;

/** The step of a heat in [0, 1]; only 0 itself is in the lowest. */
export function heatStep(heat: number): number {
  if (!(heat > 0)) return 0;
  return Math.min(STEPS - 1, Math.ceil(heat * (STEPS - 1)));
}

/** Plot's options for a heat map with the given names along its axes. */
export function heatMap(
  cells: readonly Cell[],
  axes: {
    readonly x: readonly string[];
    readonly y: readonly string[];
    readonly xLabel: string;
  },
  room: Room,
): Plot.PlotOptions {
  const namesWidth = Math.min(0.55 * room.width, boundWidest(axes.y));
  const marginLeft = namesWidth + 2 * EDGE;
  // A name below the last cell may be wider than the cell.
  const marginRight = Math.max(EDGE, boundWidest(axes.x) / 2);
  const cellWidth = (room.width - marginLeft - marginRight) / axes.x.length;
  const fits = boundWidest(cells.map(({ text }) => text)) < cellWidth;
  const ticks = spacedTicks(axes.x, (_, i) => marginLeft + (i + 0.5) * cellWidth, String);
  const rowHeight = Math.min(34, Math.max(20, 440 / axes.y.length));
  return {
    height: axes.y.length * rowHeight + 56,
    marginLeft,
    marginRight,
    marginTop: 8,
    marginBottom: 44,
    padding: 0.06,
    x: { type: 'band', domain: [...axes.x], ticks, label: axes.xLabel, tickSize: 0 },
    y: {
      type: 'band',
      domain: [...axes.y],
      tickFormat: (name: string) => shortenTo(name, namesWidth, 'end'),
      label: null,
      tickSize: 0,
    },
    marks: [
      Plot.cell(cells, {
        x: 'x',
        y: 'y',
        fill: ({ heat }: Cell) => `var(--heat-${heatStep(heat)})`,
        title: 'title',
      }),
      ...(fits
        ? [
            Plot.text(cells, {
              x: 'x',
              y: 'y',
              text: 'text',
              pointerEvents: 'none',
              fill: ({ heat }: Cell) => (heatStep(heat) >= STEPS / 2 ? 'var(--on-hot)' : 'var(--on-cold)'),
            }),
          ]
        : []),
    ],
    color: { type: 'identity' },
  };
}

/** What the steps of the colour mean: from nothing to the hottest. */
export function heatLegend(from: string, to: string): Html {
  return html`<p class="legend heat">
    <span>${from}</span>
    <svg width="${STEPS * 22}" height="12" aria-hidden="true">
      ${Array.from(
        { length: STEPS },
        (_, i) => html`<rect x="${i * 22}" width="21" height="12" style="fill:var(--heat-${i})" />`,
      )}
    </svg>
    <span>${to}</span>
  </p>`;
}
