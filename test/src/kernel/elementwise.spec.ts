import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/kernel/kernels.ts';
import { runs } from '../../run/runs.ts';
import { anyFloat, BOTH, bits, floats, inArena, vectors } from './both.ts';

const { fround } = Math;

/** Each kernel with what one element of its result is, given out, a, b and the factor. */
const OPERATIONS: readonly [
  string,
  (k: Kernels, out: Float32Array, a: Float32Array, b: Float32Array, f: number) => void,
  (out: number, a: number, b: number, f: number) => number,
][] = [
  ['zero', (k, out) => k.zero(out), () => 0],
  ['add', (k, out, a, b) => k.add(out, a, b), (_, a, b) => a + b],
  ['multiply', (k, out, a, b) => k.multiply(out, a, b), (_, a, b) => a * b],
  ['scale', (k, out, a, _, f) => k.scale(out, a, f), (_, a, __, f) => fround(f) * a],
  ['addScaled', (k, out, a, _, f) => k.addScaled(out, a, f), (out, a, _, f) => out + fround(fround(f) * a)],
  ['addProduct', (k, out, a, b) => k.addProduct(out, a, b), (out, a, b) => out + fround(a * b)],
];

describe.each(BOTH)('elementwise kernels, $name of $threads', (kernels) => {
  it.each(OPERATIONS)('%s is the float32 operation, element by element, to the bit', (_, run, element) => {
    fc.assert(
      fc.property(vectors(3, anyFloat), fc.double(), ([o, a, b], factor) =>
        inArena(() => {
          const out = floats(o);
          run(kernels, out, floats(a), floats(b), factor);
          expect(bits(out)).toEqual(bits(Float32Array.from(o, (x, i) => element(x, a[i], b[i], factor))));
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('may write over what it reads', () => {
    fc.assert(
      fc.property(vectors(2, anyFloat), ([a, b]) =>
        inArena(() => {
          const [apart, x] = [floats(a), floats(a)];
          kernels.add(apart, floats(a), floats(b));
          kernels.add(x, x, floats(b));
          expect(bits(x)).toEqual(bits(apart));
        }),
      ),
      { numRuns: runs(50) },
    );
  });

  it('refuses vectors of different lengths', () => {
    inArena(() => {
      expect(() => kernels.add(floats([1, 2]), floats([1, 2]), floats([1]))).toThrow(
        'kernel.add: expected 2 elements, got 1',
      );
    });
  });
});
