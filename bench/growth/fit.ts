/**
 * How a time grows: the exponent of time = a · x^b, by least squares on the logarithms, or a line.
 *
 * @module
 */
import { wrong } from '../../src/errors.ts';

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
  requirePositive('fitExponent', points);
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

/** y = intercept + slope · x. */
export interface Line {
  readonly intercept: number;
  readonly slope: number;
  /** The greatest distance of a point from the line, as a share of the line there. */
  readonly deviation: number;
}

/**
 * The line that is least far from the points in proportion to them, Σ ((y − line) / y)²: a time's error grows with it.
 *
 * @throws {@link InvalidInput} for fewer than two different x, or a number that is not positive.
 */
export function fitLine(points: readonly Point[]): Line {
  requirePositive('fitLine', points);
  const weighted = points.map(({ x, y }) => ({ x, y, w: 1 / y ** 2 }));
  const total = sum(weighted.map(({ w }) => w));
  const xMean = sum(weighted.map(({ x, w }) => w * x)) / total;
  const yMean = sum(weighted.map(({ y, w }) => w * y)) / total;
  const xx = sum(weighted.map(({ x, w }) => w * (x - xMean) ** 2));
  if (!(xx > 0)) throw wrong('fitLine: points', 'two or more different x', points.length);
  const slope = sum(weighted.map(({ x, y, w }) => w * (x - xMean) * (y - yMean))) / xx;
  const intercept = yMean - slope * xMean;
  const deviation = Math.max(...points.map(({ x, y }) => Math.abs(y / (intercept + slope * x) - 1)));
  return { intercept, slope, deviation };
}

function requirePositive(where: string, points: readonly Point[]): void {
  const bad = points.findIndex(({ x, y }) => !(x > 0 && y > 0 && x < Infinity && y < Infinity));
  if (bad >= 0) throw wrong(`${where}: points[${bad}]`, 'two positive numbers', `${points[bad].x}, ${points[bad].y}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
