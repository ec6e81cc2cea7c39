/**
 * tokenizer.json of byte-level BPE with GPT-2's pieces, as Hugging Face's tokenizers read and write it.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { list, record, requireValue, textOf, type Fields } from './json.ts';
import { indexModel } from './model.ts';
import type { BpeModel, Merge } from './model.ts';

/** The text of tokenizer.json, a token or merge a line, so that two versions can be compared. */
export function writeBpeJson({ specials, vocabulary, merges }: BpeModel): string {
  const added = specials.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const json = (value: unknown): string => JSON.stringify(value);
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  return `{
  "version": "1.0",
  "truncation": null,
  "padding": null,
  "added_tokens": [
    ${added.map(json).join(',\n    ')}
  ],
  "normalizer": null,
  "pre_tokenizer": ${json(byteLevel)},
  "post_processor": null,
  "decoder": ${json(byteLevel)},
  "model": {
    "type": "BPE",
    "dropout": null,
    "unk_token": null,
    "continuing_subword_prefix": null,
    "end_of_word_suffix": null,
    "fuse_unk": false,
    "byte_fallback": false,
    "ignore_merges": false,
    "vocab": {
      ${vocabulary.map((token, id) => `${json(token)}: ${id}`).join(',\n      ')}
    },
    "merges": [
      ${merges.map(([left, right]) => json([vocabulary[left], vocabulary[right]])).join(',\n      ')}
    ]
  }
}
`;
}

/**
 * Reads a tokenizer.json of this kind: byte-level BPE, no normalizer, no prefix space, special tokens first.
 *
 * @param root - its fields.
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput} naming the field that is damaged or means something that this tokenizer does not do.
 */
export function readBpeModel(root: Fields, where: string): BpeModel {
  requireValue(root['normalizer'] ?? null, null, `${where}: normalizer`);
  const preTokenizer = record(root['pre_tokenizer'], `${where}: pre_tokenizer`);
  requireValue(preTokenizer['type'], 'ByteLevel', `${where}: pre_tokenizer.type`);
  requireValue(preTokenizer['add_prefix_space'], false, `${where}: pre_tokenizer.add_prefix_space`);
  requireValue(preTokenizer['use_regex'] ?? true, true, `${where}: pre_tokenizer.use_regex`);
  const bpe = record(root['model'], `${where}: model`);
  for (const field of ['dropout', 'continuing_subword_prefix', 'end_of_word_suffix']) {
    // older files write an empty text for none
    requireValue(bpe[field] === '' ? null : (bpe[field] ?? null), null, `${where}: model.${field}`);
  }
  requireValue(bpe['ignore_merges'] ?? false, false, `${where}: model.ignore_merges`);
  const specials = readSpecials(root['added_tokens'], `${where}: added_tokens`);
  const vocabulary = readVocabulary(bpe['vocab'], specials, `${where}: model.vocab`);
  const ids = indexModel({ specials, vocabulary, merges: [] }, where);
  const merges = readMerges(bpe['merges'], ids, `${where}: model.merges`);
  return { specials, vocabulary, merges };
}

function readSpecials(value: unknown, where: string): string[] {
  const tokens = list(value, where).map((item, i) => record(item, `${where}[${i}]`));
  return tokens.map((token, i) => {
    requireValue(token['id'], i, `${where}[${i}].id`);
    return textOf(token['content'], `${where}[${i}].content`);
  });
}

function readVocabulary(value: unknown, specials: readonly string[], where: string): string[] {
  const entries = Object.entries(record(value, where));
  // a file may leave its special tokens out of the vocabulary, for they are listed as added
  const ids = new Map<unknown, string>(specials.map((token, id) => [id, token]));
  for (const [token, id] of entries) {
    const other = ids.get(id);
    if (other !== undefined && other !== token) throw wrong(`${where}["${token}"]`, 'an id of its own', id);
    ids.set(id, token);
  }
  return Array.from({ length: ids.size }, (_, id) => {
    const token = ids.get(id);
    if (token === undefined) throw wrong(where, `ids from 0 to ${ids.size - 1}`, `none with ${id}`);
    return token;
  });
}

function readMerges(value: unknown, ids: ReadonlyMap<string, number>, where: string): Merge[] {
  return list(value, where).map((item, i) => {
    // older files write a merge as one text, parted by a space; no token has a space in it
    const pair: unknown = typeof item === 'string' ? item.split(' ') : item;
    const [left, right] = list(pair, `${where}[${i}]`).map((token) => ids.get(String(token)));
    if (left === undefined || right === undefined || list(pair, where).length !== 2) {
      throw wrong(`${where}[${i}]`, 'two tokens of the vocabulary', JSON.stringify(item));
    }
    return [left, right];
  });
}
