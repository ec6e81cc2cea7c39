/**
 * The header of a safetensors file: eight bytes of length, then JSON. Everything that can lie is checked here.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { DTYPE_BITS, DTYPES, isDtype } from './dtype.ts';
import type { Dtype } from './dtype.ts';
import { parseHeaderJson } from './headerJson.ts';

/** Bytes of the header's length. */
export const LENGTH_BYTES = 8;
/** The format's own limit. */
export const MAXIMUM_HEADER_BYTES = 100_000_000;
/** The one name that is no tensor's. */
export const METADATA_KEY = '__metadata__';

/** Where a tensor lies: from `begin` to before `end` in the data, in bytes. */
export interface TensorPlace {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of the header. */
  readonly tensors: readonly TensorPlace[];
  /** Offset of the data in the file. */
  readonly dataStart: number;
}

/**
 * Reads and checks a header. Nothing is allocated before the length has been checked against the file.
 *
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput}, with a message of its own for each way to be wrong.
 */
export function readHeader(bytes: Uint8Array, where: string): Header {
  const json = decodeHeader(bytes, where);
  const dataStart = LENGTH_BYTES + headerLength(bytes, where);
  const fields = objectFields(parseHeaderJson(json, `${where}: header`), `${where}: header`);
  const metadata = readMetadata(fields.get(METADATA_KEY), `${where}: ${METADATA_KEY}`);
  fields.delete(METADATA_KEY);
  const tensors = [...fields].map(([name, value]) => readPlace(name, value, `${where}: tensor "${name}"`));
  checkCoverage(tensors, bytes.length - dataStart, where);
  return { metadata, tensors, dataStart };
}

function headerLength(bytes: Uint8Array, where: string): number {
  if (bytes.length < LENGTH_BYTES) throw wrong(where, 'a header length of 8 bytes', `${bytes.length} bytes in all`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(MAXIMUM_HEADER_BYTES)) {
    throw wrong(`${where}: header length`, `at most ${MAXIMUM_HEADER_BYTES} bytes`, length);
  }
  if (length > BigInt(bytes.length - LENGTH_BYTES)) {
    const rest = bytes.length - LENGTH_BYTES;
    throw wrong(`${where}: header length`, `at most the ${rest} bytes that follow (a truncated file?)`, length);
  }
  return Number(length);
}

function decodeHeader(bytes: Uint8Array, where: string): string {
  const header = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + headerLength(bytes, where));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header);
  } catch {
    throw wrong(`${where}: header`, 'text in UTF-8', 'bytes that are none');
  }
}

function readMetadata(value: unknown, where: string): ReadonlyMap<string, string> {
  if (value === undefined || value === null) return new Map();
  const metadata = new Map<string, string>();
  for (const [key, text] of objectFields(value, where)) {
    if (typeof text !== 'string') throw wrong(`${where}."${key}"`, 'a text', JSON.stringify(text));
    metadata.set(key, text);
  }
  return metadata;
}

function readPlace(name: string, value: unknown, where: string): TensorPlace {
  const fields = objectFields(value, where);
  const dtype = fields.get('dtype');
  if (!isDtype(dtype)) throw wrong(`${where}: dtype`, `one of ${DTYPES.join(', ')}`, dtype);
  const shape = wholeNumbers(fields.get('shape'), `${where}: shape`);
  const offsets = wholeNumbers(fields.get('data_offsets'), `${where}: data_offsets`);
  if (offsets.length !== 2) throw wrong(`${where}: data_offsets`, 'two numbers', offsets.length);
  const [begin, end] = offsets;
  if (begin > end) throw wrong(`${where}: data_offsets`, 'the begin up to the end', `${begin} and ${end}`);
  const size = byteSize(shape, dtype);
  if (size === null)
    throw wrong(`${where}: shape`, `whole bytes of ${dtype}, fewer than 2^61`, `[${shape.join(', ')}]`);
  if (end - begin !== size) {
    throw wrong(`${where}: data_offsets`, `${size} bytes for ${dtype} [${shape.join(', ')}]`, end - begin);
  }
  return { name, dtype, shape, begin, end };
}

/**
 * Bytes of a tensor; null if they are no whole number, or the product of its lengths, taken one after the other, or its
 * bits reach 2^64, also if a length of 0 follows.
 */
export function byteSize(shape: readonly number[], dtype: Dtype): number | null {
  let product = 1n;
  for (const length of [...shape, DTYPE_BITS[dtype]]) {
    product *= BigInt(length);
    if (product >= 2n ** 64n) return null;
  }
  return product % 8n === 0n ? Number(product / 8n) : null;
}

/** The tensors have to cover the data from the first byte to the last: no hole, no overlap, nothing after them. */
function checkCoverage(tensors: readonly TensorPlace[], dataBytes: number, where: string): void {
  let covered = 0;
  for (const { name, begin, end } of [...tensors].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (end > dataBytes) {
      throw wrong(`${where}: tensor "${name}"`, `an end within the ${dataBytes} bytes of data (truncated?)`, end);
    }
    if (begin < covered) throw wrong(`${where}: tensor "${name}"`, `no overlap: a begin of ${covered}`, begin);
    if (begin > covered) throw wrong(`${where}: tensor "${name}"`, `no hole: a begin of ${covered}`, begin);
    covered = end;
  }
  if (covered < dataBytes)
    throw wrong(where, `nothing after the tensors' ${covered} bytes`, `${dataBytes} bytes of data`);
}

function wholeNumbers(value: unknown, where: string): number[] {
  if (!Array.isArray(value)) throw wrong(where, 'a list of whole numbers', JSON.stringify(value));
  return value.map((item: unknown, i) => {
    if (typeof item !== 'number' || !Number.isSafeInteger(item) || item < 0) {
      throw wrong(
        `${where}[${i}]`,
        'a whole number from 0 to 2^53 - 1',
        typeof item === 'string' ? item : JSON.stringify(item),
      );
    }
    return item;
  });
}

/** An object's own fields; a Map, so that names like `__proto__` are names like any other. */
function objectFields(value: unknown, where: string): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(where, 'an object', value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40));
  }
  return new Map(Object.entries(value));
}
