import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fitExponent, fitLine } from '../../bench/growth/fit.ts';

const XS = [1, 3, 10, 40, 100];
const exponents = fc.double({ min: -3, max: 3, noNaN: true });
const factors = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

describe('fitExponent', () => {
  test.prop([exponents, factors])('finds b and a of y = a · x^b, with no error', (b, a) => {
    const fit = fitExponent(XS.map((x) => ({ x, y: a * x ** b })));
    // A few roundings of logarithms below 20 in size: far below 1e-12.
    expect(fit.exponent).toBeCloseTo(b, 12);
    expect(fit.factor / a).toBeCloseTo(1, 11);
    expect(fit.standardError).toBeLessThan(1e-7);
    expect(fit.lastExponent).toBeCloseTo(b, 11);
  });

  test.prop([
    exponents,
    factors,
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
  ])('leaves residuals that are orthogonal to the line, and scales no exponent with the unit', (b, scale, noise) => {
    const points = XS.map((x, i) => ({ x, y: x ** b * Math.exp(noise[i]) }));
    const fit = fitExponent(points);
    const residuals = points.map(({ x, y }) => Math.log(y) - Math.log(fit.factor) - fit.exponent * Math.log(x));
    const inner = (values: readonly number[]): number => residuals.reduce((sum, r, i) => sum + r * values[i], 0);
    expect(inner(XS.map(() => 1))).toBeCloseTo(0, 10);
    expect(inner(XS.map(Math.log))).toBeCloseTo(0, 10);
    const scaled = fitExponent(points.map(({ x, y }) => ({ x, y: y * scale })));
    expect(scaled.exponent).toBeCloseTo(fit.exponent, 10);
  });

  it('gives the standard error of the textbook: x = e^0, e^1, e^2 and y = e^0, e^1, e^0', () => {
    // b = 0, v̄ = 1/3: residuals −1/3, 2/3, −1/3, so √((6/9) / (3 − 2) / 2) = √(1/3).
    const { exponent, standardError } = fitExponent([0, 1, 0].map((v, u) => ({ x: Math.E ** u, y: Math.E ** v })));
    expect(exponent).toBeCloseTo(0, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(1 / 3), 12);
  });

  it('has no error to give for two points', () => {
    expect(
      fitExponent([
        { x: 1, y: 2 },
        { x: 2, y: 8 },
      ]),
    ).toMatchObject({ exponent: 2, standardError: null });
  });

  it.each([
    [
      [
        { x: 1, y: 1 },
        { x: 2, y: 0 },
      ],
      'points[1]',
    ],
    [[{ x: 1, y: NaN }], 'points[0]'],
    [
      [
        { x: 2, y: 1 },
        { x: 2, y: 3 },
      ],
      'two or more different x',
    ],
    [[], 'two or more different x'],
  ])('refuses %j', (points, words) => {
    expect(() => fitExponent(points)).toThrow(words);
  });
});

describe('fitLine', () => {
  const positive = fc.double({ min: 1e-2, max: 1e2, noNaN: true });

  test.prop([positive, positive])('finds both numbers of a line, from which no point then lies apart', (a, b) => {
    const { intercept, slope, deviation } = fitLine(XS.map((x) => ({ x, y: a + b * x })));
    expect(intercept / a).toBeCloseTo(1, 6);
    expect(slope / b).toBeCloseTo(1, 8);
    expect(deviation).toBeLessThan(1e-8);
  });

  test.prop([fc.array(positive, { minLength: 5, maxLength: 5 }), positive])(
    'weighs errors in proportion: in another unit of time it is the same line',
    (ys, unit) => {
      const points = XS.map((x, i) => ({ x, y: ys[i] }));
      const [line, other] = [1, unit].map((u) => fitLine(points.map(({ x, y }) => ({ x, y: u * y }))));
      expect(other.slope / unit).toBeCloseTo(line.slope, 6);
      expect(other.intercept / unit).toBeCloseTo(line.intercept, 6);
      // No line near it is nearer to the points.
      const loss = (intercept: number, slope: number): number =>
        points.reduce((sum, { x, y }) => sum + ((y - intercept - slope * x) / y) ** 2, 0);
      const least = loss(line.intercept, line.slope);
      for (const [d, e] of [
        [1e-3, 0],
        [-1e-3, 0],
        [0, 1e-3],
        [0, -1e-3],
      ]) {
        expect(loss(line.intercept + d, line.slope + e)).toBeGreaterThanOrEqual(least);
      }
    },
  );

  it('refuses one point, and times that are none', () => {
    expect(() => fitLine([{ x: 1, y: 1 }])).toThrow('fitLine: points: expected two or more different x');
    expect(() => fitLine([{ x: 1, y: 0 }])).toThrow('points[0]');
  });
});
