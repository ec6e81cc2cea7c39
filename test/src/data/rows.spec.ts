import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchPacked, batchPadded, checkLengths, longest, packDocuments } from '../../../src/data/rows.ts';
import type { Batch } from '../../../src/nn/batch.ts';
import type { Sequence } from '../../../src/text/document.ts';
import { runs } from '../../run/runs.ts';

const LENGTH = 12;
const anySequence: fc.Arbitrary<Sequence> = fc
  .array(fc.integer({ min: 3, max: 99 }), { minLength: 2, maxLength: LENGTH + 1 })
  .chain((tokens) =>
    fc.record({
      tokens: fc.constant(Int32Array.from(tokens)),
      lossFrom: fc.integer({ min: 1, max: tokens.length - 1 }),
    }),
  );
const anySequences = fc.array(anySequence, { minLength: 1, maxLength: 8 });

/** What a batch asks of a model: each prediction as what is seen, where, and what is wanted; in no order. */
function predictionsOf({ rows, length, tokens, targets, positions, from, to }: Batch): string[] {
  const predictions: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < length; i++) {
      const at = row * length + i;
      if (targets[at] < 0) continue;
      const seen = [row * length + from[at], row * length + to[at]] as const;
      predictions.push(`${tokens.slice(...seen).join()} @ ${positions.slice(...seen).join()} -> ${targets[at]}`);
    }
  }
  return predictions.sort();
}

describe('rows', () => {
  it('ask the same of a model packed as padded', () => {
    fc.assert(
      fc.property(anySequences, (sequences) => {
        const padded = batchPadded(sequences, LENGTH);
        const packed = batchPacked(sequences, LENGTH);
        expect(predictionsOf(packed)).toEqual(predictionsOf(padded));
        expect(padded.rows).toBe(sequences.length);
        expect(padded.length).toBe(longest(sequences) - 1);
        expect(packed.rows).toBeLessThanOrEqual(padded.rows);
      }),
      { numRuns: runs(300) },
    );
  });

  it('of documents ask for each token but the first once, with what comes before it', () => {
    const anyDocuments = fc.array(fc.array(fc.integer({ min: 3, max: 99 }), { maxLength: 40, size: 'max' }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(anyDocuments, (documents) => {
        const packed = packDocuments(
          documents.map((tokens) => Int32Array.from(tokens)),
          LENGTH,
        );
        const batch = packed.batch(Array.from({ length: packed.rowCount }, (_, i) => i));
        const pieces = documents.flatMap((tokens) => {
          const starts = tokens.map((_, i) => i * LENGTH).filter((start) => start + 1 < tokens.length);
          return starts.map((start) => tokens.slice(start, start + LENGTH + 1));
        });
        const sequences = pieces.map((tokens) => ({ tokens: Int32Array.from(tokens), lossFrom: 1 }));
        expect(predictionsOf(batch)).toEqual(pieces.length === 0 ? [] : predictionsOf(batchPadded(sequences, LENGTH)));
      }),
      { numRuns: runs(300) },
    );
  });

  it('fill up: two thirds and thirds share rows', () => {
    const documents = [9, 5, 9, 5].map((count) => new Int32Array(count).fill(7));
    expect(packDocuments(documents, LENGTH).rowCount).toBe(2);
  });

  it('that are too long are named, or left out where that is asked for, and never cut', () => {
    const [short, long] = [5, 14].map((count) => ({ tokens: new Int32Array(count), lossFrom: 1 }));
    const nameOf = (index: number): string => `train.tsv:${index + 1}`;
    expect(checkLengths([short, short], LENGTH, 'refuse', nameOf)).toHaveLength(2);
    expect(() => checkLengths([short, long, short, long], LENGTH, 'refuse', nameOf)).toThrow(
      'train.tsv:2: expected at most the context and one: 13 tokens, got "14, and 1 more that are too long"',
    );
    expect(checkLengths([short, long], LENGTH, 'skip', nameOf)).toEqual([short]);
    expect(() => batchPacked([long], LENGTH)).toThrow('sequences[0]');
    expect(() => batchPacked([long], 20, LENGTH)).toThrow('sequences[0]');
    expect(() => batchPadded([long], LENGTH)).toThrow('sequences[0]');
    expect(longest([])).toBe(0);
  });
});
