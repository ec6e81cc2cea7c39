import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { DTYPE_BITS, DTYPES, type Dtype } from '../../../src/files/dtype.ts';
import { findDuplicateKey } from '../../../src/files/jsonKeys.ts';
import { readSafetensors, writeSafetensors } from '../../../src/files/safetensors.ts';
import type { StoredTensor } from '../../../src/files/safetensors.ts';
import { runs } from '../../run/runs.ts';
import { BAD_FILES, fileOf } from './badSafetensors.ts';

/** Types of a whole number of bytes. */
const WHOLE: readonly Dtype[] = DTYPES.filter((dtype) => DTYPE_BITS[dtype] % 8 === 0);

const anyTensor: fc.Arbitrary<StoredTensor> = fc
  .record({
    name: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', '12', '')),
    dtype: fc.constantFrom(...WHOLE),
    shape: fc.array(fc.nat({ max: 3 }), { maxLength: 3 }),
  })
  .chain(({ name, dtype, shape }) => {
    const length = shape.reduce((product, n) => product * n, DTYPE_BITS[dtype] / 8);
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => ({ name, dtype, shape, bytes: Uint8Array.from(bytes) }));
  });
const anyTensors = fc.uniqueArray(anyTensor, { selector: ({ name }) => name, maxLength: 6 });
const anyMetadata = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), { maxKeys: 3 });

describe('safetensors', () => {
  it('give back what was written', () => {
    fc.assert(
      fc.property(anyTensors, anyMetadata, (tensors, metadata) => {
        const file = readSafetensors(writeSafetensors(tensors, metadata), 'file');
        const byName = (a: StoredTensor, b: StoredTensor): number => (a.name < b.name ? -1 : 1);
        expect([...file.tensors.values()].sort(byName)).toEqual([...tensors].sort(byName));
        expect([...file.metadata].sort()).toEqual(Object.entries(metadata).sort());
      }),
      { numRuns: runs(300) },
    );
  });

  it('have each tensor aligned to its element', () => {
    fc.assert(
      fc.property(anyTensors, (tensors) => {
        const bytes = writeSafetensors(tensors);
        for (const tensor of readSafetensors(bytes, 'file').tensors.values()) {
          expect((tensor.bytes.byteOffset - bytes.byteOffset) % (DTYPE_BITS[tensor.dtype] / 8)).toBe(0);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it('are read from the middle of a larger buffer', () => {
    const tensor: StoredTensor = { name: 'a', dtype: 'U8', shape: [3], bytes: Uint8Array.of(7, 8, 9) };
    const file = writeSafetensors([tensor]);
    const larger = new Uint8Array(file.length + 10);
    larger.set(file, 5);
    const read = readSafetensors(larger.subarray(5, 5 + file.length), 'file');
    expect(read.tensors.get('a')).toEqual(tensor);
  });

  it('with any bytes changed, lost, doubled or put between are read or refused, and nothing else', () => {
    const anyDamage = fc.array(
      fc.record({
        kind: fc.constantFrom('flip', 'cut', 'splice', 'double', 'length'),
        at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(anyTensors, anyMetadata, anyDamage, (tensors, metadata, damages) => {
        let file = writeSafetensors(tensors, metadata);
        for (const { kind, at, bytes } of damages) file = damage(file, kind, Math.floor(at * file.length), bytes);
        try {
          const read = readSafetensors(file, 'file');
          const inside = [...read.tensors.values()].reduce((sum, tensor) => sum + tensor.bytes.length, 0);
          expect(inside).toBeLessThan(file.length);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInput);
        }
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each(BAD_FILES)('with $name are refused by that name', ({ bytes, message }) => {
    expect(() => readSafetensors(bytes, 'file')).toThrow(InvalidInput);
    expect(() => readSafetensors(bytes, 'file')).toThrow(message);
    expect(() => readSafetensors(bytes, 'file')).toThrow(/^file/);
  });

  it('may be empty, have no elements, or no dimensions', () => {
    expect(readSafetensors(fileOf('{}', 0), 'file').tensors.size).toBe(0);
    const scalar = fileOf('{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}', 1);
    expect(readSafetensors(scalar, 'file').tensors.get('a')?.shape).toEqual([]);
    const none = fileOf('{"a":{"dtype":"F64","shape":[9007199254740991,0],"data_offsets":[0,0]}}', 0);
    expect(readSafetensors(none, 'file').tensors.get('a')?.bytes).toHaveLength(0);
  });

  it.each([
    ['a name twice', [tensorOf('a', 4), tensorOf('a', 4)], 'tensor "a": expected a name of its own'],
    ['the reserved name', [tensorOf('__metadata__', 4)], 'expected a name of its own'],
    ['bytes that do not fit', [tensorOf('a', 5)], 'expected 4 bytes for F32 [1], got 5'],
  ])('are not written with %s', (_, tensors, message) => {
    expect(() => writeSafetensors(tensors, { x: 'y' })).toThrow(InvalidInput);
    expect(() => writeSafetensors(tensors, { x: 'y' })).toThrow(message);
  });
});

describe('the scan for keys that stand twice', () => {
  it('finds the key that was written again, wherever, and none where there is none', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.string({ unit: 'binary' }), (json, key) => {
        expect(findDuplicateKey(json)).toBeUndefined();
        const text = JSON.stringify(key);
        const escaped = `"${Array.from(key, unicodeEscape).join('')}"`;
        expect(findDuplicateKey(`[${json},{${text}:${json},"${key.length}x":1}]`)).toBeUndefined();
        expect(findDuplicateKey(`[${json},{${text}:${json},"${key.length}x":1,${escaped}:${json}}]`)).toBe(key);
      }),
      { numRuns: runs(300) },
    );
  });
});

function tensorOf(name: string, bytes: number): StoredTensor {
  return { name, dtype: 'F32', shape: [1], bytes: new Uint8Array(bytes) };
}

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

function damage(file: Uint8Array, kind: string, at: number, bytes: Uint8Array): Uint8Array {
  const [before, after] = [file.subarray(0, at), file.subarray(at)];
  switch (kind) {
    case 'flip':
      return Uint8Array.from(file, (byte, i) => (i === at ? byte ^ bytes[0] : byte));
    case 'cut':
      return before;
    case 'splice':
      return Uint8Array.of(...before, ...bytes, ...after);
    case 'double':
      return Uint8Array.of(...file, ...file);
    default:
      return Uint8Array.of(bytes[0], ...file.subarray(1));
  }
}

describe('writeSafetensors writes nothing that would be read as something else', () => {
  const tensor = { name: 'w', dtype: 'F32', shape: [1], bytes: new Uint8Array(4) };
  it.each([
    [
      [{ ...tensor, name: '__metadata__' }],
      {},
      'writeSafetensors: tensor "__metadata__": expected a name of its own, got "__metadata__"',
    ],
    [[{ ...tensor, dtype: 'F31' }], {}, /^writeSafetensors\[0\]\.dtype: expected one of .*got "F31"/],
    [[{ ...tensor, shape: [1.5] }], {}, 'writeSafetensors[0].shape[0]: expected a whole number of at least 0, got 1.5'],
    [[{ ...tensor, bytes: [0, 0, 0, 0] }], {}, 'writeSafetensors[0].bytes: expected a Uint8Array, got a list of 4'],
    [[tensor], { epsilon: 0.1 }, 'writeSafetensors: metadata.epsilon: expected a text, got 0.1'],
  ])('%j', (tensors, metadata, message) => {
    const [given, texts]: [unknown, unknown] = [tensors, metadata];
    expect(() => writeSafetensors(given as StoredTensor[], texts as Record<string, string>)).toThrow(message);
  });
});
