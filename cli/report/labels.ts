/**
 * Where the labels of points stand, in pixels: in columns to the right of their points, in the order of the points, none
 * over another and none over a point. A label that is not clearly beside its own point gets a line to it.
 *
 * @module
 */
import { boundTextWidth, LINE_HEIGHT } from './textWidth.ts';

/** A point that wants a label. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A label's place. */
export interface PlacedLabel<Point extends LabelledPoint> {
  readonly point: Point;
  /** Where the text begins. */
  readonly left: number;
  /** The middle of its line. */
  readonly middle: number;
  /** Whether a line has to lead from the point to the text. */
  readonly needsLine: boolean;
}

/** From a point to its label: more than a marker and an interval's bar take. */
export const LABEL_GAP = 9;
/** Between the end of a label and the next point. */
const CLEARANCE = 1.5 * LABEL_GAP;

/**
 * Points whose labels share a column: those of one x, and those of the x before where its own labels would reach the
 * next points. From left to right.
 */
export function columnsOf<Point extends Pick<LabelledPoint, 'x' | 'text'>>(
  points: readonly Point[],
): readonly (readonly Point[])[] {
  const columns: Point[][] = [];
  let right = -Infinity;
  for (const point of [...points].sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last !== undefined && point.x < right + CLEARANCE) last.push(point);
    else columns.push([point]);
    const column = columns[columns.length - 1];
    right = point.x + LABEL_GAP + Math.max(...column.map(({ text }) => boundTextWidth(text)));
  }
  return columns;
}

/**
 * Labels to the right of their points. There has to be space for the tallest column between `top` and `bottom`, and for
 * the widest label to the right of the last point.
 */
export function placeBeside<Point extends LabelledPoint>(
  points: readonly Point[],
  top: number,
  bottom: number,
): readonly PlacedLabel<Point>[] {
  return columnsOf(points).flatMap((column) => {
    const left = Math.max(...column.map(({ x }) => x)) + LABEL_GAP;
    const wanted = column.map(({ y }) => y).sort((a, b) => a - b);
    const slots = spreadLines(wanted, top, bottom);
    return withoutCrossings(column, left, slots).map((point, i) => {
      const place = { point, left, middle: slots[i] };
      return { ...place, needsLine: !isClear(place, points) };
    });
  });
}

/**
 * Heights for lines of text, as near to the wanted ones as they can be (least squares) with {@link LINE_HEIGHT} from each
 * to the next and all between `top` and `bottom`.
 *
 * @param wanted - from the top down.
 */
export function spreadLines(wanted: readonly number[], top: number, bottom: number): readonly number[] {
  // Without its distance to the first line, each has to be no less than the one before: isotonic regression, whose
  // solution is the mean of every run of neighbours that get in one another's way.
  const runs: { sum: number; count: number }[] = [];
  const mean = ({ sum, count }: { readonly sum: number; readonly count: number }): number => sum / count;
  wanted.forEach((y, i) => {
    let run = { sum: y - i * LINE_HEIGHT, count: 1 };
    for (let above = runs.at(-1); above !== undefined && mean(above) >= mean(run); above = runs.at(-1)) {
      run = { sum: above.sum + run.sum, count: above.count + run.count };
      runs.pop();
    }
    runs.push(run);
  });
  const highest = top + LINE_HEIGHT / 2;
  const lowest = bottom - LINE_HEIGHT / 2 - (wanted.length - 1) * LINE_HEIGHT;
  return runs
    .flatMap((run) => Array.from({ length: run.count }, () => mean(run)))
    .map((y, i) => Math.max(highest, Math.min(lowest, y)) + i * LINE_HEIGHT);
}

/**
 * Which point gets which slot, so that no two lines from points to slots cross: from the top down each slot takes the
 * point that lies highest as seen from it, and the others stay below that line. Of points above one another it is the upper.
 */
function withoutCrossings<Point extends LabelledPoint>(
  column: readonly Point[],
  left: number,
  slots: readonly number[],
): readonly Point[] {
  const free = [...column];
  return slots.map((slot) => {
    const slope = ({ x, y }: Point): number => (y - slot) / (left - x);
    const [first] = free.sort((a, b) => slope(a) - slope(b));
    free.shift();
    return first;
  });
}

/** Whether the label is nearer to its own point than to any other, so that nobody can take it for another's. */
function isClear<Point extends LabelledPoint>(
  { point, left, middle }: Omit<PlacedLabel<Point>, 'needsLine'>,
  points: readonly Point[],
): boolean {
  const right = left + boundTextWidth(point.text);
  const distance = ({ x, y }: Point): number =>
    Math.hypot(Math.max(left - x, 0, x - right), Math.max(Math.abs(y - middle) - LINE_HEIGHT / 2, 0));
  const own = distance(point);
  return points.every((other) => other === point || distance(other) > own + 1);
}
