import fc from 'fast-check';
import { describe, it } from 'vitest';
import { runs } from '../../run/runs.ts';
import { BOTH, expectWithin, floats, gamma, inArena, matrices, unset } from './both.ts';

describe.each(BOTH)('rmsNorm, $name of $threads', (kernels) => {
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
