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
  };
}

/** A function from a text to its tokens, as the library reads them out of a tokenizer.json. */
export async function createPeer(tokenizerJson: string): Promise<(text: string) => readonly number[]> {
  const library: unknown = await import('@huggingface/tokenizers');
  const model: unknown = JSON.parse(tokenizerJson);
  if (!isPeerModule(library) || typeof model !== 'object' || model === null) {
    throw new TypeError('@huggingface/tokenizers: expected a class Tokenizer and a model');
  }
  const tokenizer = new library.Tokenizer(model, {});
  return (text) => tokenizer.encode(text).ids;
}

function isPeerModule(value: unknown): value is PeerModule {
  return typeof value === 'object' && value !== null && 'Tokenizer' in value && typeof value.Tokenizer === 'function';
}
