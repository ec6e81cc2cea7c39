/**
 * Hugging Face's own tokenizer, to compare with. Its type declarations do not resolve under Node's rules.
 *
 * @module
 */

interface PeerModule {
  readonly Tokenizer: new (
    tokenizer: object,
    config: object,
  ) => {
    encode(text: string): { readonly ids: readonly number[] };
    decode(ids: readonly number[], options: { readonly skip_special_tokens: boolean }): string;
  };
}

export interface Peer {
  encode(text: string): readonly number[];
  /** Without the specials. */
  decode(ids: readonly number[]): string;
}

/** The tokenizer that the library reads out of a tokenizer.json. */
export async function createPeer(tokenizerJson: string): Promise<Peer> {
  const library: unknown = await import('@huggingface/tokenizers');
  const model: unknown = JSON.parse(tokenizerJson);
  if (!isPeerModule(library) || typeof model !== 'object' || model === null) {
    throw new TypeError('@huggingface/tokenizers: expected a class Tokenizer and a model');
  }
  const tokenizer = new library.Tokenizer(model, { clean_up_tokenization_spaces: false });
  return {
    encode: (text) => tokenizer.encode(text).ids,
    // the library refuses to decode nothing
    decode: (ids) => (ids.length === 0 ? '' : tokenizer.decode(ids, { skip_special_tokens: true })),
  };
}

function isPeerModule(value: unknown): value is PeerModule {
  return typeof value === 'object' && value !== null && 'Tokenizer' in value && typeof value.Tokenizer === 'function';
}
