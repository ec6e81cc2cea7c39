/**
 * Rounding to bfloat16 against its literal definition: of the two neighbours the nearer, at a tie the even one.
 *
 * @module
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBfloat16, encodeBfloat16, roundToBfloat16 } from '../../../src/tensor/bfloat16.ts';
import { runs, runSeed } from '../../run/runs.ts';

/** The value of each pattern. */
const VALUES = decodeBfloat16(Uint16Array.from({ length: 0x10000 }, (_, pattern) => pattern));
const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);
function bitsOf(x: number): number {
  scratch[0] = x;
  return scratchBits[0];
}

/** The magnitude at which a finite pattern's successor would stand; beyond the largest that is 2¹²⁸, to which ∞ belongs. */
const magnitude = (pattern: number): number => (pattern === 0x7f80 ? 2 ** 128 : VALUES[pattern]);

/** The definition, over magnitudes in float64, where all of this is exact. */
function literal(x: number): number {
  const sign = bitsOf(x) >>> 31 === 1 ? 0x8000 : 0;
  const size = Math.abs(x);
  if (size === Infinity) return sign | 0x7f80;
  const below = bitsOf(size) >>> 16;
  const [down, up] = [size - magnitude(below), magnitude(below + 1) - size];
  if (down !== up) return sign | (down < up ? below : below + 1);
  return sign | (below % 2 === 0 ? below : below + 1);
}

/** Each kept pattern with the lower halves at which the rounding changes its mind. */
const LOWER_HALVES = [0, 1, 0x7fff, 0x8000, 0x8001, 0xffff];

describe('bfloat16', () => {
  it.each(LOWER_HALVES)('rounds every upper half with the lower half %d as the definition says', (lower) => {
    const isFinite = (upper: number): boolean => (upper & 0x7f80) !== 0x7f80;
    const uppers = Array.from({ length: 0x10000 }, (_, upper) => upper).filter(isFinite);
    const bits = Uint32Array.from(uppers, (upper) => (upper << 16) | lower);
    const x = new Float32Array(bits.buffer);
    const got = encodeBfloat16(x);
    expect([...x].filter((value, i) => got[i] !== literal(value))).toEqual([]);
  });

  it('keeps every pattern that it decodes, to the bit; a NaN stays a NaN', () => {
    const patterns = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
    const again = encodeBfloat16(decodeBfloat16(patterns));
    const isNaN = (pattern: number): boolean => (pattern & 0x7fff) > 0x7f80;
    const changed = [...patterns].filter((pattern) => again[pattern] !== pattern);
    expect(changed.every((pattern) => isNaN(pattern) && isNaN(again[pattern]))).toBe(true);
  });

  it('keeps a NaN whose payload lies in the lower half', () => {
    for (const bits of [0x7f800001, 0xff800001, 0x7fffffff, 0xffffffff]) {
      const x = new Float32Array(Uint32Array.of(bits).buffer);
      expect(decodeBfloat16(encodeBfloat16(x))[0]).toBeNaN();
    }
  });

  it('rounds in place to what it encodes, and twice is once', () => {
    fc.assert(
      fc.property(fc.array(fc.float(), { maxLength: 20 }), (values) => {
        const x = Float32Array.from(values);
        const encoded = decodeBfloat16(encodeBfloat16(x));
        roundToBfloat16(x);
        expect(x).toEqual(encoded);
        roundToBfloat16(x);
        expect(x).toEqual(encoded);
      }),
      { numRuns: runs(100), seed: runSeed() },
    );
  });

  it('rounds only its own part of a buffer', () => {
    const x = Float32Array.of(1.001, 1.001, 1.001);
    roundToBfloat16(x.subarray(1, 2));
    expect([...x]).toEqual([Math.fround(1.001), 1, Math.fround(1.001)]);
  });
});
