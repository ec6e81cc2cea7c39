/**
 * Labels as marks: texts, and the lines that lead to those that had to give way.
 *
 * @module
 */
import * as Plot from '@observablehq/plot';
import { LABEL_GAP, spreadLines, type LabelledPoint, type PlacedLabel } from './labels.ts';
import { inPixels } from './pixels.ts';

type Placed = PlacedLabel<LabelledPoint & { readonly colour?: string }>;

/** Labels beside the ends of lines, from the top down. */
export function placeInMargin<Point extends LabelledPoint>(
  ends: readonly Point[],
  top: number,
  bottom: number,
): readonly PlacedLabel<Point>[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const middles = spreadLines(sorted.map(({ y }) => y), top, bottom); // prettier-ignore
  return sorted.map((point, i) => ({
    point,
    left: point.x + LABEL_GAP,
    middle: middles[i],
    needsLine: Math.abs(point.y - middles[i]) > 1,
  }));
}

/** What lies below the points. */
export function leaderMark(labels: readonly Placed[]): Plot.Markish {
  return Plot.link(
    labels.filter(({ needsLine }) => needsLine),
    {
      x1: inPixels(({ point }: Placed) => point.x),
      y1: inPixels(({ point }: Placed) => point.y),
      x2: inPixels(({ left }: Placed) => left - 1),
      y2: inPixels(({ middle }: Placed) => middle),
      stroke: 'var(--faint)',
    },
  );
}

/** What lies above them, on a ground of its own. */
export function labelMark(labels: readonly Placed[]): Plot.Markish {
  return Plot.text(labels, {
    x: inPixels(({ left }: Placed) => left),
    y: inPixels(({ middle }: Placed) => middle),
    text: ({ point }: Placed) => point.text,
    textAnchor: 'start',
    fill: ({ point }: Placed) => point.colour ?? 'var(--ink)',
    stroke: 'var(--paper)',
    strokeWidth: 4,
  });
}
