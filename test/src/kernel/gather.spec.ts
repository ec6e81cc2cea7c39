import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../run/runs.ts';
import { arrayOf, BOTH, bits, floats, inArena, ints, moderate, unset } from './both.ts';

describe.each(BOTH)('gather, $name of $threads', (kernels) => {
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
