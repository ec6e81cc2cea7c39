/**
 * Damaged safetensors files, each with one fault and named after it, and what the reader has to say of it.
 *
 * @module
 */
import { METADATA_KEY } from '../../../src/files/safetensorsHeader.ts';

export interface BadFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** A part of the message. */
  readonly message: string;
}

/** A file with that header, its length told truly, and that many bytes of data. */
export function fileOf(header: string | Uint8Array, dataBytes: number): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + json.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

function lengthOf(length: bigint, rest: string): Uint8Array {
  const file = fileOf(rest, 0);
  new DataView(file.buffer).setBigUint64(0, length, true);
  return file;
}

/** A header with one tensor "a", a float32 vector of two, some fields of which are others. */
function tensor(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...fields } });
}

function two(first: readonly [number, number], second: readonly [number, number]): string {
  const place = ([begin, end]: readonly [number, number]): unknown => ({
    dtype: 'U8',
    shape: [end - begin],
    data_offsets: [begin, end],
  });
  return JSON.stringify({ a: place(first), b: place(second) });
}

const bad = (name: string, bytes: Uint8Array, message: string): BadFile => ({ name, bytes, message });

export const BAD_FILES: readonly BadFile[] = [
  bad(
    'a length with a point',
    fileOf(tensor({}).replace('[2]', '[2.0]'), 8),
    'shape[0]: expected a whole number from 0 to 2^53 - 1, got "2.0"',
  ),
  bad(
    'an offset of minus nothing',
    fileOf(tensor({}).replace('[0', '[-0'), 8),
    'data_offsets[0]: expected a whole number',
  ),
  bad(
    'a number that is too great',
    fileOf(tensor({ x: 0 }).replace(':0}', ':1e999}'), 8),
    'header: expected numbers that float64 holds, got "1e999"',
  ),
  bad('half a character', fileOf('{"\\ud83d":1}', 0), 'header: expected whole characters, got "\\ud83d"'),
  bad(
    'lists in lists',
    fileOf('['.repeat(128) + ']'.repeat(128), 0),
    'header: expected at most 127 objects and lists in one another',
  ),
  bad(
    'half a byte',
    fileOf(tensor({ dtype: 'F4', shape: [3], data_offsets: [0, 2] }), 2),
    'shape: expected whole bytes of F4',
  ),
  bad(
    'a product beyond 2^64, times 0',
    fileOf(tensor({ shape: [2 ** 40, 2 ** 40, 0], data_offsets: [0, 0] }), 0),
    'shape: expected whole bytes',
  ),
  bad('empty file', new Uint8Array(), 'expected a header length of 8 bytes, got "0 bytes in all"'),
  bad('seven bytes', new Uint8Array(7), 'expected a header length of 8 bytes, got "7 bytes in all"'),
  bad('header over the cap', lengthOf(100_000_001n, '{}'), 'header length: expected at most 100000000 bytes'),
  bad('header of 2^64 - 1 bytes', lengthOf(2n ** 64n - 1n, '{}'), 'got 18446744073709551615'),
  bad('header longer than the file', lengthOf(3n, '{}'), 'expected at most the 2 bytes that follow'),
  bad('no header', fileOf('', 4), 'header: expected JSON'),
  bad('header that is no UTF-8', fileOf(Uint8Array.of(0x7b, 0xff, 0x7d), 0), 'header: expected text in UTF-8'),
  bad('header that is no JSON', fileOf('{"a":', 0), 'header: expected JSON'),
  bad('text after the header object', fileOf('{}x', 0), 'header: expected JSON'),
  bad('a tensor twice', fileOf(`{"a":${tensor({}).slice(5, -1)},"\\u0061":1}`, 8), 'each key once, got ""a" twice"'),
  bad('a field twice', fileOf(tensor({}).replace('"shape"', '"dtype":"F32","shape"'), 8), 'got ""dtype" twice"'),
  bad('metadata that is a list', fileOf(`{"${METADATA_KEY}":[]}`, 0), '__metadata__: expected an object'),
  bad('metadata with a number', fileOf(`{"${METADATA_KEY}":{"n":1}}`, 0), '__metadata__."n": expected a text, got "1"'),
  bad('a tensor that is a number', fileOf('{"a":1}', 0), 'tensor "a": expected an object, got "1"'),
  bad('an unknown type', fileOf(tensor({ dtype: 'F8' }), 8), 'dtype: expected one of F4'),
  bad('a type by a prototype name', fileOf(tensor({ dtype: 'constructor' }), 8), 'dtype: expected one of F4'),
  bad('no type', fileOf(tensor({ dtype: undefined }), 8), 'dtype: expected one of F4'),
  bad('no shape', fileOf(tensor({ shape: undefined }), 8), 'shape: expected a list of whole numbers'),
  bad('a negative length', fileOf(tensor({ shape: [-2] }), 8), 'shape[0]: expected a whole number from 0'),
  bad('a broken length', fileOf(tensor({ shape: [1.5] }), 8), 'shape[0]: expected a whole number from 0'),
  bad('a length beyond 2^53', fileOf(tensor({ shape: [2 ** 53] }), 8), 'shape[0]: expected a whole number from 0'),
  bad(
    'a product beyond 2^64',
    fileOf(tensor({ shape: [2 ** 40, 2 ** 40] }), 8),
    'shape: expected whole bytes of F32, fewer than 2^61',
  ),
  bad('a shape of another size', fileOf(tensor({ shape: [3] }), 8), 'expected 12 bytes for F32 [3], got 8'),
  bad('three offsets', fileOf(tensor({ data_offsets: [0, 8, 8] }), 8), 'data_offsets: expected two numbers, got 3'),
  bad('an end before the begin', fileOf(tensor({ data_offsets: [8, 0] }), 8), 'expected the begin up to the end'),
  bad('a hole at the start', fileOf(tensor({ data_offsets: [1, 9] }), 9), 'no hole: a begin of 0, got 1'),
  bad('a hole between', fileOf(two([0, 2], [3, 4]), 4), 'tensor "b": expected no hole: a begin of 2, got 3'),
  bad('an overlap', fileOf(two([0, 2], [1, 4]), 4), 'tensor "b": expected no overlap: a begin of 2, got 1'),
  bad('the same bytes twice', fileOf(two([0, 2], [0, 2]), 2), 'tensor "b": expected no overlap'),
  bad('data that are cut off', fileOf(tensor({}), 7), 'expected an end within the 7 bytes of data (truncated?), got 8'),
  bad('bytes after the last tensor', fileOf(tensor({}), 9), "nothing after the tensors' 8 bytes"),
  bad('data without a tensor', fileOf('{}', 1), "nothing after the tensors' 0 bytes"),
];
