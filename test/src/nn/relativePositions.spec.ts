import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKET_DEFAULTS, relativeBucket, relativeBuckets } from '../../../src/nn/relativePositions.ts';
import { runs } from '../../run/runs.ts';

const ENCODER = { ...BUCKET_DEFAULTS, bidirectional: true };
const DECODER = { ...BUCKET_DEFAULTS, bidirectional: false };

/**
 * T5's buckets as a table of the first distance of each, found without a logarithm: bucket exact + j of a direction
 * begins at the least whole d with (d / exact)^(n − exact) ≥ (maximum / exact)^j, in whole numbers
 * d^(n − exact) · exact^j ≥ maximum^j · exact^(n − exact).
 */
function literalBucket(distance: number, ofDirection: number, maximumDistance: number): number {
  const exact = Math.floor(ofDirection / 2);
  if (distance < exact) return distance;
  const wide = BigInt(ofDirection - exact);
  let bucket = exact;
  for (let j = 1n; j < wide; j++) {
    const reached =
      BigInt(distance) ** wide * BigInt(exact) ** j >= BigInt(maximumDistance) ** j * BigInt(exact) ** wide;
    if (reached) bucket = exact + Number(j);
  }
  return bucket;
}

describe('relative positions', () => {
  it('agree with a literal table in whole numbers, for an encoder and a decoder', () => {
    for (let distance = 0; distance <= 300; distance++) {
      expect(relativeBucket(-distance, DECODER), `decoder, ${distance}`).toBe(literalBucket(distance, 32, 128));
      expect(relativeBucket(-distance, ENCODER), `encoder, ${-distance}`).toBe(literalBucket(distance, 16, 128));
      if (distance > 0)
        expect(relativeBucket(distance, ENCODER), `encoder, ${distance}`).toBe(16 + literalBucket(distance, 16, 128));
    }
  });

  it('put what a decoder may not see into the bucket of distance 0', () => {
    for (let offset = 0; offset < 200; offset++) expect(relativeBucket(offset, DECODER)).toBe(0);
  });

  it('never fall as the distance grows, use every bucket of a decoder, and end in the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 64 }), fc.integer({ min: 1, max: 300 }), (buckets, more) => {
        const options = { buckets, maximumDistance: Math.floor(buckets / 2) + more, bidirectional: false };
        let last = 0;
        for (let distance = 0; distance <= options.maximumDistance; distance++) {
          const bucket = relativeBucket(-distance, options);
          expect(bucket).toBeGreaterThanOrEqual(last);
          last = bucket;
        }
        expect(last).toBe(buckets - 1);
      }),
      { numRuns: runs(50) },
    );
  });

  it('lay the pairs out row by row, from the position of the first query on', () => {
    const whole = relativeBuckets(4, 4, DECODER);
    expect([...relativeBuckets(1, 4, DECODER, 3)]).toEqual([...whole.subarray(12)]);
    expect([...whole.subarray(4, 8)]).toEqual([1, 0, 0, 0]);
  });

  it('refuse too few buckets, and a maximum among the distances that have one each', () => {
    expect(() => relativeBucket(1, { ...ENCODER, buckets: 3 })).toThrow(
      'relativeBucket: buckets: expected at least 4, got 3',
    );
    expect(() => relativeBucket(1, { ...DECODER, maximumDistance: 16 })).toThrow(
      'relativeBucket: maximumDistance: expected more than 16, the distances with a bucket each, got 16',
    );
  });
});
