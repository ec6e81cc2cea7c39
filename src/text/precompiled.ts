/**
 * SentencePiece's precompiled normalisation, as Hugging Face's tokenizer.json holds it (`Precompiled`): a double-array
 * trie (Aoe 1989; the units are those of Darts-clone) from byte sequences to their replacements.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { cached } from './cached.ts';

/** A text, normalised. */
export type Normalise = (text: string) => string;

/** Longer grapheme clusters are looked up character by character, as SentencePiece's Rust port does. */
const CLUSTER_BYTES = 6;
/** The size of the trie, little-endian, before it and the replacements. */
const HEADER_BYTES = 4;

const encoder = new TextEncoder();
const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Reads `precompiled_charsmap`: 4 bytes of length, the trie's 32-bit units, replacements that end in a zero byte.
 *
 * @param base64 - the field's text; empty means that nothing is replaced.
 * @param where - the field's name, for errors.
 * @throws {@link InvalidInput} if the lengths do not fit.
 */
export function readPrecompiled(base64: string, where: string): Normalise {
  if (base64 === '') return (text) => text;
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  const view = new DataView(bytes.buffer);
  const trieBytes = bytes.length < HEADER_BYTES ? -1 : view.getUint32(0, true);
  const start = HEADER_BYTES + trieBytes;
  if (trieBytes < 4 || trieBytes % 4 !== 0 || start > bytes.length)
    throw wrong(where, `a trie within its ${bytes.length} bytes`, `one of ${trieBytes}`);
  const trie = Uint32Array.from({ length: trieBytes / 4 }, (_, i) => view.getUint32(HEADER_BYTES + 4 * i, true));
  const replacements = bytes.subarray(start);
  const decoder = new TextDecoder();
  const replace = (piece: string): string | undefined => {
    const at = findShortestPrefix(trie, encoder.encode(piece));
    return at === undefined ? undefined : decoder.decode(replacements.subarray(at, replacements.indexOf(0, at)));
  };
  const normalise = (stretch: string): string =>
    Array.from(clusters.segment(stretch), ({ segment }) => normaliseCluster(segment, replace)).join('');
  const normaliseShort = cached(normalise);
  return (text) =>
    (text.match(STRETCHES) ?? [])
      .map((stretch) => (stretch.length > SHORT ? normalise(stretch) : normaliseShort(stretch)))
      .join('');
}

/** Ranges of at most this many UTF-16 units come again: they are looked up, and not cut into clusters again. */
const SHORT = 8;

/** A text parted between neighbours that are both printable ASCII, where a grapheme cluster always ends. */
const STRETCHES = /[ -~]?(?:[^ -~]+[ -~]?)+|[ -~]/g;

/** A cluster as a whole if it is short and has a replacement, else each of its characters that has one. */
function normaliseCluster(cluster: string, replace: (piece: string) => string | undefined): string {
  const whole = encoder.encode(cluster).length < CLUSTER_BYTES ? replace(cluster) : undefined;
  return whole ?? Array.from(cluster, (character) => replace(character) ?? character).join('');
}

/**
 * The value of the shortest key that `key` begins with. A unit has its label in bits 0-7, whether it has a value in
 * bit 8, and where its children lie in bits 10-30 (bit 9: times 256); a value has bit 31 set.
 */
function findShortestPrefix(trie: Uint32Array, key: Uint8Array): number | undefined {
  let position = childrenOf(trie[0]);
  for (const byte of key) {
    position ^= byte;
    const unit = trie[position];
    if (byte === 0 || unit === undefined || (unit & 0x800000ff) !== byte) return undefined;
    position ^= childrenOf(unit);
    if (((unit >>> 8) & 1) === 1) return trie[position] & 0x7fffffff;
  }
  return undefined;
}

function childrenOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
