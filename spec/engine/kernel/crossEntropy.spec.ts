import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../runs.ts';
import {
  arrayOf,
  BOTH,
  bits,
  expectWithin,
  floats,
  gamma,
  inArena,
  ints,
  moderate,
  scalar,
  simd,
  unset,
  vectors,
} from './both.ts';

describe.each(BOTH)('crossEntropy, $name of $threads', (kernels) => {
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

  it('overflows nowhere, wherever the largest value stands', () => {
    inArena(() => {
      const columns = 21;
      for (let place = 0; place < columns; place++) {
        const [losses, normalisers] = [unset(1), unset(1)];
        const logits = unset(columns)
          .fill(-1e4)
          .fill(1e4, place, place + 1);
        kernels.crossEntropy(losses, normalisers, logits, ints([place]), columns);
        expect([losses[0], normalisers[0]]).toEqual([0, 1e4]);
      }
    });
  });

  it('refuses a target outside the columns', () => {
    inArena(() => {
      expect(() => kernels.crossEntropy(unset(1), unset(1), unset(3), ints([3]), 3)).toThrow(
        'kernel.crossEntropy: expected target[0] below 3, got 3',
      );
    });
  });
});

describe('crossEntropyBackward, scalar and simd', () => {
  it('agree to the bit, given the normalisers', () => {
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
