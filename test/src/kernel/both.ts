/**
 * What the suites of the kernels share: both implementations, simd also with several threads, over one memory, values to try, comparison of bits.
 *
 * @module
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { createKernels } from '../../../src/kernel/create.ts';
import type { Kernels } from '../../../src/kernel/kernels.ts';
import { Memory } from '../../../src/kernel/memory.ts';
import { createSimdKernels } from '../../../src/kernel/simd.ts';

/** The unit roundoff of float32: one rounding is off by at most this, relatively. */
export const UNIT = 2 ** -24;
/** The unit roundoff of float64. */
export const UNIT64 = 2 ** -53;
/** The smallest positive float32: what an underflow may add to an error. */
export const DENORMAL = 2 ** -149;

/** Higham's γₙ, the relative error of n roundings in a row. */
export function gamma(n: number, unit: number = UNIT): number {
  return (n * unit) / (1 - n * unit);
}

const memory = new Memory();
export const scalar: Kernels = createKernels('scalar', memory);
export const simd: Kernels = createKernels('simd', memory);
/** One, two and four threads; those with several split every kernel, however little there is to do. */
export const THREADED: readonly Kernels[] = [simd, createSimdKernels(memory, 2, 0), createSimdKernels(memory, 4, 0)];
/** Both implementations, simd with each number of threads. */
export const BOTH: readonly Kernels[] = [scalar, ...THREADED];

/** Runs `body` and gives its views back to the memory. */
export function inArena<T>(body: () => T): T {
  const mark = memory.mark();
  try {
    return body();
  } finally {
    memory.release(mark);
  }
}

/** A copy in the kernels' memory. */
export function floats(values: ArrayLike<number>): Float32Array {
  return memory.copyOf(values);
}

/** A copy in the kernels' memory. */
export function ints(values: readonly number[]): Int32Array {
  const view = memory.ints(values.length);
  view.set(values);
  return view;
}

/** A view filled with a value that no kernel may leave where it has to write. */
export function unset(length: number): Float32Array {
  return memory.floats(length).fill(NaN);
}

/** Bit patterns, with every NaN as the same one: wasm leaves a NaN's payload open. */
export function bits(x: Float32Array): number[] {
  return Array.from(new Uint32Array(x.slice().buffer), (pattern, i) => (Number.isNaN(x[i]) ? 0x7fc00000 : pattern));
}

/** Moderate values: no product of a few of them overflows. */
export const moderate: fc.Arbitrary<number> = fc
  .oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.integer({ min: -3, max: 3 }))
  .map(Math.fround);

/** Any float32: ±0, denormals, infinities and NaN among them, and values that come twice. */
export const anyFloat: fc.Arbitrary<number> = fc.oneof(
  fc.float(),
  fc.constantFrom(0, -0, 1, -1, 2 ** -149, -(2 ** -140), 2 ** -126, 3.4028234663852886e38, Infinity, -Infinity, NaN),
  moderate,
);

/** Lengths around the width of a vector, zero included, up to the longest turn of a loop (32), a vector and a part of one. */
export const length: fc.Arbitrary<number> = fc.integer({ min: 0, max: 39 });

/** An array of exactly n values. */
export function arrayOf(value: fc.Arbitrary<number>, n: number): fc.Arbitrary<number[]> {
  return fc.array(value, { minLength: n, maxLength: n });
}

/** `count` arrays of one common length. */
export function vectors(count: number, value: fc.Arbitrary<number>): fc.Arbitrary<number[][]> {
  return length.chain((n) => fc.array(arrayOf(value, n), { minLength: count, maxLength: count }));
}

/** Rows, columns, `count` matrices of that shape and two vectors of one value per column. */
export const matrices = (
  count: number,
): fc.Arbitrary<[rows: number, columns: number, matrices: number[][], perColumn: number[], another: number[]]> =>
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 19 }))
    .chain(([rows, columns]) =>
      fc.tuple(
        fc.constant(rows),
        fc.constant(columns),
        fc.array(arrayOf(moderate, rows * columns), { minLength: count, maxLength: count }),
        arrayOf(moderate, columns),
        arrayOf(moderate, columns),
      ),
    );

/** |got − exact| ≤ bound, element by element; `exact` gives the value and its bound. */
export function expectWithin(got: Float32Array, exact: (i: number) => readonly [value: number, bound: number]): void {
  got.forEach((value, i) => {
    const [wanted, bound] = exact(i);
    if (!(Math.abs(value - wanted) <= bound)) expect({ i, value }).toEqual({ i, value: wanted, bound });
  });
}
