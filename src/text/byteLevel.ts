/**
 * Bytes as printable characters, and text as pieces: the two agreements of byte-level BPE.
 *
 * @module
 */

/**
 * GPT-2's table (Radford et al. 2019, `bytes_to_unicode`): printable Latin-1 bytes stand for themselves, the other 68
 * are moved up to U+0100 and after, so that a token can be written in a file. A space becomes "Ġ".
 */
export const BYTE_CHARACTERS: readonly string[] = makeByteCharacters();

const BYTES = new Map(BYTE_CHARACTERS.map((character, byte) => [character, byte]));

function makeByteCharacters(): string[] {
  let moved = 0;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCodePoint(printable ? byte : 0x100 + moved++);
  });
}

/** The bytes that a token's characters stand for, or undefined if one of them is none of the 256. */
export function bytesOfToken(token: string): Uint8Array | undefined {
  const bytes = Array.from(token, (character) => BYTES.get(character));
  return bytes.includes(undefined) ? undefined : Uint8Array.from(bytes, (byte) => byte ?? 0);
}

/**
 * GPT-2's pieces: a word, a number or a run of signs, each with the space before it; English contractions; white space.
 * `\s` is spelt as Unicode's White_Space, as the Rust library has it (JavaScript's `\s` differs in U+0085 and U+FEFF).
 */
const PIECES =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/**
 * Cuts a text into the pieces that no token crosses. They are the whole text: joined, they give it back.
 *
 * @example
 * ```ts
 * splitPieces("it's 2 dogs"); // ['it', "'s", ' 2', ' dogs']
 * ```
 */
export function splitPieces(text: string): string[] {
  return text.match(PIECES) ?? [];
}
