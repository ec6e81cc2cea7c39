import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../run/runs.ts';
import { arrayOf, BOTH, bits, expectWithin, floats, gamma, inArena, ints, matrices, unset } from './both.ts';

describe.each(BOTH)('softmax, $name of $threads', (kernels) => {
  const cases = fc
    .record({
      batch: fc.integer({ min: 1, max: 2 }),
      heads: fc.integer({ min: 1, max: 2 }),
      queries: fc.integer({ min: 1, max: 3 }),
      keys: fc.integer({ min: 1, max: 19 }),
    })
    .chain((sizes) => {
      const key = fc.integer({ min: 0, max: sizes.keys });
      const scores = fc.double({ min: -60, max: 60, noNaN: true }).map(Math.fround);
      return fc.record({
        sizes: fc.constant(sizes),
        x: arrayOf(scores, sizes.batch * sizes.heads * sizes.queries * sizes.keys),
        ranges: fc.array(fc.tuple(key, key), {
          minLength: sizes.batch * sizes.queries,
          maxLength: sizes.batch * sizes.queries,
        }),
      });
    });

  it('weighs the visible keys by e^x and the others exactly 0', () => {
    fc.assert(
      fc.property(cases, ({ sizes: { heads, queries, keys }, x, ranges }) =>
        inArena(() => {
          const out = unset(x.length);
          const [from, to] = [ints(ranges.map((r) => r[0])), ints(ranges.map((r) => r[1]))];
          kernels.softmax(out, floats(x), from, to, heads, queries, keys);
          expectWithin(out, (i) => {
            const row = Math.floor(i / keys);
            const [b, q] = [Math.floor(row / (heads * queries)), row % queries];
            const [first, last] = ranges[b * queries + q];
            if (i % keys < first || i % keys >= last) return [0, 0];
            const seen = x.slice(row * keys + first, row * keys + last);
            const highest = Math.max(...seen);
            const sum = seen.reduce((s, v) => s + Math.exp(v - highest), 0);
            const wanted = Math.exp(x[i] - highest) / sum;
            // One rounding of x − max ≤ 120 moves e^x by 120 units; e^x itself 2.2, sum and product 3.
            return [wanted, gamma(120 + 8) * wanted + 2 ** -148];
          });
        }),
      ),
      { numRuns: runs(150) },
    );
  });

  it('keeps its bits beside keys that are far off', () => {
    const scores = fc
      .integer({ min: 1, max: 10 })
      .chain((vectors) => arrayOf(fc.float({ min: -48, max: 48, noNaN: true }), 4 * vectors));
    fc.assert(
      fc.property(scores, (x) =>
        inArena(() => {
          const [apart, beside] = [x, [...x, -300, -300, -300, -300]].map((row) => {
            const out = unset(row.length);
            kernels.softmax(out, floats(row), ints([0]), ints([row.length]), 1, 1, row.length);
            return bits(out);
          });
          expect(beside).toEqual([...apart, 0, 0, 0, 0]);
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('has the derivative out ⊙ (dOut − ⟨dOut, out⟩), in place too', () => {
    fc.assert(
      fc.property(matrices(2), ([rows, columns, [dOut, out]]) =>
        inArena(() => {
          const [dX, inPlace] = [unset(out.length), floats(dOut)];
          kernels.softmaxBackward(dX, floats(dOut), floats(out), rows, columns);
          kernels.softmaxBackward(inPlace, inPlace, floats(out), rows, columns);
          expect(bits(inPlace)).toEqual(bits(dX));
          expectWithin(dX, (i) => {
            const start = Math.floor(i / columns) * columns;
            const terms = dOut.slice(start, start + columns).map((v, j) => v * out[start + j]);
            const mean = terms.reduce((s, v) => s + v, 0);
            const magnitude = terms.reduce((s, v) => s + Math.abs(v), 0);
            const size = Math.abs(out[i]) * (Math.abs(dOut[i]) + magnitude);
            return [out[i] * (dOut[i] - mean), gamma(4) * size + 2 ** -140];
          });
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('overflows nowhere, wherever the largest value stands', () => {
    inArena(() => {
      const keys = 21;
      for (let place = 0; place < keys; place++) {
        const out = unset(keys);
        kernels.softmax(
          out,
          unset(keys)
            .fill(-1e4)
            .fill(1e4, place, place + 1),
          ints([0]),
          ints([keys]),
          1,
          1,
          keys,
        );
        expect(out.indexOf(1)).toBe(place);
        expect(kernels.sum(out)).toBe(1);
      }
    });
  });

  it('refuses a range outside the keys', () => {
    inArena(() => {
      const call = () => kernels.softmax(unset(3), unset(3), ints([0]), ints([4]), 1, 1, 3);
      expect(call).toThrow('kernel.softmax: expected range[0] within [0, 3), got [0, 4)');
    });
  });
});
