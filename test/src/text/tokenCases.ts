/**
 * What Hugging Face's tokenizers makes of texts with added tokens in them, as test/peers/texts writes it down.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import { readTokenizer } from '../../../src/text/tokenizerJson.ts';

/** A tokenizer.json that changes some fields of the file, and what it makes of texts. */
export interface TokenCase {
  readonly name: string;
  readonly changes: Readonly<Record<string, unknown>>;
  /** Each with its ids, and the text that they decode to without the special ones. */
  readonly texts: readonly (readonly [text: string, ids: readonly number[], decoded: string])[];
}

export interface TokenCases {
  readonly versions: { readonly tokenizers: string; readonly sentencepiece: string };
  readonly file: Readonly<Record<string, unknown>>;
  readonly cases: readonly TokenCase[];
}

/** Enough to tell it from another; nobody else writes it. */
export function isTokenCases(value: unknown): value is TokenCases {
  return typeof value === 'object' && value !== null && 'versions' in value && 'file' in value && 'cases' in value;
}

/** Where our tokenizer has other ids or another text, in words. */
export function findTokenDifferences(file: TokenCases['file'], { name, changes, texts }: TokenCase): string[] {
  const tokenizer = readTokenizer(JSON.stringify({ ...file, ...changes }), name);
  return texts.flatMap(([text, ids, decoded]) => {
    const got = [...tokenizer.encode(text)];
    const back = tokenizer.decode(ids);
    return [
      ...(isDeepStrictEqual(got, ids)
        ? []
        : [`${JSON.stringify(text)}: expected ids ${ids.join()}, got ${got.join()}`]),
      ...(back === decoded ? [] : [`${ids.join()}: expected ${JSON.stringify(decoded)}, got ${JSON.stringify(back)}`]),
    ];
  });
}
