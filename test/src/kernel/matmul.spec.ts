import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatmulShape } from '../../../src/kernel/kernels.ts';
import { runs } from '../../run/runs.ts';
import { BOTH, bits, DENORMAL, floats, gamma, inArena, unset } from './both.ts';

/** A matrix product to try: sizes around the edges of tiles (5 x 8) and, rarely, of blocks (512, 130). */
interface Case {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly accumulate: boolean;
  readonly alpha: number;
  readonly slack: readonly [number, number, number];
  readonly counts: readonly number[];
  readonly seed: number;
}

const size = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 21 }) }, fc.integer({ min: 500, max: 530 }));
const small = fc.integer({ min: 0, max: 13 });
const cases: fc.Arbitrary<Case> = fc.record({
  m: fc.oneof({ weight: 9, arbitrary: small }, fc.integer({ min: 128, max: 137 })),
  n: fc.oneof({ weight: 3, arbitrary: small }, fc.constantFrom(8, 16, 24)), // whole panels may be read where they lie
  k: size,
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  accumulate: fc.boolean(),
  alpha: fc.constantFrom(1, 0.5, -1.7, 0),
  slack: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
  counts: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
  seed: fc.integer(),
});

/** A few rows times the rows of a layer's weights, as decoding has them. */
const fewRows: fc.Arbitrary<Case> = fc
  .tuple(cases, fc.integer({ min: 5, max: 33 }), size)
  .map(([c, m, n]) => ({ ...c, m, n, transposeA: false, transposeB: true, accumulate: false, alpha: 1 }));

const OPERANDS = [
  { what: 'any operands', of: cases, count: 150 },
  { what: 'few rows by rows', of: fewRows, count: 50 },
];

/** Values in [−1, 1) from a small generator: fast-check would take long over thousands of them. */
function values(length: number, seed: number): Float32Array {
  let state = seed | 1;
  return floats(
    Array.from({ length }, () => {
      state = Math.imul(state, 1664525) + 1013904223;
      return state / 2 ** 31;
    }),
  );
}

/** Everything that a case needs: operands with gaps between rows and between products, and the full shape. */
function prepare(c: Case) {
  const rowOut = c.n + c.slack[0];
  const rowA = (c.transposeA ? c.m : c.k) + c.slack[1];
  const rowB = (c.transposeB ? c.k : c.n) + c.slack[2];
  const sizeOut = c.m * rowOut + 1;
  const sizeA = (c.transposeA ? c.k : c.m) * rowA + 2;
  const sizeB = (c.transposeB ? c.n : c.k) * rowB + 3;
  const inner = c.counts.at(-1) ?? 1;
  const batches = c.counts.map((count, level) => {
    const products = c.counts.length === 2 && level === 0 ? inner : 1;
    return { count, strideOut: sizeOut * products, strideA: sizeA * products, strideB: sizeB * products };
  });
  const all = c.counts.reduce((product, count) => product * count, 1);
  const shape: MatmulShape = { ...c, rowOut, rowA, rowB, batches };
  const before = values(all * sizeOut, c.seed + 1);
  return {
    shape,
    before,
    out: floats(before),
    a: values(all * sizeA, c.seed + 2),
    b: values(all * sizeB, c.seed + 3),
    products: all,
    sizeOut,
    sizeA,
    sizeB,
    rowOut,
    rowA,
    rowB,
  };
}

describe.each(BOTH)('matmul, $name of $threads', (kernels) => {
  it.each(OPERANDS)(
    'equals the sum over k within γ of the magnitudes, and touches nothing else: $what',
    ({ of, count }) => {
      fc.assert(
        fc.property(of, (c) =>
          inArena(() => {
            const p = prepare(c);
            kernels.matmul(p.out, p.a, p.b, p.shape);
            for (let batch = 0; batch < p.products; batch++) {
              for (let at = 0; at < p.sizeOut; at++) {
                const [i, j] = [Math.floor(at / p.rowOut), at % p.rowOut];
                const old = p.before[batch * p.sizeOut + at];
                const got = p.out[batch * p.sizeOut + at];
                if (!(i < c.m && j < c.n)) {
                  expect(got).toBe(old);
                  continue;
                }
                let exact = c.accumulate ? old : 0;
                let magnitude = Math.abs(exact);
                for (let q = 0; q < c.k; q++) {
                  const x = p.a[batch * p.sizeA + (c.transposeA ? q * p.rowA + i : i * p.rowA + q)];
                  const y = p.b[batch * p.sizeB + (c.transposeB ? j * p.rowB + q : q * p.rowB + j)];
                  exact += Math.fround(c.alpha) * x * y;
                  magnitude += Math.abs(Math.fround(c.alpha) * x * y);
                }
                // Each term passes alpha · a, its product, and at most k + 1 additions.
                const bound = gamma(c.k + 3) * magnitude + (c.k + 3) * DENORMAL;
                if (!(Math.abs(got - exact) <= bound)) expect({ batch, i, j, got }).toEqual({ exact, bound });
              }
            }
          }),
        ),
        { numRuns: runs(count) },
      );
    },
  );

  it.each(OPERANDS)(
    'gives a row the same bits alone as among any others, and a column likewise: $what',
    ({ of, count }) => {
      fc.assert(
        fc.property(of, (c) =>
          inArena(() => {
            const p = prepare({ ...c, m: c.m + 1, n: c.n + 1, counts: [] });
            kernels.matmul(p.out, p.a, p.b, p.shape);
            const [i, j] = [c.m, Math.floor(c.n / 2)];
            const rowA = p.a.subarray(c.transposeA ? i : i * p.rowA);
            const alone = floats(p.before.subarray(i * p.rowOut));
            kernels.matmul(alone, rowA, p.b, { ...p.shape, m: 1 });
            expect(bits(alone)).toEqual(bits(p.out.subarray(i * p.rowOut)));
            const columnB = p.b.subarray(c.transposeB ? j * p.rowB : j);
            const column = floats(p.before.subarray(j));
            kernels.matmul(column, p.a, columnB, { ...p.shape, n: 1 });
            for (let r = 0; r <= c.m; r++) {
              expect(bits(column.subarray(r * p.rowOut, r * p.rowOut + 1))).toEqual(
                bits(p.out.subarray(r * p.rowOut + j, r * p.rowOut + j + 1)),
              );
            }
          }),
        ),
        { numRuns: runs(count) },
      );
    },
  );

  it('takes tight rows, alpha 1 and no accumulation by default', () => {
    inArena(() => {
      const out = unset(4);
      kernels.matmul(out, floats([1, 2, 3, 4]), floats([5, 6, 7, 8]), { m: 2, n: 2, k: 2 });
      expect([...out]).toEqual([19, 22, 43, 50]);
      kernels.matmul(out, floats([1, 2, 3, 4]), floats([5, 6, 7, 8]), { m: 2, n: 2, k: 2, transposeB: true });
      expect([...out]).toEqual([17, 23, 39, 53]);
    });
  });

  it('makes zeros of a sum over nothing, and keeps what it adds nothing to', () => {
    inArena(() => {
      const out = unset(6);
      kernels.matmul(out, floats([]), floats([]), { m: 2, n: 3, k: 0 });
      expect([...out]).toEqual([0, 0, 0, 0, 0, 0]);
      out.fill(7);
      kernels.matmul(out, floats([]), floats([]), { m: 2, n: 3, k: 0, accumulate: true });
      expect([...out]).toEqual([7, 7, 7, 7, 7, 7]);
    });
  });

  it('lets a NaN and an infinity reach their own row alone', () => {
    inArena(() => {
      const a = floats([1, 1, NaN, 1, Infinity, 1]);
      const out = unset(6);
      kernels.matmul(out, a, floats([1, 2, 3, 4]), { m: 3, n: 2, k: 2 });
      expect([...out]).toEqual([4, 6, NaN, NaN, Infinity, Infinity]);
    });
  });

  it('is right across blocks of rows, of k and of columns', () => {
    inArena(() => {
      const [m, n, k] = [261, 4101, 3];
      const a = values(m * k, 1);
      const b = values(k * n, 2);
      const out = unset(m * n);
      kernels.matmul(out, a, b, { m, n, k });
      for (let at = 0; at < m * n; at += 97) {
        const [i, j] = [Math.floor(at / n), at % n];
        const terms = [0, 1, 2].map((q) => a[i * k + q] * b[q * n + j]);
        const magnitude = terms.reduce((s, x) => s + Math.abs(x), 0);
        const error = Math.abs(out[at] - (terms[0] + terms[1] + terms[2]));
        if (error > gamma(k + 2) * magnitude) expect({ i, j, error }).toEqual({ within: gamma(k + 2) * magnitude });
      }
    });
  });

  it('refuses to reach beyond its operands', () => {
    inArena(() => {
      const four = floats([1, 2, 3, 4]);
      const call = (shape: MatmulShape) => () => kernels.matmul(four, four, four, shape);
      expect(call({ m: 3, n: 2, k: 2 })).toThrow('kernel.matmul: expected out of at least 6 elements, got 4');
      expect(call({ m: 2, n: 2, k: 3 })).toThrow('kernel.matmul: expected a of at least 6 elements, got 4');
      expect(call({ m: 1, n: 3, k: 2 })).toThrow('kernel.matmul: expected b of at least 6 elements, got 4');
    });
  });
});
