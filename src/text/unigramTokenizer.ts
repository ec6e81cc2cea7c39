/**
 * T5's tokenizer: a text is normalised, cut into words, and each word into pieces of a unigram model.
 *
 * @module
 */
import { wrong } from '../errors.ts';
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
 * @throws {@link InvalidInput} where the model does not hold together, or no special is `</s>`.
 */
export function createUnigramTokenizer(file: UnigramFile, json: string, where: string): Tokenizer {
  const { normalise, split, model } = file;
  const { pieces } = model;
  const specialIds = [...model.specials].sort((a, b) => a - b);
  const encodeWord = cached(createUnigram(model, `${where}: model`));
  const specials = new Map(specialIds.map((id) => [pieces[id][0], id]));
  const end = specials.get(END);
  if (end === undefined) throw wrong(`${where}: added_tokens`, `${END}, which ends a text`, 'none');
  return {
    vocabularySize: pieces.length,
    specials: [...specials.keys()],
    end,
    sentinels: findSentinels((token) => specials.get(token)),
    encode: (text) => Int32Array.from(split(normalise(text)).flatMap(encodeWord)),
    decode: (ids) => {
      const known = Array.from(ids, (id, i) => {
        if (!(id in pieces)) throw wrong(`decode: ids[${i}]`, `an id below ${pieces.length}`, id);
        return model.specials.has(id) ? '' : pieces[id][0];
      });
      return joinPieces(known);
    },
    json: () => json,
  };
}
