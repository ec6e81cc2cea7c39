/**
 * How a time grows: the exponent of time = a · x^b, by least squares on the logarithms.
 *
 * @module
 */
import { wrong } from '../src/errors.ts';

/** A measured point, both positive. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Fit {
  /** b */
  readonly exponent: number;
  /** Of b; null for two points, which every line meets. */
  readonly standardError: number | null;
  /** a: the time at x = 1. */
  readonly factor: number;
  /** b between the last two points alone: where a constant part no longer hides the growth. */
  readonly lastExponent: number;
}

/**
 * b = Σ (u − ū)(v − v̄) / Σ (u − ū)², u = ln x, v = ln y; its standard error is √(Σ r² / (k − 2) / Σ (u − ū)²), with
 * the residuals r of k points.
 *
 * @throws {@link InvalidInput} for fewer than two different x, or a number that is not positive.
 */
export function fitExponent(points: readonly Point[]): Fit {
  const bad = points.findIndex(({ x, y }) => !(x > 0 && y > 0 && x < Infinity && y < Infinity));
  if (bad >= 0)
    throw wrong(`fitExponent: points[${bad}]`, 'two positive numbers', `${points[bad].x}, ${points[bad].y}`);
  const logs = points.map(({ x, y }) => ({ u: Math.log(x), v: Math.log(y) })).sort((a, b) => a.u - b.u);
  const [uMean, vMean] = [mean(logs.map(({ u }) => u)), mean(logs.map(({ v }) => v))];
  const uu = sum(logs.map(({ u }) => (u - uMean) ** 2));
  if (!(uu > 0)) throw wrong('fitExponent: points', 'two or more different x', points.length);
  const exponent = sum(logs.map(({ u, v }) => (u - uMean) * (v - vMean))) / uu;
  const residuals = sum(logs.map(({ u, v }) => (v - vMean - exponent * (u - uMean)) ** 2));
  const standardError = logs.length < 3 ? null : Math.sqrt(residuals / (logs.length - 2) / uu);
  const [before, last] = logs.slice(-2);
  return {
    exponent,
    standardError,
    factor: Math.exp(vMean - exponent * uMean),
    lastExponent: (last.v - before.v) / (last.u - before.u),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
