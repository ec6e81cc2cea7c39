import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyPlot, isBudgeted } from '../../../cli/report/accuracyPlot.ts';
import { drawSvg } from '../../../cli/report/draw.ts';
import type { Room } from '../../../cli/report/figure.ts';
import { formatMetric } from '../../../cli/report/format.ts';
import { heatMap } from '../../../cli/report/heat.ts';
import type { Metric, ResultRow } from '../../../cli/report/input.ts';
import { spreadLines } from '../../../cli/report/labels.ts';
import { assignSeries } from '../../../cli/report/series.ts';
import { boundTextWidth, LINE_HEIGHT, shortenTo } from '../../../cli/report/textWidth.ts';
import { renderCharts } from '../../../scripts/results/chart.ts';
import { runs } from '../../run/runs.ts';
import { drawingsOf, findFaults, overlapOf, type Box, type Drawing, type Shape } from './boxes.ts';
import { dejaVuWidth } from './dejaVuSans.ts';
import { readReadmeReport } from './readmeRows.ts';

const ACCURACY: Metric = { metricName: 'accuracy', metricScale: 'share' };
const ROOMS: readonly Room[] = [
  { width: 880, narrow: false },
  { width: 340, narrow: true },
];

function draw(rows: readonly ResultRow[], room: Room): Drawing {
  const options = accuracyPlot(rows, assignSeries(rows), ACCURACY, room);
  const words = { id: 'test', title: 'title', description: 'description' };
  return drawingsOf(drawSvg({ ...options, width: room.width }, words).markup)[0];
}

/** Each row with a budget, its point and its label. Values differ in their first decimal, so words tell them apart. */
function pairsOf(rows: readonly ResultRow[], { labels, points }: Drawing): { point: Shape; label: Shape }[] {
  return rows.filter(isBudgeted).map(({ metric }) => {
    const value = formatMetric(metric, 'share');
    const says = (ending: string) => (shape: Shape) => shape.words === value || shape.words.endsWith(ending);
    const [point, label] = [points.find(says(`: ${value}`)), labels.find(says(` ${value}`))];
    if (point === undefined || label === undefined) throw new Error(`expected a point and a label of ${value}`);
    return { point, label };
  });
}

function middleOf({ left, right, top, bottom }: Box): [x: number, y: number] {
  return [(left + right) / 2, (top + bottom) / 2];
}

function distance(box: Box, [x, y]: readonly [number, number]): number {
  return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
}

/** Labels of points: what must be true of them, as sentences about what is not. */
function findLabelFaults(rows: readonly ResultRow[], drawing: Drawing): readonly string[] {
  const pairs = pairsOf(rows, drawing);
  const faults = [...findFaults(drawing)];
  for (const { point, label } of pairs) {
    const own = distance(label, middleOf(point));
    const [x, y] = middleOf(point);
    const isLed = drawing.leaders.some(
      ({ from, to }) => Math.hypot(from[0] - x, from[1] - y) < 0.1 && distance(label, to) < 3,
    );
    for (const other of drawing.points) {
      if (overlapOf(label, other) > 0) faults.push(`"${label.words}" over the point of "${other.words}"`);
      if (other !== point && !isLed && distance(label, middleOf(other)) <= own)
        faults.push(`"${label.words}" is nearer to "${other.words}"`);
    }
    for (const bar of drawing.bars) if (overlapOf(label, bar) > 0) faults.push(`"${label.words}" over a bar`);
    for (const { point: below, label: its } of pairs) {
      const [otherX, otherY] = middleOf(below);
      if (Math.abs(otherX - x) < 1e-6 && otherY > y && its.top < label.top)
        faults.push(`"${its.words}" stands above "${label.words}"`);
    }
  }
  return faults;
}

const permille = fc.oneof(
  fc.integer({ min: 0, max: 1000 }),
  fc.integer({ min: 580, max: 605 }),
  fc.constantFrom(0, 1, 2, 998, 999, 1000),
);
const epsilon = fc.oneof(
  fc.constantFrom(0.001, 0.01, 0.1, 1),
  fc.double({ min: -6, max: 0, noNaN: true }).map((exponent) => 10 ** exponent),
  fc.constantFrom(0.1, 0.11, 0.12),
);
const method = fc.constantFrom(
  'DST',
  'random mask',
  'no churn',
  'a method with a name that no chart has room for at all',
);
const baseline = fc.constantFrom('seed as it is', 'most frequent class', 'full fine-tuning', 'x');

const arbitraryRows = fc
  .uniqueArray(fc.tuple(permille, fc.option(epsilon, { freq: 4 }), method, baseline, fc.integer({ min: 0, max: 60 })), {
    selector: ([value]) => value,
    minLength: 1,
    maxLength: 30,
  })
  .filter((drawn) => drawn.some(([, budget]) => budget !== null))
  .map((drawn) => drawn.map(([value, budget, name, line, half]) => rowOf(budget === null ? line : name, budget, value / 1000, half / 1000))); // prettier-ignore

function rowOf(name: string, budget: number | null, metric: number, half: number): ResultRow {
  const interval = { low: Math.max(0, metric - half), high: Math.min(1, metric + half) };
  const rate = { learningRate: 1, rateNote: null, runs: [] };
  return {
    id: null,
    method: name,
    epsilon: budget,
    metric,
    ...interval,
    ...rate,
    changed: 1,
    realisedFraction: 1,
    bytes: 1,
    seconds: 1,
  };
}

describe.each(ROOMS)('labels of quality against ε, on $width pixels', (room) => {
  it('stand beside their own points, in their order, and over nothing, whatever the rows', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        expect(findLabelFaults(rows, draw(rows, room))).toEqual([]);
      }),
      { numRuns: runs(60) },
    );
  });

  it.each([
    [0.605, 0.581],
    [0.6, 0.599],
  ])('are not exchanged where two methods of one budget are near: %f above %f', (upper, lower) => {
    const rows = [rowOf('DST', 0.01, upper, 0.02), rowOf('random mask', 0.01, lower, 0.02)];
    const [high, low] = pairsOf(rows, draw(rows, room));
    expect(high.label.bottom).toBeLessThan(low.label.top);
  });
});

describe.each([...ROOMS, { width: 430, narrow: false }])('a heat map on $width pixels', (room) => {
  const names = (longest: number): fc.Arbitrary<string[]> =>
    fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'b', 'm', 'W', '_', '/', '0'), minLength: 1, maxLength: longest }),
      {
        minLength: 1,
        maxLength: 24,
      },
    );

  it('cuts no name and no number, and puts none over another', () => {
    fc.assert(
      fc.property(names(7), names(60), fc.double({ min: 0, max: 1, noNaN: true }), (x, y, heat) => {
        const text = String(Number((100 * heat).toPrecision(2)));
        const cells = x.flatMap((column) => y.map((row) => ({ x: column, y: row, heat, text, title: text })));
        const words = { id: 'test', title: 'title', description: 'description' };
        const svg = drawSvg({ ...heatMap(cells, { x, y, xLabel: 'step' }, room), width: room.width }, words);
        expect(findFaults(drawingsOf(svg.markup)[0])).toEqual([]);
      }),
      { numRuns: runs(15) },
    );
  });
});

describe('README’s charts', () => {
  it.each(['main-job', 'translation'] as const)('%s: labels stand right at both widths', (section) => {
    const report = readReadmeReport(section);
    const charts = renderCharts(report);
    expect(charts.size).toBe(2);
    for (const [path, svg] of charts) {
      const [drawing] = drawingsOf(svg);
      expect(findFaults(drawing), path).toEqual([]);
      if (section === 'main-job') expect(findLabelFaults(report.rows, drawing), path).toEqual([]);
    }
  });
});

describe('text whose width nobody measured', () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from(' !%()+,-./0123456789=ABCMQWabcfgijlmnrtwz…ετθ\u202f')),
  });

  it('is bounded from above', () => {
    fc.assert(
      fc.property(text, (words) => {
        expect(boundTextWidth(words)).toBeGreaterThanOrEqual(dejaVuWidth(words, 12));
      }),
      { numRuns: runs(300) },
    );
  });

  it('is shortened to what fits, and only then', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 200 }), (words, width) => {
        const short = shortenTo(words, width);
        expect(boundTextWidth(short)).toBeLessThanOrEqual(width);
        expect(short === words).toBe(boundTextWidth(words) <= width);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('lines of text at given heights', () => {
  it('are apart, within their bounds, and moved only where they have to be', () => {
    const heights = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(heights, (drawn) => {
        const wanted = drawn.toSorted((a, b) => a - b);
        const [top, bottom] = [-LINE_HEIGHT / 2, 300 + LINE_HEIGHT / 2];
        const placed = spreadLines(wanted, top, bottom);
        placed.forEach((y, i) => {
          if (i > 0) expect(y - placed[i - 1]).toBeGreaterThanOrEqual(LINE_HEIGHT - 1e-9);
          expect(y).toBeGreaterThanOrEqual(top + LINE_HEIGHT / 2);
          expect(y).toBeLessThanOrEqual(bottom - LINE_HEIGHT / 2);
          const isFree = wanted.every((other, j) => j === i || Math.abs(other - wanted[i]) >= 20 * LINE_HEIGHT);
          if (isFree) expect(y).toBeCloseTo(wanted[i]);
        });
        const isApart = wanted.every((y, i) => i === 0 || y - wanted[i - 1] >= LINE_HEIGHT);
        if (isApart) placed.forEach((y, i) => expect(y).toBeCloseTo(wanted[i], 6));
      }),
      { numRuns: runs(200) },
    );
  });
});
