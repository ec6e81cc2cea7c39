/**
 * Two ways to write ascending indices: readable, and short (decision 0042).
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { ofUint16, ofUint32, toUint16, toUint32 } from './convert.ts';
import type { StoredTensor } from './safetensors.ts';

export const INDEX_ENCODINGS = ['gap', 'flat'] as const;
/**
 * `flat`: the indices themselves, 4 bytes each. `gap`: how many elements lie between an index and the one before (or the
 * tensor's start), 2 bytes each if every gap fits them, otherwise 4.
 */
export type IndexEncoding = (typeof INDEX_ENCODINGS)[number];

/** The largest gap that 2 bytes hold. */
const LARGEST_SHORT_GAP = 0xffff;

/** Writes strictly ascending indices. */
export function encodeIndices(name: string, indices: Uint32Array, encoding: IndexEncoding): StoredTensor {
  switch (encoding) {
    case 'flat':
      return ofUint32(name, [indices.length], indices);
    case 'gap':
      return encodeGaps(name, indices);
  }
}

function encodeGaps(name: string, indices: Uint32Array): StoredTensor {
  const gaps = indices.map((index, k) => (k === 0 ? index : index - indices[k - 1] - 1));
  const short = gaps.every((gap) => gap <= LARGEST_SHORT_GAP);
  return short ? ofUint16(name, [gaps.length], Uint16Array.from(gaps)) : ofUint32(name, [gaps.length], gaps);
}

/**
 * Reads what {@link encodeIndices} wrote.
 *
 * @param size - elements of the tensor that is indexed.
 * @throws {@link InvalidInput} naming the first index that is out of range or out of order.
 */
export function decodeIndices(tensor: StoredTensor, encoding: IndexEncoding, size: number, where: string): Uint32Array {
  const coded = readCodes(tensor, encoding, where);
  const indices = new Uint32Array(coded.length);
  let next = 0;
  for (let k = 0; k < coded.length; k++) {
    const index = countedFrom(encoding, next) + coded[k];
    if (index < next) throw wrong(`${where}[${k}]`, `an index from ${next}: strictly ascending`, index);
    if (index >= size) throw wrong(`${where}[${k}]`, `an index below ${size}`, index);
    indices[k] = index;
    next = index + 1;
  }
  return indices;
}

function readCodes(tensor: StoredTensor, encoding: IndexEncoding, where: string): Uint16Array | Uint32Array {
  switch (encoding) {
    case 'flat':
      return toUint32(tensor, where);
    case 'gap':
      return tensor.dtype === 'U16' ? toUint16(tensor, where) : toUint32(tensor, where);
  }
}

/** What a code is counted from: the tensor's start, or the least index that may come next. */
function countedFrom(encoding: IndexEncoding, next: number): number {
  switch (encoding) {
    case 'flat':
      return 0;
    case 'gap':
      return next;
  }
}
