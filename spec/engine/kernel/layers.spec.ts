import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation } from '../../../src/kernel/kernels.ts';
import { runs } from '../../runs.ts';
import { arrayOf, BOTH, bits, floats, gamma, inArena, ints, moderate, scalar, simd, unset, vectors } from './both.ts';

const matrices = (count: number, value = moderate) =>
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 19 }))
    .chain(([rows, columns]) =>
      fc.tuple(
        fc.constant(rows),
        fc.constant(columns),
        fc.array(arrayOf(value, rows * columns), { minLength: count, maxLength: count }),
        arrayOf(value, columns),
        arrayOf(value, columns),
      ),
    );

/** |got − exact| ≤ bound, element by element; `exact` gives the value and its bound. */
function expectWithin(got: Float32Array, exact: (i: number) => readonly [value: number, bound: number]): void {
  got.forEach((value, i) => {
    const [wanted, bound] = exact(i);
    if (!(Math.abs(value - wanted) <= bound)) expect({ i, value }).toEqual({ i, value: wanted, bound });
  });
}

describe.each(BOTH)('rmsNorm, $name', (kernels) => {
  it('divides by the root of the mean square: 1 rounding of the root, 2 of the products', () => {
    fc.assert(
      fc.property(matrices(1), ([rows, columns, [x], weight]) =>
        inArena(() => {
          const [out, inverse] = [unset(x.length), unset(rows)];
          kernels.rmsNorm(out, inverse, floats(x), floats(weight), rows, columns, 1e-6);
          expectWithin(out, (i) => {
            const row = x.slice(Math.floor(i / columns) * columns).slice(0, columns);
            const exact = (x[i] * weight[i % columns]) / Math.sqrt(row.reduce((s, v) => s + v * v, 0) / columns + 1e-6);
            return [exact, gamma(4) * Math.abs(exact) + 2 ** -147];
          });
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('adds its derivative to the gradients', () => {
    fc.assert(
      fc.property(matrices(3), ([rows, columns, [x, dOut, dBefore], weight, dWeightBefore]) =>
        inArena(() => {
          const inverse = unset(rows);
          kernels.rmsNorm(unset(x.length), inverse, floats(x), floats(weight), rows, columns, 1e-2);
          const [dX, dWeight] = [floats(dBefore), floats(dWeightBefore)];
          kernels.rmsNormBackward(dX, dWeight, floats(dOut), floats(x), floats(weight), inverse, rows, columns);
          expectWithin(dX, (i) => {
            const [start, r] = [Math.floor(i / columns) * columns, inverse[Math.floor(i / columns)]];
            const terms = weight.map((w, j) => dOut[start + j] * w * x[start + j]);
            const s = terms.reduce((sum, v) => sum + v, 0);
            const magnitude = terms.reduce((sum, v) => sum + Math.abs(v), 0);
            const straight = dOut[i] * weight[i % columns] * r;
            const back = (x[i] * r ** 3) / columns;
            const size = Math.abs(dBefore[i]) + Math.abs(straight) + Math.abs(back) * magnitude;
            return [dBefore[i] + straight - back * s, gamma(8) * size + 2 ** -140];
          });
          expectWithin(dWeight, (j) => {
            const terms = Array.from({ length: rows }, (_, row) => {
              return dOut[row * columns + j] * x[row * columns + j] * inverse[row];
            });
            const size = terms.reduce((s, v) => s + Math.abs(v), Math.abs(dWeightBefore[j]));
            return [terms.reduce((s, v) => s + v, dWeightBefore[j]), gamma(rows + 3) * size + 2 ** -140];
          });
        }),
      ),
      { numRuns: runs(100) },
    );
  });
});

describe.each(BOTH)('gated activations, $name', (kernels) => {
  const exact: Record<Activation, (x: number) => number> = {
    silu: (x) => x / (1 + Math.exp(-x)),
    gelu: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  };
  const slope = (f: (x: number) => number, x: number): number => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;

  it.each(['gelu', 'silu'] as const)(
    '%s is its definition: 3 ulp of the logistic, |z| roundings of its argument',
    (kind) => {
      fc.assert(
        fc.property(vectors(2, moderate), ([gate, up]) =>
          inArena(() => {
            const out = unset(gate.length);
            kernels.gated(out, floats(gate), floats(up), kind);
            // An error of γ₅|z| in the logistic's argument is one of at most γ₅|z| relatively in the logistic; |z| ≤ 12.
            expectWithin(out, (i) => {
              const wanted = exact[kind](gate[i]) * up[i];
              return [wanted, gamma(8 + 5 * 12) * Math.abs(wanted) + 2 ** -147];
            });
          }),
        ),
        { numRuns: runs(100) },
      );
    },
  );

  it.each(['gelu', 'silu'] as const)('%s adds its derivative', (kind) => {
    fc.assert(
      fc.property(vectors(4, moderate), ([gate, up, dOut, before]) =>
        inArena(() => {
          const [dGate, dUp] = [floats(before), floats(before)];
          kernels.gatedBackward(dGate, dUp, floats(dOut), floats(gate), floats(up), kind);
          // Central differences over 2e-5 are good to about 1e-9, far below float32's unit times these sizes.
          expectWithin(dUp, (i) => [before[i] + dOut[i] * exact[kind](gate[i]), gamma(80) * 64]);
          expectWithin(dGate, (i) => [before[i] + dOut[i] * up[i] * slope(exact[kind], gate[i]), gamma(80) * 64]);
        }),
      ),
      { numRuns: runs(100) },
    );
  });
});

describe.each(BOTH)('rotate, $name', (kernels) => {
  const cases = fc
    .record({
      rows: fc.integer({ min: 0, max: 3 }),
      heads: fc.integer({ min: 1, max: 3 }),
      half: fc.integer({ min: 1, max: 9 }),
    })
    .chain(({ rows, heads, half }) =>
      fc.record({
        heads: fc.constant(heads),
        half: fc.constant(half),
        x: arrayOf(moderate, rows * heads * half * 2),
        before: arrayOf(moderate, rows * heads * half * 2),
        angles: arrayOf(fc.double({ min: -7, max: 7, noNaN: true }), 5 * half),
        positions: arrayOf(fc.integer({ min: 0, max: 4 }), rows),
      }),
    );

  it('turns each pair by its angle, and direction −1 turns it back', () => {
    fc.assert(
      fc.property(cases, ({ heads, half, x, angles, positions }) =>
        inArena(() => {
          const [cosine, sine] = [floats(angles.map(Math.cos)), floats(angles.map(Math.sin))];
          const [out, back] = [unset(x.length), unset(x.length)];
          kernels.rotate(out, floats(x), cosine, sine, ints(positions), heads, 2 * half, 1, false);
          expectWithin(out, (i) => {
            const j = i % (2 * half);
            const angle = positions[Math.floor(i / (2 * half * heads))] * half + (j % half);
            const [c, s] = [cosine[angle], sine[angle]];
            const [own, other] = [x[i], x[j < half ? i + half : i - half]];
            const wanted = own * c + (j < half ? -other * s : other * s);
            return [wanted, gamma(2) * (Math.abs(own * c) + Math.abs(other * s)) + 2 ** -147];
          });
          kernels.rotate(back, out, cosine, sine, ints(positions), heads, 2 * half, -1, false);
          // cos² + sin² of rounded tables is 1 within 4 units; each pass adds 2 roundings of sums below 8.
          expectWithin(back, (i) => [x[i], gamma(8) * 16]);
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('adds where asked to, and may work in place', () => {
    fc.assert(
      fc.property(cases, ({ heads, half, x, before, angles, positions }) =>
        inArena(() => {
          const [cosine, sine, at] = [floats(angles.map(Math.cos)), floats(angles.map(Math.sin)), ints(positions)];
          const [apart, added, inPlace] = [unset(x.length), floats(before), floats(x)];
          kernels.rotate(apart, floats(x), cosine, sine, at, heads, 2 * half, 1, false);
          kernels.rotate(added, floats(x), cosine, sine, at, heads, 2 * half, 1, true);
          kernels.rotate(inPlace, inPlace, cosine, sine, at, heads, 2 * half, 1, false);
          expect(bits(inPlace)).toEqual(bits(apart));
          expect(bits(added)).toEqual(bits(apart.map((v, i) => before[i] + v)));
        }),
      ),
      { numRuns: runs(50) },
    );
  });

  it('refuses a position outside its tables', () => {
    inArena(() => {
      const call = () => kernels.rotate(unset(2), unset(2), unset(3), unset(3), ints([3]), 1, 2, 1, false);
      expect(call).toThrow('kernel.rotate: expected index[0] in [0, 3), got 3');
    });
  });
});

describe.each(BOTH)('softmax, $name', (kernels) => {
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

  it('refuses a range outside the keys', () => {
    inArena(() => {
      const call = () => kernels.softmax(unset(3), unset(3), ints([0]), ints([4]), 1, 1, 3);
      expect(call).toThrow('kernel.softmax: expected range[0] within [0, 3), got [0, 4)');
    });
  });
});

describe.each(BOTH)('gather, $name', (kernels) => {
  const cases = fc.integer({ min: 1, max: 11 }).chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      table: arrayOf(moderate, 4 * columns),
      indices: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }),
    }),
  );

  it('copies rows, and adds each gradient to the row it came from, in order', () => {
    fc.assert(
      fc.property(cases, ({ columns, table, indices }) =>
        inArena(() => {
          const out = unset(indices.length * columns);
          kernels.gather(out, floats(table), ints(indices), columns);
          const rows = indices.flatMap((index) => table.slice(index * columns, (index + 1) * columns));
          expect(bits(out)).toEqual(bits(Float32Array.from(rows)));
          const dTable = floats(table);
          kernels.gatherBackward(dTable, out, ints(indices), columns);
          const wanted = Float32Array.from(table);
          rows.forEach((value, i) => (wanted[indices[Math.floor(i / columns)] * columns + (i % columns)] += value));
          expect(bits(dTable)).toEqual(bits(wanted));
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('refuses an index outside the table', () => {
    inArena(() => {
      expect(() => kernels.gather(unset(2), unset(6), ints([3]), 2)).toThrow(
        'kernel.gather: expected index[0] in [0, 3), got 3',
      );
      expect(() => kernels.gatherBackward(unset(6), unset(2), ints([-1]), 2)).toThrow(
        'kernel.gatherBackward: expected index[0] in [0, 3), got -1',
      );
    });
  });
});

describe.each(BOTH)('crossEntropy, $name', (kernels) => {
  const logit = fc.double({ min: -50, max: 50, noNaN: true }).map(Math.fround);
  const cases = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 19 })).chain(([rows, columns]) =>
    fc.record({
      columns: fc.constant(columns),
      logits: arrayOf(logit, rows * columns),
      before: arrayOf(moderate, rows * columns),
      targets: arrayOf(fc.integer({ min: -1, max: columns - 1 }), rows),
    }),
  );
  const logSumExp = (row: number[]): number => {
    const highest = Math.max(...row);
    return highest + Math.log(row.reduce((s, v) => s + Math.exp(v - highest), 0));
  };

  it('is logSumExp − the target, 0 where masked', () => {
    fc.assert(
      fc.property(cases, ({ columns, logits, targets }) =>
        inArena(() => {
          const [losses, normalisers] = [unset(targets.length), unset(targets.length)];
          kernels.crossEntropy(losses, normalisers, floats(logits), ints(targets), columns);
          const exact = (row: number): number => logSumExp(logits.slice(row * columns, (row + 1) * columns));
          // Terms of at most 50 + ln 19, a handful of roundings each; the sum's exponents are rounded once, below 100.
          const bound = gamma(8) * 110;
          expectWithin(normalisers, (row) => (targets[row] < 0 ? [0, 0] : [exact(row), bound]));
          expectWithin(losses, (row) =>
            targets[row] < 0 ? [0, 0] : [exact(row) - logits[row * columns + targets[row]], bound],
          );
        }),
      ),
      { numRuns: runs(150) },
    );
  });

  it('adds factor · (softmax − onehot), and leaves masked rows alone', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(1, 0.125, -2), ({ columns, logits, before, targets }, factor) =>
        inArena(() => {
          const [losses, normalisers, gradient] = [unset(targets.length), unset(targets.length), floats(before)];
          kernels.crossEntropy(losses, normalisers, floats(logits), ints(targets), columns);
          kernels.crossEntropyBackward(gradient, floats(logits), normalisers, ints(targets), columns, factor);
          expectWithin(gradient, (i) => {
            const row = Math.floor(i / columns);
            if (targets[row] < 0) return [before[i], 0];
            const p = Math.exp(logits[i] - normalisers[row]) - (i % columns === targets[row] ? 1 : 0);
            return [before[i] + factor * p, gamma(120) * 2 * Math.abs(factor) + gamma(2) * (Math.abs(before[i]) + 2)];
          });
        }),
      ),
      { numRuns: runs(150) },
    );
  });

  it('refuses a target outside the columns', () => {
    inArena(() => {
      expect(() => kernels.crossEntropy(unset(1), unset(1), unset(3), ints([3]), 3)).toThrow(
        'kernel.crossEntropy: expected target[0] below 3, got 3',
      );
    });
  });
});

describe('scalar and simd layers', () => {
  it('agree to the bit where no sum is involved', () => {
    fc.assert(
      fc.property(vectors(4, fc.float({ min: -100, max: 100, noNaN: true })), fc.boolean(), ([x, y, z, w], gelu) =>
        inArena(() => {
          const kind = gelu ? 'gelu' : 'silu';
          const results = BOTH.map((kernels) => {
            const [out, dGate, dUp] = [unset(x.length), floats(z), floats(w)];
            kernels.gated(out, floats(x), floats(y), kind);
            kernels.gatedBackward(dGate, dUp, out, floats(x), floats(y), kind);
            return [out, dGate, dUp].map(bits);
          });
          expect(results[1]).toEqual(results[0]);
        }),
      ),
      { numRuns: runs(200) },
    );
  });

  it('agree to the bit on the gradient of the cross-entropy, given its normalisers', () => {
    fc.assert(
      fc.property(vectors(2, moderate), fc.nat(), ([x, before], target) =>
        inArena(() => {
          if (x.length === 0) return;
          const [a, b] = [floats(before), floats(before)];
          const given = [floats(x), floats([1.5]), ints([target % x.length]), x.length, 0.3] as const;
          scalar.crossEntropyBackward(a, ...given);
          simd.crossEntropyBackward(b, ...given);
          expect(bits(b)).toEqual(bits(a));
        }),
      ),
      { numRuns: runs(100) },
    );
  });
});
