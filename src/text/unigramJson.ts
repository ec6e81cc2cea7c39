/**
 * tokenizer.json of SentencePiece's unigram model, as Hugging Face writes it for T5.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { readAddedTokens, type AddedToken } from './addedTokens.ts';
import { indexOf, list, numberOf, record, requireValue, textOf, type Fields } from './json.ts';
import { readSplitter, requireMetaspace, type SplitWords } from './metaspace.ts';
import { readNormaliser } from './normaliser.ts';
import type { Normalise } from './precompiled.ts';
import type { UnigramModel } from './unigram.ts';

/** What the file says: which tokens are found first, how a text is normalised, cut into words, and each word into pieces. */
export interface UnigramFile {
  readonly added: readonly AddedToken[];
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
  const added = readAddedTokens(root['added_tokens'], `${where}: added_tokens`);
  const apart = added.filter(({ id, special }) => special || id >= listed.length);
  return {
    added,
    normalise: readNormaliser(root['normalizer'], `${where}: normalizer`),
    split: readSplitter(root['pre_tokenizer'], `${where}: pre_tokenizer`),
    model: {
      pieces: withAdded(listed, added, `${where}: added_tokens`),
      unknown,
      specials: new Set([unknown, ...apart.map(({ id }) => id)]),
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

/** The vocabulary with those added tokens that it does not list itself, which follow it. */
function withAdded(listed: readonly Piece[], added: readonly AddedToken[], where: string): Piece[] {
  const pieces = [...listed];
  const contents = new Map(added.map(({ id, content }) => [id, content]));
  for (let next = contents.get(pieces.length); next !== undefined; next = contents.get(pieces.length))
    pieces.push([next, 0]);
  for (const { id, content } of added) {
    const piece = pieces.at(id)?.[0];
    if (piece === undefined) throw wrong(`${where}: "${content}"`, `an id up to ${pieces.length}`, id);
    if (piece !== content)
      throw wrong(`${where}: "${content}"`, `the token ${id} of the vocabulary, "${piece}"`, content);
  }
  return pieces;
}
