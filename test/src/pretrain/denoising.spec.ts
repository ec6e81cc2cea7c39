/**
 * A T5's objective: which text its batches show, and that no token is lost on the way.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutRows } from '../../../src/pretrain/denoising.ts';
import { runs } from '../../run/runs.ts';

describe('cutRows', () => {
  it('is the running text, row by row, but for an end that fills no row', () => {
    const documents = fc.array(fc.array(fc.nat(9), { maxLength: 12 }).map((list) => Int32Array.from(list)));
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 9 }), (texts, length) => {
        const all = texts.flatMap((tokens) => [...tokens]);
        const rows = cutRows(texts, length);
        expect(rows.every((row) => row.length === length)).toBe(true);
        expect(rows.flatMap((row) => [...row])).toEqual(all.slice(0, length * Math.floor(all.length / length)));
      }),
      { numRuns: runs(200) },
    );
  });
});
