/**
 * The safetensors format: an 8-byte little-endian length, a JSON header, the tensors' bytes
 * (huggingface/safetensors, README "Format").
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { anyText, bytes as someBytes, everyField, having, integer, list, oneOf } from '../kinds.ts';
import { DTYPE_BITS, DTYPES } from './dtype.ts';
import type { Dtype } from './dtype.ts';
import { byteSize, LENGTH_BYTES, METADATA_KEY, readHeader } from './safetensorsHeader.ts';

/** A tensor as it lies in a file: elements in C order, little-endian. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface SafetensorsFile {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of the header. The bytes are views of the file's. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/**
 * Reads a file's bytes.
 *
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput} for whatever is wrong with it, before any tensor is looked at: a length that is too large or
 * lies, a header that is no JSON object, a key twice, a field or type that is unknown, offsets that do not fit the
 * shape, holes, overlaps, bytes after the last tensor.
 */
export function readSafetensors(bytes: Uint8Array, where: string): SafetensorsFile {
  const { metadata, tensors, dataStart } = readHeader(bytes, where);
  const stored = tensors.map(({ name, dtype, shape, begin, end }): [string, StoredTensor] => [
    name,
    { name, dtype, shape, bytes: bytes.subarray(dataStart + begin, dataStart + end) },
  ]);
  return { metadata, tensors: new Map(stored) };
}

const TENSORS = list(
  having('a tensor { name, dtype, shape, bytes }', {
    name: anyText,
    dtype: oneOf(DTYPES),
    shape: list(integer(0)),
    bytes: someBytes,
  }),
);

/**
 * The bytes of a file. Wider types come first and the header is padded to a multiple of 8, so that every tensor is
 * aligned to its element; otherwise the order is kept.
 *
 * @throws {@link InvalidInput} if a name is repeated or reserved, bytes do not fit the shape, or {@link readSafetensors}
 * would refuse the file.
 */
export function writeSafetensors(
  tensors: Iterable<StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const given = [...tensors];
  TENSORS(given, 'writeSafetensors');
  everyField(anyText)(metadata, 'writeSafetensors: metadata');
  const ordered = given.sort((a, b) => DTYPE_BITS[b.dtype] - DTYPE_BITS[a.dtype]);
  const fields = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) fields.set(METADATA_KEY, metadata);
  let end = 0;
  for (const { name, dtype, shape, bytes } of ordered) {
    const where = `writeSafetensors: tensor "${name}"`;
    if (name === METADATA_KEY || fields.has(name)) throw wrong(where, 'a name of its own', name);
    const size = byteSize(shape, dtype);
    if (size !== bytes.length) {
      throw wrong(where, `${size ?? 'a whole number of'} bytes for ${dtype} [${shape.join(', ')}]`, bytes.length);
    }
    fields.set(name, { dtype, shape, data_offsets: [end, end + bytes.length] });
    end += bytes.length;
  }
  const header = encodeHeader(fields);
  const file = new Uint8Array(LENGTH_BYTES + header.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, LENGTH_BYTES);
  let at = LENGTH_BYTES + header.length;
  for (const { bytes } of ordered) {
    file.set(bytes, at);
    at += bytes.length;
  }
  readHeader(file, 'writeSafetensors'); // whatever no reader would take is not written
  return file;
}

/** JSON, with spaces to the next multiple of 8. Written key by key: an object would sort names like "12" to the front. */
function encodeHeader(fields: ReadonlyMap<string, unknown>): Uint8Array {
  const entries = [...fields].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const json = new TextEncoder().encode(`{${entries.join(',')}}`);
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(' '.charCodeAt(0));
  padded.set(json);
  return padded;
}
