import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { batchOf, countTargets, MASKED, type Batch, type Document } from '../../../src/nn/batch.ts';
import { pack, packAll } from '../../../src/nn/packing.ts';
import { targetPlaces } from '../../../src/nn/targets.ts';
import { runs, runSeed } from '../../run/runs.ts';
import { documentsOf } from './toy.ts';

const document = (tokens: readonly number[], lossFrom?: number): Document =>
  lossFrom === undefined ? { tokens: Int32Array.from(tokens) } : { tokens: Int32Array.from(tokens), lossFrom };

/** What each place that counts is asked: the tokens it sees, and the one to predict; sorted, so that order is no matter. */
function questions(batches: readonly Batch[]): string[] {
  return batches
    .flatMap(({ rows, length, tokens, targets, positions, from, to }) =>
      Array.from({ length: rows * length }, (_, i) => {
        const row = Math.floor(i / length) * length;
        expect(positions[i]).toBe(Math.max(0, to[i] - from[i] - 1));
        return targets[i] === MASKED ? '' : `${tokens.slice(row + from[i], row + to[i]).join(' ')} → ${targets[i]}`;
      }),
    )
    .filter((question) => question !== '')
    .sort();
}

/** The same, straight from a document. */
const asked = ({ tokens, lossFrom = 1 }: Document): string[] =>
  [...tokens.keys()]
    .filter((i) => i >= Math.max(1, lossFrom))
    .map((i) => `${tokens.slice(0, i).join(' ')} → ${tokens[i]}`);

const withLossFrom = documentsOf(9, 8).chain((documents) =>
  fc.tuple(...documents.map(({ tokens }) => fc.nat(tokens.length).map((lossFrom) => ({ tokens, lossFrom })))),
);

describe('batches ask for each document exactly what it asks by itself', () => {
  it('one document a row', () => {
    fc.assert(
      fc.property(withLossFrom, fc.nat(4), (documents, padding) => {
        const batch = batchOf(documents, 8 + padding);
        expect(questions([batch])).toEqual(documents.flatMap(asked).sort());
        expect(countTargets(batch)).toBe(documents.flatMap(asked).length);
      }),
      { numRuns: runs(100), seed: runSeed() },
    );
  });

  it('packed', () => {
    fc.assert(
      fc.property(withLossFrom, fc.nat(12), (documents, more) => {
        expect(questions([pack(documents, 8 + more)])).toEqual(documents.flatMap(asked).sort());
      }),
      { numRuns: runs(100), seed: runSeed() },
    );
  });

  it('a stream predicts every token but each first once, within the rows', () => {
    fc.assert(
      fc.property(
        documentsOf(30, 8),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 9 }),
        (documents, rows, length) => {
          const batches = packAll(documents, { rows, length });
          const predicted = batches.flatMap(({ targets }) => [...targets]).filter((target) => target !== MASKED);
          expect(predicted).toEqual(documents.flatMap(({ tokens }) => [...tokens.subarray(1)]));
          questions(batches);
          expect(batches.length).toBe(Math.ceil(predicted.length / (rows * length)));
        },
      ),
      { numRuns: runs(100), seed: runSeed() },
    );
  });

  it('a stream keeps what is masked masked across the cut', () => {
    const [batch] = packAll([document([1, 2, 3, 4, 5, 6, 7], 5)], { rows: 2, length: 3 });
    expect([...batch.targets]).toEqual([MASKED, MASKED, MASKED, MASKED, 6, 7]);
  });
});

describe('pack', () => {
  it('lays out the example of its documentation', () => {
    const { rows, tokens, targets, positions, from, to } = pack([document([5, 6, 7]), document([8, 9])], 4);
    expect({ rows, tokens, targets, positions, from, to }).toEqual({
      rows: 1,
      tokens: Int32Array.of(5, 6, 8, 0),
      targets: Int32Array.of(6, 7, 9, MASKED),
      positions: Int32Array.of(0, 1, 0, 0),
      from: Int32Array.of(0, 0, 2, 0),
      to: Int32Array.of(1, 2, 3, 0),
    });
  });

  it('refuses what does not fit', () => {
    expect(() => pack([document([1, 2, 3])], 1)).toThrow('pack: documents[0]: expected 2 to 2 tokens, got 3');
    expect(() => pack([document([1, 2]), document([1, 2])], 1, 1)).toThrow(InvalidInput);
    expect(() => batchOf([document([1])])).toThrow('batchOf: documents[0]: expected 2 to 2 tokens, got 1');
  });
});

describe('targetPlaces', () => {
  it('finds the places that count, filled up to a multiple of 64 with masked ones', () => {
    const batch = batchOf([document([1, 2, 3, 4], 2), document([5, 6])], 4);
    const { places, targets } = targetPlaces(batch, countTargets(batch));
    expect(places).toEqual(Int32Array.from({ length: 64 }, (_, i) => [1, 2, 4][i] ?? 0));
    expect(targets).toEqual(Int32Array.from({ length: 64 }, (_, i) => [3, 4, 6][i] ?? MASKED));
  });
});
