import { describe, expect, test } from 'vitest';
import {
  checkPrevious,
  computeIterativeThreshold,
  reseedThreshold,
  type Bisection,
  type BisectionOptions,
} from '../../../src/dst/iterative.ts';
import { computeIterativeBySelection } from '../../../src/dst/iterativeBySelection.ts';
import { f32, kernels, refusal } from './toys.ts';

const DEFAULTS = { factor: 2, iterations: 10 };
/** m distances whose fraction above x is 1 − x, scaled. */
const ramp = (m: number, scale: number): Float32Array =>
  Float32Array.from({ length: m }, (_, i) => ((i + 1) / m) * scale);
type Search = (distances: Float32Array, epsilon: number, previous: number, options?: BisectionOptions) => number;
/** As it is written, and from one selection. */
const WAYS: readonly [string, Search][] = (
  [
    ['counting', computeIterativeThreshold],
    ['selecting', computeIterativeBySelection],
  ] as const
).map(([name, compute]) => [
  name,
  (distances, epsilon, previous, options = DEFAULTS) => compute(distances, epsilon, previous, options, kernels),
]);

/** The halvings that are told of. */
function halvings(distances: Float32Array, epsilon: number, previous: number, options: BisectionOptions): Bisection[] {
  const told: Bisection[] = [];
  computeIterativeThreshold(distances, epsilon, previous, options, kernels, (halving) => told.push(halving));
  return told;
}
const fractionAbove = (distances: Float32Array, tau: number): number =>
  kernels.countAbove(distances, tau) / distances.length;

describe.each(WAYS)('Algorithm 2, %s', (_, search) => {
  test('halves the bracket from τ/c to τ·c, T times', () => {
    const steps = halvings(f32(1, 2, 3, 4), 0.5, 2, { factor: 2, iterations: 3 });
    expect(steps).toEqual([
      { iteration: 1, lo: 1, hi: 4, mid: 2.5, fraction: 0.5 },
      { iteration: 2, lo: 1, hi: 2.5, mid: 1.75, fraction: 0.75 },
      { iteration: 3, lo: 1.75, hi: 2.5, mid: 2.125, fraction: 0.5 },
    ]);
    expect(search(f32(1, 2, 3, 4), 0.5, 2, { factor: 2, iterations: 1 })).toBe(1.75);
    expect(search(f32(1, 2, 3, 4), 0.5, 2, { factor: 2, iterations: 2 })).toBe(2.125);
    expect(search(f32(1, 2, 3, 4), 0.5, 2, { factor: 2, iterations: 3 })).toBe(1.9375);
  });

  test('with another c the bracket is another', () => {
    expect(halvings(f32(1), 0.5, 3, { factor: 1.5, iterations: 1 })).toEqual([
      { iteration: 1, lo: 2, hi: 4.5, mid: 3.25, fraction: 0 },
    ]);
  });

  test('compares and returns float32 values', () => {
    const [{ mid }] = halvings(f32(1), 0.5, 0.1, { factor: 3, iterations: 1 });
    expect(mid).toBe(Math.fround((0.1 / 3 + 0.1 * 3) / 2));
    const tau = search(f32(0.01), 0.5, 0.1, { factor: 3, iterations: 1 });
    expect(tau).toBe(Math.fround((0.1 / 3 + Math.fround((0.1 / 3 + 0.1 * 3) / 2)) / 2));
  });

  test('fades to the second-smallest denormal under distances of 0, and climbs back by the factor c (amb-22)', () => {
    let tau = 1;
    for (let t = 0; t < 160; t++) tau = search(f32(0, 0, 0), 0.5, tau);
    expect(tau).toBe(2 ** -148);
    const climb = [1, 2, 3].map(() => (tau = search(f32(1, 2, 3), 0.5, tau)));
    expect(climb[0]).toBe(2 ** -147);
    expect(climb[2]).toBeLessThanOrEqual(2 ** -145);
  });

  test('inside the bracket it comes within 1.5 · 2⁻ᵀ τ of the quantile', () => {
    const distances = ramp(1000, 1);
    expect(Math.abs(search(distances, 0.1, 1) - 0.9)).toBeLessThan(1.5 / 2 ** 10);
    expect(Math.abs(search(distances, 0.1, 0.5) - 0.9)).toBeLessThan(1.5 / 2 ** 10);
  });

  test('a lost bracket: each step moves to its edge, by almost c, until the quantile is inside again', () => {
    const distances = ramp(1000, 0.001);
    let tau = 1;
    const ratios: number[] = [];
    for (let step = 0; step < 10; step++) {
      const next = search(distances, 0.1, tau);
      ratios.push(next / tau);
      tau = next;
    }
    for (const ratio of ratios.slice(0, 9)) expect(ratio).toBeCloseTo(0.5 + 1.5 / 2 ** 11, 6);
    for (let step = 0; step < 2; step++) tau = search(distances, 0.1, tau);
    expect(Math.abs(fractionAbove(distances, tau) - 0.1)).toBeLessThan(0.01);

    const grown = ramp(1000, 1000);
    for (let step = 0; step < 25; step++) tau = search(grown, 0.1, tau);
    expect(Math.abs(fractionAbove(grown, tau) - 0.1)).toBeLessThan(0.01);
  });

  test('0 and ∞ are fixed points', () => {
    expect(search(ramp(10, 1), 0.5, 0)).toBe(0);
    expect(search(ramp(10, 1), 0.5, Infinity)).toBe(Infinity);
  });

  test('where the bracket overflows float32 the threshold is ∞', () => {
    expect(search(f32(Infinity, Infinity), 0.5, 3e38, { factor: 2, iterations: 20 })).toBe(Infinity);
  });
});

describe('where to search from', () => {
  const distances = f32(4, 1, 3, 2);

  test('the threshold before, wherever it is a number above 0', () => {
    expect(reseedThreshold(1e-40, distances, 1, kernels)).toBe(1e-40);
    expect(reseedThreshold(7, distances, 1, kernels)).toBe(7);
  });

  test.each([0, Infinity])('at %d: the exact threshold', (previous) => {
    expect(reseedThreshold(previous, distances, 1, kernels)).toBe(3);
    expect(reseedThreshold(previous, distances, 3, kernels)).toBe(1);
    expect(reseedThreshold(previous, distances, 4, kernels)).toBe(0);
  });
});

describe.each(WAYS)('refused, %s', (_, search) => {
  test.each([1, 0.5, NaN, Infinity])('a factor of %d', (factor) => {
    expect(refusal(() => search(f32(1), 0.5, 1, { factor, iterations: 10 }))).toBe(
      `threshold.factor: expected a finite number above 1, got ${factor}`,
    );
  });

  test.each([0, -1, 1.5, NaN])('%d iterations', (iterations) => {
    expect(refusal(() => search(f32(1), 0.5, 1, { factor: 2, iterations }))).toBe(
      `threshold.iterations: expected a whole number from 1, got ${iterations}`,
    );
  });

  test.each([-1, NaN])('a previous threshold of %d', (previous) => {
    expect(refusal(() => search(f32(1), 0.5, previous))).toBe(`previous: expected a threshold from 0, got ${previous}`);
    expect(refusal(() => checkPrevious('here', previous))).toBe(`here: expected a threshold from 0, got ${previous}`);
  });
});
