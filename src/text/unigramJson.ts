/**
 * tokenizer.json of SentencePiece's unigram model, as Hugging Face writes it for T5.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { indexOf, list, numberOf, record, requireValue, textOf, type Fields } from './json.ts';
import { readSplitter, requireMetaspace, type SplitWords } from './metaspace.ts';
import { readNormaliser } from './normaliser.ts';
import type { Normalise } from './precompiled.ts';
import type { UnigramModel } from './unigram.ts';

/** What the file says: how a text is normalised, cut into words, and each word into pieces. */
export interface UnigramFile {
  readonly normalise: Normalise;
  readonly split: SplitWords;
  readonly model: Required<UnigramModel>;
}

/**
 * Reads the fields of a tokenizer.json whose model is Unigram. The post-processor, truncation and padding are not read:
 * what stands around a text is for who asks for its tokens.
 *
 * @param root - its fields.
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput} naming the field that is damaged or means something that is not done here.
 */
export function readUnigramFile(root: Fields, where: string): UnigramFile {
  const model = record(root['model'], `${where}: model`);
  requireValue(model['byte_fallback'] ?? false, false, `${where}: model.byte_fallback`);
  const decoder = `${where}: decoder`;
  requireMetaspace(record(root['decoder'], decoder), decoder);
  const unknown = indexOf(model['unk_id'], `${where}: model.unk_id`);
  const listed = readPieces(model['vocab'], `${where}: model.vocab`);
  const added = readSpecials(root['added_tokens'], `${where}: added_tokens`);
  return {
    normalise: readNormaliser(root['normalizer'], `${where}: normalizer`),
    split: readSplitter(root['pre_tokenizer'], `${where}: pre_tokenizer`),
    model: {
      pieces: withAdded(listed, added, `${where}: added_tokens`),
      unknown,
      specials: new Set([unknown, ...added.keys()]),
    },
  };
}

type Piece = readonly [piece: string, score: number];

function readPieces(value: unknown, where: string): Piece[] {
  return list(value, where).map((item, i) => {
    const [piece, score] = list(item, `${where}[${i}]`);
    return [textOf(piece, `${where}[${i}][0]`), numberOf(score, `${where}[${i}][1]`)];
  });
}

function readSpecials(value: unknown, where: string): ReadonlyMap<number, string> {
  return new Map(
    list(value, where).map((item, i) => {
      const token = record(item, `${where}[${i}]`);
      // others are found in texts before anything else is
      requireValue(token['special'], true, `${where}[${i}].special`);
      return [indexOf(token['id'], `${where}[${i}].id`), textOf(token['content'], `${where}[${i}].content`)];
    }),
  );
}

/** The vocabulary with those added tokens that it does not list itself, which follow it. */
function withAdded(listed: readonly Piece[], added: ReadonlyMap<number, string>, where: string): Piece[] {
  const pieces = [...listed];
  for (let next = added.get(pieces.length); next !== undefined; next = added.get(pieces.length)) pieces.push([next, 0]);
  for (const [id, token] of added) {
    const piece = pieces.at(id)?.[0];
    if (piece === undefined) throw wrong(`${where}: "${token}"`, `an id up to ${pieces.length}`, id);
    if (piece !== token) throw wrong(`${where}: "${token}"`, `the token ${id} of the vocabulary, "${piece}"`, token);
  }
  return pieces;
}
