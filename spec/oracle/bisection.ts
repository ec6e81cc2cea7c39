/**
 * Algorithm 2, literally, on intervals: every end that a conforming run may reach. If a comparison depends on a
 * rounding, both branches are followed.
 *
 * @module
 */
import type { Arithmetic, Range } from './distance.ts';
import { isExact, isExactProduct, isExactSum, ulp } from './formats.ts';
import type { Format } from './formats.ts';
import { computeCell, computeThresholdRange } from './quantile.ts';

/** Algorithm 2's constants and what it is given. */
export interface Bisection {
  readonly epsilon: number;
  /** τ of the step before, known up to a range. */
  readonly previous: Range;
  /** c */
  readonly factor: number;
  /** T */
  readonly iterations: number;
}

interface Bracket {
  readonly lo: Range;
  readonly hi: Range;
}

/** More ends than this, and the answer is only held to the bracket: nobody could tell a fault from a rounding. */
export const MOST_BRANCHES = 256;

/** The ranges in one of which τ must lie. */
export function bisect(distances: readonly Range[], bisection: Bisection, arithmetic: Arithmetic): Range[] {
  const share = { size: distances.length, epsilon: bisection.epsilon, format: arithmetic.format };
  const ends = isShareExact(share) ? [false] : [false, true];
  return unique(
    ends.flatMap((counts) => run(distances, bisection, (count) => isOver(count, share, counts), arithmetic)),
  );
}

/** Whether a bracket around τ holds nothing else. */
export function isFixedPoint({ low, high }: Range): boolean {
  return low === high && (low === 0 || low === Infinity);
}

/** What τ may be if τ_prev is a fixed point: the quantile as Eq. 6 accepts it, or what Algorithm 2 makes of it. */
export function bisectAnew(
  distances: readonly Range[],
  constants: Omit<Bisection, 'previous'>,
  arithmetic: Arithmetic,
): Range[] {
  const { epsilon } = constants;
  const cells = [distances.map(({ low }) => low), distances.map(({ high }) => high)].map((ends) =>
    computeCell(ends, epsilon, arithmetic.format),
  );
  const starts = [
    computeThresholdRange(distances, epsilon, arithmetic),
    { low: cells[0].low, high: cells[1].low },
    { low: cells[0].high, high: cells[1].high },
  ];
  return unique([
    ...starts,
    ...starts.flatMap((previous) => bisect(distances, { ...constants, previous }, arithmetic)),
  ]);
}

/** Algorithm 2 with one way to compare a count with ε|S|. */
function run(
  distances: readonly Range[],
  { previous, factor, iterations }: Bisection,
  isOverBudget: (count: number) => boolean,
  { format }: Arithmetic,
): Range[] {
  const first: Bracket = { lo: divide(format, previous, factor), hi: multiply(format, previous, factor) };
  let brackets: Bracket[] = [first];
  for (let t = 0; t < iterations; t++) {
    const next = new Map<string, Bracket>();
    for (const bracket of brackets) {
      const mid = middle(format, bracket);
      // Eq. 8 compares with >: counted for certain is what lies wholly above, possibly what may.
      const least = distances.filter(({ low }) => low > mid.high).length;
      const most = distances.filter(({ high }) => high > mid.low).length;
      for (const above of new Set([isOverBudget(least), isOverBudget(most)])) {
        const half = above ? { lo: mid, hi: bracket.hi } : { lo: bracket.lo, hi: mid };
        next.set(`${half.lo.low} ${half.lo.high} ${half.hi.low} ${half.hi.high}`, half);
      }
    }
    if (next.size > MOST_BRANCHES) return [{ low: first.lo.low, high: first.hi.high }];
    brackets = [...next.values()];
  }
  return brackets.map((bracket) => middle(format, bracket));
}

/** f = count/|S| against ε. */
interface Share {
  readonly size: number;
  readonly epsilon: number;
  readonly format: Format;
}

/**
 * Whether f(τ) > ε. If rounding may blur the two (a tenth of ten against 0.1 in float32) a program has one answer
 * whenever the question comes: `blurred`.
 */
function isOver(count: number, share: Share, blurred: boolean): boolean {
  const { size, epsilon, format } = share;
  // A fraction is one rounded division, or ε·|S| one rounded product: one unit, taken twice.
  const slack = isShareExact(share) ? 0 : 2 * format.epsilon * epsilon;
  if (Math.abs(count / size - epsilon) <= slack && slack > 0) return blurred;
  return count / size > epsilon;
}

/** Whether neither a count's share of |S| nor ε·|S| is rounded. */
function isShareExact({ size, epsilon, format }: Share): boolean {
  return isExact(format, 1 / size) && isExactProduct(format, epsilon, size);
}

/** Each range once; too many of them become one that holds them all. */
export function unique(ranges: readonly Range[]): Range[] {
  const all = [...new Map(ranges.map((range) => [`${range.low} ${range.high}`, range])).values()];
  if (all.length <= MOST_BRANCHES) return all;
  return [{ low: Math.min(...all.map(({ low }) => low)), high: Math.max(...all.map(({ high }) => high)) }];
}

/** (lo + hi) / 2, with half a unit of rounding where the sum is not exact. */
function middle(format: Format, { lo, hi }: Bracket): Range {
  const exact = isPoint(lo) && isPoint(hi) && isExactSum(format, lo.low, hi.low);
  return rounded(format, (lo.low + hi.low) / 2, (lo.high + hi.high) / 2, exact);
}

function multiply(format: Format, x: Range, factor: number): Range {
  return rounded(format, x.low * factor, x.high * factor, isPoint(x) && isExactProduct(format, x.low, factor));
}

function divide(format: Format, x: Range, factor: number): Range {
  const quotient = x.low / factor;
  const exact = isPoint(x) && isExact(format, quotient) && isExactProduct(format, quotient, factor);
  return rounded(format, quotient, x.high / factor, exact && quotient * factor === x.low);
}

function rounded(format: Format, low: number, high: number, exact: boolean): Range {
  if (exact && isExact(format, low)) return { low, high };
  return { low: low - ulp(format, low) / 2, high: high + ulp(format, high) / 2 };
}

function isPoint({ low, high }: Range): boolean {
  return low === high;
}
