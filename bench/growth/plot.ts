/**
 * A series of growth as a chart: both axes logarithmic, so that an exponent is a slope.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import type { Room } from '../../cli/report/figure.ts';
import { labelMark, leaderMark, placeInMargin } from '../../cli/report/labelMarks.ts';
import { LABEL_GAP } from '../../cli/report/labels.ts';
import { drawPicture } from '../../cli/report/picture.ts';
import { positionOn } from '../../cli/report/pixels.ts';
import { boundWidest } from '../../cli/report/textWidth.ts';
import { spacedTicks } from '../../cli/report/ticks.ts';
import { ABOUT, fitOf, formatFit, linesOf, type SeriesName } from './table.ts';
import type { Row } from '../result.ts';
import { computeSpread, type Spread } from '../spread.ts';

const SYMBOLS = ['circle', 'square', 'triangle', 'diamond'] as const;
/** In the order of the symbols. */
const GLYPHS = ['●', '■', '▲', '◆'] as const;
const MARGINS = { top: 40, bottom: 46, left: 56 } as const;

interface Place extends Spread {
  readonly x: number;
}

interface Line {
  readonly text: string;
  readonly colour: string;
  readonly index: number;
  readonly places: readonly Place[];
}

/** A series' picture in docs/img, without the file's ending. */
export function growthName(series: SeriesName): string {
  return `growth-${series.replace(' ', '-')}`;
}

/** SVG documents by file, for wide and for narrow screens; at least one row. */
export function growthCharts(series: SeriesName, rows: readonly Row[]): ReadonlyMap<string, string> {
  const lines = linesOf(rows).map((name, index): Line => ({
    text: `${name} (x^${formatFit(fitOf(rows, name))})`,
    colour: `var(--series-${index})`,
    index: index % SYMBOLS.length,
    places: placesOf(rows, name),
  }));
  return drawPicture(growthName(series), {
    words: {
      id: growthName(series),
      title: ABOUT[series].title,
      description:
        'Points are medians, bars the least and the greatest of the rounds; in brackets the fitted exponent.',
    },
    draw: (room) => growthPlot(lines, ABOUT[series].axis, room),
    legend: lines.map(({ text, colour, index }) => ({ text: `${GLYPHS[index]} ${text}`, colour })),
  });
}

function growthPlot(lines: readonly Line[], axis: string, { narrow, width }: Room): Plot.PlotOptions {
  const all = lines.flatMap(({ places }) => places);
  const xs = [...new Set(all.map(({ x }) => x))].sort((a, b) => a - b);
  const named = narrow ? [] : lines;
  const widest = boundWidest(named.map(({ text }) => text));
  const marginRight = LABEL_GAP + Math.max(LABEL_GAP + widest, boundWidest(xs.map(shortCount)) / 2);
  const height = narrow ? 300 : 380;
  const [top, bottom, end] = [MARGINS.top, height - MARGINS.bottom, width - marginRight];
  const yDomain = [Math.min(...all.map(({ low }) => low)) / 1.3, Math.max(...all.map(({ high }) => high)) * 1.3];
  const y = { type: 'log', domain: yDomain, range: [bottom, top] } satisfies Plot.ScaleOptions;
  const x = { type: 'log', domain: [xs[0], xs[xs.length - 1]], range: [MARGINS.left, end] } satisfies Plot.ScaleOptions;
  const labels = placeInMargin(
    named.map(({ text, colour, places }) => ({
      text,
      colour,
      x: end,
      y: positionOn(y)(places[places.length - 1].median),
    })),
    top,
    bottom,
  );
  return {
    width,
    height,
    marginLeft: MARGINS.left,
    marginRight,
    marginTop: top,
    marginBottom: MARGINS.bottom,
    // The axis is a mark of its own: the scale's would label powers of ten and their neighbours alone.
    x: { ...x, axis: null },
    y: { ...y, label: 'ms', grid: true, tickFormat: shortCount, ticks: powersOfTen(yDomain) },
    marks: [
      Plot.axisX(spacedTicks(xs, positionOn(x), shortCount), {
        text: shortCount,
        label: axis,
        labelAnchor: 'center',
        labelArrow: 'none',
      }),
      leaderMark(labels),
      ...lines.flatMap(({ places, colour, index }) => [
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
        Plot.dot(places, { x: 'x', y: 'median', fill: colour, symbol: SYMBOLS[index], r: 4 }),
      ]),
      labelMark(labels),
    ],
  };
}

function placesOf(rows: readonly Row[], line: string): readonly Place[] {
  return rows
    .filter(({ peer }) => peer === line)
    .map(({ x = NaN, rounds }) => ({ x, ...computeSpread(rounds) }))
    .sort((a, b) => a.x - b.x);
}

/** Those in the domain; its own ends if there are fewer than two. */
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
