/**
 * T5's tokenizer: added tokens are found in a text, what lies between them is normalised, cut into words, and each word into
 * pieces of a unigram model.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { createFinder } from './addedTokens.ts';
import { cached } from './cached.ts';
import { joinPieces } from './metaspace.ts';
import { findSentinels, type Tokenizer } from './tokenizer.ts';
import { createUnigram } from './unigram.ts';
import type { UnigramFile } from './unigramJson.ts';

/** What T5 calls the end of a text. */
const END = '</s>';

/**
 * The tokenizer of a tokenizer.json. `encode` gives a text's pieces alone, without the end.
 *
 * @param json - the file's text, which {@link Tokenizer.json} gives back as it is.
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput} if the model does not hold together, or no special is `</s>`.
 */
export function createUnigramTokenizer(file: UnigramFile, json: string, where: string): Tokenizer {
  const { added, normalise, split, model } = file;
  const { pieces } = model;
  const specialIds = [...model.specials].sort((a, b) => a - b);
  const encodeWord = cached(createUnigram(model, `${where}: model`));
  const specials = new Map(specialIds.map((id) => [pieces[id][0], id]));
  const end = specials.get(END);
  if (end === undefined) throw wrong(`${where}: added_tokens`, `${END}, which ends a text`, 'none');
  const findRaw = createFinder(added.filter(({ normalized }) => !normalized));
  const sought = added.filter(({ normalized }) => normalized);
  const findNormalised = createFinder(sought.map((token) => ({ ...token, content: normalise(token.content) })));
  const encodeBetween = (text: string, isFirst: boolean): number[] =>
    findNormalised(normalise(text)).flatMap((part, i) =>
      typeof part === 'number' ? part : split(part, isFirst && i === 0).flatMap(encodeWord),
    );
  const silent = new Set(added.filter(({ special }) => special).map(({ id }) => id));
  const written = new Map(sought.map(({ id, content }) => [id, normalise(content)]));
  return {
    vocabularySize: pieces.length,
    specials: [...specials.keys()],
    unknown: model.unknown,
    // the pre-tokenizer puts ▁ before a text
    prefix: '',
    end,
    sentinels: findSentinels((token) => specials.get(token)),
    encode: (text) =>
      Int32Array.from(
        findRaw(text).flatMap((part, i) => (typeof part === 'number' ? part : encodeBetween(part, i === 0))),
      ),
    decode: (ids) => {
      const known = Array.from(ids);
      const stranger = known.findIndex((id) => !(id in pieces));
      if (stranger >= 0) throw wrong(`decode: ids[${stranger}]`, `an id below ${pieces.length}`, known[stranger]);
      return joinPieces(known.filter((id) => !silent.has(id)).map((id) => written.get(id) ?? pieces[id][0]));
    },
    json: () => json,
  };
}
