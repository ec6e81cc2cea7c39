/**
 * Decoding with caches is the slow search without them.
 *
 * @module
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKernels } from '../../../../src/kernel/create.ts';
import { KERNEL_NAMES, type Kernels } from '../../../../src/kernel/kernels.ts';
import { beamSearch, type Hypothesis } from '../../../../src/nn/beam.ts';
import { decode, type DecodeOptions } from '../../../../src/nn/t5/generate.ts';
import { pairBatch } from '../../../../src/nn/t5/pairs.ts';
import { modelRuns } from '../toy.ts';
import { createToy, logitsOf, pairsOf, START, VOCABULARY, type Toy } from './toy.ts';

const END = 1;

/** The same search, each step of which computes the logits of everything so far anew. */
function decodeSlowly(kernels: Kernels, toy: Toy, source: Int32Array, options: DecodeOptions): Hypothesis[] {
  let rows: number[][] = Array.from({ length: options.beams }, () => []);
  let isFirst = true;
  const [found] = beamSearch(
    1,
    START,
    (parents, tokens) => {
      rows = Array.from(parents, (parent, row) => (isFirst ? [] : [...rows[parent], tokens[row]]));
      isFirst = false;
      // The decoder is given its targets shifted by one: a last target, whichever, makes it predict one more.
      const pairs = rows.map((row) => ({ source, target: Int32Array.from([...row, END]) }));
      const logits = logitsOf(kernels, toy, pairBatch(pairs, START));
      const last = rows.map((row, i) => logits[i * rows[0].length + i + row.length]);
      const flat = new Float32Array(rows.length * VOCABULARY);
      last.forEach((values, i) => flat.set(values, i * VOCABULARY));
      return flat;
    },
    options,
  );
  return found;
}

describe.each(KERNEL_NAMES)('decoding on %s kernels', (name) => {
  const kernels = createKernels(name);
  const toys = [
    createToy(kernels, 7),
    createToy(kernels, 8, { tiedEmbedding: true, encoderLayers: 1, ownEmbeddings: ['decoder'] }),
  ];

  it.each([1, 4])('with %d beams is the search without a cache, to the bit, whoever is decoded together', (beams) => {
    fc.assert(
      fc.property(fc.nat(1), pairsOf(9, 5), fc.constantFrom(0, 0.6), (which, pairs, lengthPenalty) => {
        const options = { kernels, beams, end: END, maximumTokens: 7, lengthPenalty, together: 3 };
        const sources = pairs.map(({ source }) => source);
        const fast = decode(toys[which].t5, toys[which].theta, sources, options);
        const slow = sources.map((source) => decodeSlowly(kernels, toys[which], source, options));
        expect(fast).toEqual(slow);
      }),
      { numRuns: modelRuns(8) },
    );
  });

  it('gives memory back', () => {
    const before = kernels.memory.bytes;
    const options = { kernels, beams: 2, end: END, maximumTokens: 4, lengthPenalty: 0 };
    decode(toys[0].t5, toys[0].theta, [Int32Array.of(3, 4)], options);
    expect(kernels.memory.bytes).toBe(before);
  });

  it('refuses a source without a token', () => {
    const options = { kernels, beams: 1, end: END, maximumTokens: 4, lengthPenalty: 0 };
    expect(() => decode(toys[0].t5, toys[0].theta, [Int32Array.of(3), new Int32Array(0)], options)).toThrow(
      'decode: sources[1]: expected at least one token, got "none"',
    );
  });
});
