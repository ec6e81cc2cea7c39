import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../run/runs.ts';
import { arrayOf, BOTH, bits, expectWithin, floats, gamma, inArena, ints, unset } from './both.ts';

describe.each(BOTH)('crossEntropy, $name of $threads', (kernels) => {
  const logit = fc.double({ min: -50, max: 50, noNaN: true }).map(Math.fround);
  const cases = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 19 })).chain(([rows, columns]) =>
    fc.record({
      columns: fc.constant(columns),
      logits: arrayOf(logit, rows * columns),
      targets: arrayOf(fc.integer({ min: -1, max: columns - 1 }), rows),
    }),
  );
  const logSumExp = (row: number[]): number => {
    const highest = Math.max(...row);
    return highest + Math.log(row.reduce((s, v) => s + Math.exp(v - highest), 0));
  };

  // Terms of at most 50 + ln 19, a handful of roundings each; the sum's exponents are rounded once, below 100.
  const bound = gamma(8) * 110;

  it('is logSumExp − the target, 0 where masked', () => {
    fc.assert(
      fc.property(cases, ({ columns, logits, targets }) =>
        inArena(() => {
          const losses = unset(targets.length);
          kernels.crossEntropy(losses, floats(logits), ints(targets), columns);
          const exact = (row: number): number => logSumExp(logits.slice(row * columns, (row + 1) * columns));
          expectWithin(losses, (row) =>
            targets[row] < 0 ? [0, 0] : [exact(row) - logits[row * columns + targets[row]], bound],
          );
        }),
      ),
      { numRuns: runs(150) },
    );
  });

  it('comes with factor · (softmax − onehot), 0 in masked rows', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(1, 0.125, -2), ({ columns, logits, targets }, factor) =>
        inArena(() => {
          const [losses, alone, gradient] = [unset(targets.length), unset(targets.length), unset(logits.length)];
          kernels.crossEntropyWithGradient(losses, gradient, floats(logits), ints(targets), columns, factor);
          kernels.crossEntropy(alone, floats(logits), ints(targets), columns);
          expect(bits(losses)).toEqual(bits(alone));
          expectWithin(gradient, (i) => {
            const row = Math.floor(i / columns);
            if (targets[row] < 0) return [0, 0];
            const normaliser = logSumExp(logits.slice(row * columns, (row + 1) * columns));
            const p = Math.exp(logits[i] - normaliser);
            const error = p - (i % columns === targets[row] ? 1 : 0);
            // e^x moves by as much as the normaliser and the difference are off; 3 ulp of its own, 2 roundings, underflow.
            const size = (bound + gamma(120)) * p + gamma(4) * (p + Math.abs(error));
            return [factor * error, Math.abs(factor) * size + 2 ** -147];
          });
        }),
      ),
      { numRuns: runs(150) },
    );
  });

  it('keeps its bits beside logits that are far off', () => {
    const row = fc
      .integer({ min: 1, max: 10 })
      .chain((vectors) => arrayOf(fc.float({ min: -48, max: 48, noNaN: true }), 4 * vectors));
    fc.assert(
      fc.property(row, fc.constantFrom(1, 0.1, 2 ** 127), (logits, factor) =>
        inArena(() => {
          const [apart, beside] = [logits, [...logits, -300, -300, -300, -300]].map((x) => {
            const [losses, gradient] = [unset(1), unset(x.length)];
            kernels.crossEntropyWithGradient(losses, gradient, floats(x), ints([0]), x.length, factor);
            return [...bits(losses), ...bits(gradient)];
          });
          expect(beside).toEqual([...apart, 0, 0, 0, 0]);
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('writes its gradient over the logits too', () => {
    fc.assert(
      fc.property(cases, ({ columns, logits, targets }) =>
        inArena(() => {
          const [losses, apart, inPlace] = [unset(targets.length), unset(logits.length), floats(logits)];
          kernels.crossEntropyWithGradient(losses, apart, floats(logits), ints(targets), columns, 0.5);
          kernels.crossEntropyWithGradient(losses, inPlace, inPlace, ints(targets), columns, 0.5);
          expect(bits(inPlace)).toEqual(bits(apart));
        }),
      ),
      { numRuns: runs(50) },
    );
  });

  it('overflows nowhere, wherever the largest value stands', () => {
    inArena(() => {
      const columns = 21;
      for (let place = 0; place < columns; place++) {
        const [losses, gradient] = [unset(1), unset(columns)];
        const logits = unset(columns)
          .fill(-1e4)
          .fill(1e4, place, place + 1);
        kernels.crossEntropyWithGradient(losses, gradient, logits, ints([place]), columns, 1);
        expect([losses[0], ...gradient]).toEqual([0, ...new Float32Array(columns)]);
      }
    });
  });

  it('refuses a target outside the columns', () => {
    inArena(() => {
      expect(() => kernels.crossEntropy(unset(1), unset(3), ints([3]), 3)).toThrow(
        'kernel.crossEntropy: expected target[0] below 3, got 3',
      );
    });
  });
});
