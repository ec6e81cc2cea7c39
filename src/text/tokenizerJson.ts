/**
 * tokenizer.json, the one file that holds a tokenizer of Hugging Face's: which kind it is, and its reader.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { createBpeTokenizer } from './bpe.ts';
import { readBpeModel } from './bpeJson.ts';
import { parseJson, record } from './json.ts';
import type { Tokenizer } from './tokenizer.ts';
import { readUnigramFile } from './unigramJson.ts';
import { createUnigramTokenizer } from './unigramTokenizer.ts';

/**
 * Reads a tokenizer.json: byte-level BPE as {@link trainTokenizer} makes it, or the unigram model of a T5.
 *
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput} naming the field that is damaged or means something that this tokenizer does not do.
 */
export function readTokenizer(text: string, where: string): Tokenizer {
  const root = record(parseJson(text, where), where);
  const { type } = record(root['model'], `${where}: model`);
  if (type === 'Unigram') return createUnigramTokenizer(readUnigramFile(root, where), text, where);
  if (type === 'BPE') return createBpeTokenizer(readBpeModel(root, where), where);
  throw wrong(`${where}: model.type`, '"BPE" or "Unigram"', type);
}
