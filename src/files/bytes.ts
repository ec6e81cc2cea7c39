/**
 * Numbers as bytes: little-endian, in memory of their own.
 *
 * @module
 */
import { endianness } from 'node:os';
import { Unavailable } from '../errors.ts';

/**
 * A copy of a view's bytes. The copy is in ordinary memory also if the view is of shared memory, which hashing and
 * text decoding refuse.
 *
 * @throws {@link Unavailable} on a big-endian machine.
 */
export function copyBytes(view: ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (endianness() !== 'LE') throw new Unavailable('this machine: expected little-endian numbers, got big-endian ones');
  return new Uint8Array(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
}
