/**
 * Small hashes that decide orders and splits: the same on every machine, for ever.
 *
 * @module
 */

/** The finaliser of MurmurHash3 (Appleby 2008, public domain): a bijection of the 32-bit numbers. */
export function mix32(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** FNV-1a of the UTF-16 code units, then {@link mix32}: a number in [0, 2³²). */
export function hashText(text: string): number {
  // offset basis and prime of the 32-bit FNV-1a (RFC 9923)
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix32(hash);
}
