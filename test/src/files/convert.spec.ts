import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyBytes } from '../../../src/files/bytes.ts';
import {
  ofFloat32,
  ofFloat64,
  ofUint16,
  ofUint32,
  ofUint8,
  toFloat32,
  toFloat64,
  toUint16,
  toUint32,
  toUint8,
} from '../../../src/files/convert.ts';
import { decodeFloat16 } from '../../../src/files/float16.ts';
import { fingerprint } from '../../../src/files/fingerprint.ts';
import { bitsOf } from '../../../src/kernel/scalar/bits.ts';
import { roundToBfloat16 } from '../../../src/tensor/bfloat16.ts';
import { runs } from '../../run/runs.ts';

/** Any bit patterns: NaNs with a payload, −0, denormals. */
const anyBits = fc.uint32Array({ maxLength: 20 });

describe('tensors as typed arrays', () => {
  it('keep every bit', () => {
    fc.assert(
      fc.property(anyBits, (bits) => {
        const values = new Float32Array(Uint32Array.from(bits).buffer);
        expect(bitsOf(toFloat32(ofFloat32('a', [bits.length], values), 'a'))).toEqual(Uint32Array.from(bits));
        const doubles = Float64Array.from(bits, (x) => x / 3);
        expect(toFloat64(ofFloat64('a', [bits.length], doubles), 'a')).toEqual(doubles);
        expect(toUint32(ofUint32('a', [bits.length], bits), 'a')).toEqual(Uint32Array.from(bits));
        const shorts = Uint16Array.from(bits);
        expect(toUint16(ofUint16('a', [bits.length], shorts), 'a')).toEqual(shorts);
        const bytes = Uint8Array.from(bits);
        expect(toUint8(ofUint8('a', [bits.length], bytes), 'a')).toEqual(bytes);
      }),
      { numRuns: runs(200) },
    );
  });

  it('stored as BF16 are rounded as bfloat16 rounds, and stay as they are the second time', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 20, noNaN: true }), (values) => {
        const rounded = Float32Array.from(values);
        roundToBfloat16(rounded);
        const stored = ofFloat32('a', [values.length], values, 'BF16');
        expect(stored.bytes).toHaveLength(2 * values.length);
        expect(bitsOf(toFloat32(stored, 'a'))).toEqual(bitsOf(rounded));
      }),
      { numRuns: runs(200) },
    );
  });

  it('are refused where the type is another', () => {
    const bytes = ofUint8('a', [4], new Uint8Array(4));
    expect(() => toFloat32(bytes, 'x')).toThrow('x: dtype: expected one of F32, F16, BF16, got "U8"');
    expect(() => toUint32(bytes, 'x')).toThrow('x: dtype: expected one of U32, got "U8"');
  });

  it('are copies, also of shared memory', () => {
    const shared = new Float32Array(new SharedArrayBuffer(16), 4, 2);
    shared.set([1, 2]);
    const copy = copyBytes(shared);
    shared.fill(0);
    expect(new Float32Array(copy.buffer)).toEqual(Float32Array.of(1, 2));
  });
});

describe('binary16', () => {
  const valueOf = (half: number): number => decodeFloat16(Uint16Array.of(half))[0];

  // the smallest, a step up by one unit each, twice the value for each exponent: that is all of the format
  it('counts in units of 2⁻²⁴ up to 2⁻¹³, and every next exponent is twice the one before', () => {
    for (let half = 0; half < 0x0800; half++) expect(valueOf(half)).toBe(half * 2 ** -24);
    for (let half = 0x0800; half < 0x7c00; half++) expect(valueOf(half)).toBe(2 * valueOf(half - 0x0400));
    expect([valueOf(0x3c00), valueOf(0x7bff)]).toEqual([1, 65504]);
  });

  it('has signs, infinities and NaN', () => {
    for (let half = 0; half <= 0x7c00; half++) expect(valueOf(half | 0x8000)).toBe(-valueOf(half));
    expect(valueOf(0x7c00)).toBe(Infinity);
    for (let half = 0x7c01; half <= 0x7fff; half += 31) expect(valueOf(half)).toBeNaN();
  });
});

describe('a fingerprint', () => {
  const layout = [
    { name: 'a', shape: [2, 2], offset: 0 },
    { name: 'b', shape: [3], offset: 4 },
  ];

  it('changes with any bit, and only that of the tensor with the bit', () => {
    fc.assert(
      fc.property(
        fc.uint32Array({ minLength: 7, maxLength: 7 }),
        fc.nat({ max: 6 }),
        fc.nat({ max: 31 }),
        (bits, i, bit) => {
          const theta = new Float32Array(Uint32Array.from(bits).buffer);
          const before = fingerprint(theta, layout);
          expect(fingerprint(theta.slice(), layout)).toEqual(before);
          bitsOf(theta)[i] ^= (2 ** bit) | 0;
          const after = fingerprint(theta, layout);
          expect(after.total).not.toBe(before.total);
          const [changed, other] = i < 4 ? ['a', 'b'] : ['b', 'a'];
          expect(after.tensors.get(changed)).not.toBe(before.tensors.get(changed));
          expect(after.tensors.get(other)).toBe(before.tensors.get(other));
        },
      ),
      { numRuns: runs(100) },
    );
  });

  it('depends on names and shapes, not on the kind of memory', () => {
    const theta = new Float32Array(new SharedArrayBuffer(28));
    const zeros = fingerprint(new Float32Array(7), layout);
    expect(fingerprint(theta, layout)).toEqual(zeros);
    expect(zeros.total).toMatch(/^[0-9a-f]{64}$/);
    expect(zeros.tensors.get('a')).toMatch(/^[0-9a-f]{16}$/);
    const renamed = layout.map((tensor) => ({ ...tensor, name: `${tensor.name}x` }));
    const reshaped = layout.map((tensor) => ({ ...tensor, shape: [1, ...tensor.shape] }));
    for (const other of [renamed, reshaped]) expect(fingerprint(theta, other).total).not.toBe(zeros.total);
  });

  it('refuses a tensor outside the vector', () => {
    expect(() => fingerprint(new Float32Array(6), layout)).toThrow('fingerprint: "b": expected an end up to 6, got 7');
  });
});
