/**
 * Byte-level BPE as a tokenizer. Every string has tokens, so there is no unknown token.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { writeBpeJson } from './bpeJson.ts';
import { cached } from './cached.ts';
import { BYTE_CHARACTERS, bytesOfToken, splitPieces } from './byteLevel.ts';
import { mergePiece } from './merge.ts';
import type { MergeRule } from './merge.ts';
import { indexModel, pairKey } from './model.ts';
import type { BpeModel } from './model.ts';
import { EOS, findSentinels, SPECIALS } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * Byte-level BPE. Bytes that are no UTF-8 decode to U+FFFD;
 * `decode(encode(text)) = text` for every text without lone surrogates, which UTF-8 cannot write.
 */
export interface BpeTokenizer extends Tokenizer {
  readonly model: BpeModel;
}

/** @throws {@link InvalidInput} if the model does not hold together, or no special is `<eos>`. */
export function createBpeTokenizer(model: BpeModel, where = 'tokenizer'): BpeTokenizer {
  const ids = indexModel(model, where);
  const idOf = (token: string): number => ids.get(token) ?? -1;
  const rules = new Map<number, MergeRule>();
  for (const [rank, [left, right]] of model.merges.entries()) {
    const key = pairKey(left, right);
    const result = idOf(`${model.vocabulary[left]}${model.vocabulary[right]}`);
    if (!rules.has(key)) rules.set(key, { rank, result });
  }
  const { specials } = model;
  const specialId = (token: string): number | undefined => (specials.includes(token) ? ids.get(token) : undefined);
  const end = specialId(SPECIALS[EOS]);
  if (end === undefined) throw wrong(`${where}: specials`, `${SPECIALS[EOS]}, which ends a text`, 'none');
  const byteIds = BYTE_CHARACTERS.map(idOf);
  const encoder = new TextEncoder();
  const encodePiece = cached((piece) =>
    mergePiece(
      Array.from(encoder.encode(piece), (byte) => byteIds[byte]),
      rules,
    ),
  );
  return {
    model,
    vocabularySize: model.vocabulary.length,
    specials,
    unknown: null,
    prefix: ' ',
    end,
    sentinels: findSentinels(specialId),
    encode: (text) => {
      const tokens: number[] = [];
      for (const piece of splitPieces(text)) for (const token of encodePiece(piece)) tokens.push(token);
      return Int32Array.from(tokens);
    },
    decode: (tokens) => decodeTokens(tokens, model),
    json: () => writeBpeJson(model),
  };
}

function decodeTokens(tokens: ArrayLike<number>, { vocabulary, specials }: BpeModel): string {
  const bytes: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const id = tokens[i];
    const token = vocabulary[id];
    if (token === undefined) throw wrong(`decode: ids[${i}]`, `an id below ${vocabulary.length}`, id);
    if (id >= specials.length) bytes.push(...(bytesOfToken(token) ?? []));
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}
