import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASIDE, movesOf } from '../../../src/nn/moves.ts';
import { runs } from '../../run/runs.ts';

/** A parent for each row. */
const families = fc
  .integer({ min: 1, max: 12 })
  .chain((n) => fc.array(fc.integer({ min: 0, max: n - 1 }), { minLength: n, maxLength: n }));
/** Each row the parent of one. */
const permutations = fc
  .integer({ min: 1, max: 12 })
  .chain((n) => fc.shuffledSubarray([...new Array(n).keys()], { minLength: n, maxLength: n }));

/** The rows after the moves, each named by what it was. */
function carryOut(parents: Int32Array): number[] {
  const rows = new Map([...parents.keys()].map((row) => [row, row]));
  for (const { from, to } of movesOf(parents)) rows.set(to, rows.get(from) ?? NaN);
  rows.delete(ASIDE);
  return [...rows.values()];
}

describe('moves', () => {
  it('make each row what its parent was', () => {
    fc.assert(
      fc.property(fc.oneof(families, permutations), (list) => {
        expect(carryOut(Int32Array.from(list))).toEqual(list);
      }),
      { numRuns: runs(500) },
    );
  });

  it('copy a row once where it changes, and set one aside for each cycle', () => {
    fc.assert(
      fc.property(fc.oneof(families, permutations), (list) => {
        const moves = movesOf(Int32Array.from(list));
        const moved = list.filter((parent, row) => parent !== row).length;
        expect(moves.filter(({ to }) => to !== ASIDE)).toHaveLength(moved);
        expect(moves.filter(({ to }) => to === ASIDE)).toHaveLength(countCycles(list));
      }),
      { numRuns: runs(500) },
    );
  });
});

/** Cycles of two rows or more. */
function countCycles(parents: readonly number[]): number {
  const cycleOf = (row: number): readonly number[] => {
    const cycle = [row];
    for (let at = parents[row]; at !== row; at = parents[at]) {
      if (cycle.includes(at)) return [];
      cycle.push(at);
    }
    return cycle;
  };
  // Each is counted at its lowest row.
  return parents.filter((_, row) => {
    const cycle = cycleOf(row);
    return cycle.length > 1 && Math.min(...cycle) === row;
  }).length;
}
