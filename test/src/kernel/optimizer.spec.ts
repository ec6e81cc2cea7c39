import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../run/runs.ts';
import { arrayOf, BOTH, bits, floats, gamma, inArena, moderate, unset, vectors } from './both.ts';

const { fround } = Math;
const decay = fc.double({ min: 0, max: 1, noNaN: true });
const factored = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 19 }))
  .chain(([rows, columns]) =>
    fc.tuple(
      fc.constant(rows),
      fc.constant(columns),
      arrayOf(moderate, rows * columns),
      arrayOf(moderate.map(Math.abs), rows),
      arrayOf(moderate.map(Math.abs), columns),
    ),
  );

describe.each(BOTH)('the optimizer’s loops, $name of $threads', (kernels) => {
  it('decaySquares is decay · v + (1 − decay)(g² + ε), rounded step by step', () => {
    fc.assert(
      fc.property(vectors(2, moderate), decay, ([v, g], d) =>
        inArena(() => {
          const got = floats(v);
          kernels.decaySquares(got, floats(g), d, 1e-30);
          const square = (x: number): number => fround(fround(x * x) + fround(1e-30));
          const wanted = v.map((x, i) => fround(fround(d) * x) + fround(fround(1 - d) * square(g[i])));
          expect(bits(got)).toEqual(bits(Float32Array.from(wanted)));
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('decayMean is decay · m + (1 − decay) · x, rounded step by step', () => {
    fc.assert(
      fc.property(vectors(2, moderate), decay, ([m, x], d) =>
        inArena(() => {
          const got = floats(m);
          kernels.decayMean(got, floats(x), d);
          const wanted = m.map((v, i) => fround(fround(d) * v) + fround(fround(1 - d) * x[i]));
          expect(bits(got)).toEqual(bits(Float32Array.from(wanted)));
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('divideByRoot is g / √v, and exactly the sign of g where v = g²', () => {
    fc.assert(
      fc.property(vectors(2, moderate), ([g, v]) =>
        inArena(() => {
          const out = unset(g.length);
          kernels.divideByRoot(out, floats(g), floats(v.map(Math.abs)));
          expect(bits(out)).toEqual(bits(Float32Array.from(g, (x, i) => x / fround(Math.sqrt(Math.abs(v[i]))))));
          const large = g.map((x) => (Math.abs(x) < 1e-10 ? 1 : x));
          kernels.divideByRoot(out, floats(large), floats(large.map((x) => x * x)));
          expect([...out]).toEqual(large.map(Math.sign));
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('decayFactoredSquares follows the means over columns and over rows', () => {
    fc.assert(
      fc.property(factored, decay, ([rows, columns, g, vRow, vCol], d) =>
        inArena(() => {
          const [row, col] = [floats(vRow), floats(vCol)];
          kernels.decayFactoredSquares(row, col, floats(g), rows, columns, d, 1e-30);
          const mean = (values: number[]): number => values.reduce((s, x) => s + x * x, 0) / values.length + 1e-30;
          // decay and 1 − decay, their products, the mean and the sum: at most 4 roundings of positive terms.
          const check = (got: number, old: number, values: number[]): void => {
            const wanted = d * old + (1 - d) * mean(values);
            expect(Math.abs(got - wanted)).toBeLessThanOrEqual(gamma(4) * wanted + 2 ** -147);
          };
          vRow.forEach((old, i) => check(row[i], old, g.slice(i * columns, (i + 1) * columns)));
          vCol.forEach((old, j) => {
            check(
              col[j],
              old,
              Array.from({ length: rows }, (_, i) => g[i * columns + j]),
            );
          });
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('decayFactoredSquares takes more columns than its block of sums', () => {
    inArena(() => {
      const columns = 4101;
      const g = floats(Array.from({ length: 2 * columns }, (_, i) => i % 7));
      const [row, col] = [floats([0, 0]), floats(new Float32Array(columns))];
      kernels.decayFactoredSquares(row, col, g, 2, columns, 0, 0);
      col.forEach((got, j) => expect(got).toBe(fround((g[j] ** 2 + g[columns + j] ** 2) / 2)));
    });
  });

  it('scaleRowsAndColumns multiplies by the row’s factor, then by the column’s', () => {
    fc.assert(
      fc.property(factored, ([rows, columns, g, rowFactor, colFactor]) =>
        inArena(() => {
          const out = unset(g.length);
          kernels.scaleRowsAndColumns(out, floats(g), floats(rowFactor), floats(colFactor), rows, columns);
          const wanted = g.map((x, i) => fround(x * rowFactor[Math.floor(i / columns)]) * colFactor[i % columns]);
          expect(bits(out)).toEqual(bits(Float32Array.from(wanted)));
        }),
      ),
      { numRuns: runs(100) },
    );
  });
});
