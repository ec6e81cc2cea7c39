import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeIterativeThreshold } from '../../../src/dst/iterative.ts';
import { computeIterativeBySelection } from '../../../src/dst/iterativeBySelection.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES } from '../../../src/kernel/kernels.ts';
import { Memory } from '../../../src/kernel/memory.ts';
import { runs } from '../../run/runs.ts';

const MAX = 2 ** 128 - 2 ** 104;
const memory = new Memory();

/** Distances that tie, vanish, overflow, or lie side by side. */
const value = fc.oneof(
  { weight: 2, arbitrary: fc.float({ min: 0, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, 2 ** -149, 2 ** -126, 0.5, 1, 1, 2, MAX, Infinity) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 12 }).map((ulps) => 1 + ulps * 2 ** -23) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }).map((x) => x / 16) },
);
const silo = fc.oneof(
  { weight: 5, arbitrary: fc.array(value, { minLength: 1, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.tuple(value, fc.integer({ min: 1, max: 40 })).map(([x, m]) => new Array<number>(m).fill(x)) }, // prettier-ignore
);
/** ε as a decimal, as a count over |S| (where f(mid) = ε is met exactly) and beside it, and at its ends. */
const fractionOf = (m: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 0, max: m }).map((count) => count / m),
    fc.tuple(fc.integer({ min: 1, max: m }), fc.constantFrom(1 - 2 ** -53, 1 + 2 ** -52)).map(([count, beside]) => Math.min(1, (count / m) * beside)), // prettier-ignore
    fc.constantFrom(1e-9, 0.1, 0.3, 0.5, 0.7, 0.9, 1 - 2 ** -53, 1, 0),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
/** A bracket around the distances, beside them, empty, and beyond float32. */
const previous = fc.oneof(value.map(Math.abs), fc.constantFrom(1, 1e-300, 1e300, 3e38, Infinity, 0), fc.double({ min: 0, max: 4, noNaN: true })); // prettier-ignore
const options = fc.record({
  factor: fc.oneof(fc.constantFrom(1 + 2 ** -52, 1.2, 2, 10, 1e300), fc.double({ min: 1, minExcluded: true, max: 8, noNaN: true })), // prettier-ignore
  iterations: fc.integer({ min: 1, max: 70 }),
});

describe.each(KERNEL_NAMES)('one selection instead of T counts, %s kernels', (name) => {
  const kernels = createKernels(name, memory);

  test('Algorithm 2 has the same threshold, to the bit', () => {
    const cases = silo.chain((values) => fc.tuple(fc.constant(values), fractionOf(values.length)));
    fc.assert(
      fc.property(cases, previous, options, ([values, fraction], tau, constants) => {
        const mark = memory.mark();
        const distances = memory.copyOf(values);
        const counted = computeIterativeThreshold(distances, fraction, tau, constants, kernels);
        const selected = computeIterativeBySelection(distances, fraction, tau, constants, kernels);
        memory.release(mark);
        expect(selected).toBe(counted);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('in a long silo too, whose selection begins with a guess', () => {
    const long = fc.tuple(fc.integer({ min: 4097, max: 30_000 }), fc.integer({ min: 1, max: 2 ** 20 }), fc.nat());
    fc.assert(
      fc.property(long, fractionOf(10_000), fc.constantFrom(0.01, 0.4, 0.9, 1.1, 3), ([m, levels, seed], fraction, tau) => {
        const mark = memory.mark();
        let state = seed;
        const distances = memory.floats(m).map(() => {
          state = (Math.imul(state, 1664525) + 1013904223) | 0;
          return Math.floor(((state >>> 0) / 2 ** 32) * levels) / levels;
        });
        const view = memory.copyOf(distances);
        const constants = { factor: 2, iterations: 30 };
        const counted = computeIterativeThreshold(view, fraction, tau, constants, kernels);
        const selected = computeIterativeBySelection(view, fraction, tau, constants, kernels);
        memory.release(mark);
        expect(selected).toBe(counted);
      }),
      { numRuns: runs(60) },
    ); // prettier-ignore
  });
});
