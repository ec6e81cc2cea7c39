/**
 * Algorithm 2, literally, on intervals: every end that a conforming run may reach. Where a comparison hangs on a
 * rounding, both branches are followed.
 *
 * @module
 */
import type { Arithmetic, Range } from './distance.ts';
import { isExact, isExactProduct, isExactSum, ulp } from './formats.ts';
import type { Format } from './formats.ts';

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
const MOST_BRANCHES = 256;

/** The ranges in one of which τ must lie. */
export function bisect(distances: readonly Range[], bisection: Bisection, { format }: Arithmetic): Range[] {
  const { epsilon, previous, factor, iterations } = bisection;
  const first: Bracket = { lo: divide(format, previous, factor), hi: multiply(format, previous, factor) };
  let brackets: Bracket[] = [first];
  for (let t = 0; t < iterations; t++) {
    const next = new Map<string, Bracket>();
    for (const bracket of brackets) {
      const mid = middle(format, bracket);
      for (const above of compareFraction(distances, mid, epsilon, format)) {
        const half = above ? { lo: mid, hi: bracket.hi } : { lo: bracket.lo, hi: mid };
        next.set(`${half.lo.low} ${half.lo.high} ${half.hi.low} ${half.hi.high}`, half);
      }
    }
    if (next.size > MOST_BRANCHES) return [{ low: first.lo.low, high: first.hi.high }];
    brackets = [...next.values()];
  }
  return brackets.map((bracket) => middle(format, bracket));
}

/** The answers to f(mid) > ε (Eq. 8) that are possible: one, or both where it hangs on a rounding. */
function compareFraction(distances: readonly Range[], mid: Range, epsilon: number, format: Format): boolean[] {
  const size = distances.length;
  // Eq. 8 compares with >: the count is certain where a distance lies wholly above, possible where it may.
  const least = distances.filter(({ low }) => low > mid.high).length / size;
  const most = distances.filter(({ high }) => high > mid.low).length / size;
  const exact = isExact(format, least) && isExact(format, most) && isExactProduct(format, epsilon, size);
  // A fraction is one rounded division, or ε·|S| one rounded product: one unit, taken twice.
  const slack = exact ? 0 : 2 * format.epsilon * epsilon;
  const answers: boolean[] = [];
  if (most > epsilon - slack) answers.push(true);
  if (least <= epsilon + slack) answers.push(false);
  // With no slack, `most > ε` must be strict; with some, the equality belongs to both.
  return exact && most === epsilon ? [false] : answers;
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
