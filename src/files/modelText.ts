/**
 * The texts of a model's folder, which other libraries read, too.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { decodeText, readBytes } from './atomic.ts';
import type { FileSystem } from './fileSystem.ts';

/** U+FEFF in UTF-8. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads config.json, tokenizer.json or the index of a model: text in UTF-8 without a byte order mark (decision 0225).
 *
 * @throws {@link InvalidInput} if there is no such file or it is no such text, {@link Unavailable} if it cannot be read.
 */
export function readModelText(path: string, fileSystem?: FileSystem): string {
  const bytes = readBytes(path, fileSystem);
  if (BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte))
    throw wrong(path, 'JSON without a byte order mark, which transformers and tokenizers refuse', 'one with it');
  return decodeText(bytes, path);
}
