/**
 * A series of growth as a chart: both axes logarithmic, so that an exponent is a slope.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import { drawSvg } from '../cli/report/draw.ts';
import { standAlone } from '../cli/report/standAlone.ts';
import { ABOUT, fitOf, formatFit, linesOf, type SeriesName } from './growthTable.ts';
import type { Row } from './result.ts';
import { computeSpread, type Spread } from './spread.ts';

const SYMBOLS = ['circle', 'square', 'triangle', 'diamond'] as const;
const WIDTH = 760;
const HEIGHT = 380;
const MARGIN_TOP = 40;
const MARGIN_BOTTOM = 46;
/** The least distance between two labels, in pixels. */
const LABEL_HEIGHT = 16;

interface Place extends Spread {
  readonly x: number;
}

/** An SVG document; at least one row. */
export function growthChart(series: SeriesName, rows: readonly Row[]): string {
  const lines = linesOf(rows).map((name, i) => ({
    name,
    colour: `var(--series-${i})`,
    symbol: SYMBOLS[i % SYMBOLS.length],
    places: placesOf(rows, name),
  }));
  const all = lines.flatMap(({ places }) => places);
  const domain = [Math.min(...all.map(({ low }) => low)) / 1.3, Math.max(...all.map(({ high }) => high)) * 1.3];
  const labels = placeLabels(
    lines.map(({ name, places, colour }) => ({
      text: `${name} (x^${formatFit(fitOf(rows, name))})`,
      colour,
      x: Math.max(...all.map(({ x }) => x)),
      y: places[places.length - 1].median,
    })),
    domain,
  );
  const options: Plot.PlotOptions = {
    width: WIDTH,
    height: HEIGHT,
    marginLeft: 56,
    marginRight: 210,
    marginTop: MARGIN_TOP,
    marginBottom: MARGIN_BOTTOM,
    // The axis is a mark of its own: the scale's would label powers of ten and their neighbours alone.
    x: { type: 'log', axis: null },
    y: { type: 'log', domain, label: 'ms', grid: true, tickFormat: shortCount, ticks: powersOfTen(domain) },
    marks: [
      Plot.axisX([...new Set(all.map(({ x }) => x))], {
        text: shortCount,
        label: ABOUT[series].axis,
        labelAnchor: 'center',
        labelArrow: 'none',
      }),
      ...lines.flatMap(({ places, colour, symbol }) => [
        Plot.line(places, { x: 'x', y: 'median', stroke: colour, strokeWidth: 1.5 }),
        Plot.link(places, {
          x1: 'x',
          x2: 'x',
          y1: 'low',
          y2: 'high',
          stroke: colour,
          strokeWidth: 2.5,
          strokeOpacity: 0.5,
        }),
        Plot.dot(places, { x: 'x', y: 'median', fill: colour, symbol, r: 4 }),
      ]),
      Plot.text(labels, { x: 'x', y: 'y', text: 'text', fill: 'colour', textAnchor: 'start', dx: 12 }),
    ],
  };
  const description =
    'Points are medians, bars the least and the greatest of the rounds; in brackets the fitted exponent.';
  return standAlone(
    drawSvg(options, { id: `growth-${series.replace(' ', '-')}`, title: ABOUT[series].title, description }),
  );
}

function placesOf(rows: readonly Row[], line: string): readonly Place[] {
  return rows
    .filter(({ peer }) => peer === line)
    .map(({ x = NaN, rounds }) => ({ x, ...computeSpread(rounds) }))
    .sort((a, b) => a.x - b.x);
}

interface Label {
  readonly text: string;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
}

/** Labels at heights that do not cover one another: from the top down, each below the one before. */
function placeLabels(labels: readonly Label[], [low, high]: readonly number[]): readonly Label[] {
  const least = (LABEL_HEIGHT * Math.log(high / low)) / (HEIGHT - MARGIN_TOP - MARGIN_BOTTOM);
  let above = Infinity;
  return [...labels]
    .sort((a, b) => b.y - a.y)
    .map((label) => {
      above = Math.min(Math.log(label.y), above - least);
      return { ...label, y: Math.exp(above) };
    });
}

/** Those in the domain; its own ends where there are fewer than two. */
function powersOfTen([low, high]: readonly number[]): readonly number[] {
  const [from, to] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  if (to <= from) return [low, high];
  return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
}

/** 1000000 → 1M, 0.01 → 0.01. */
function shortCount(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (value >= 1e3) return `${Number((value / 1e3).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3)));
}
