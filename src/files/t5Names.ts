/**
 * What Hugging Face calls the tensors of a T5 1.1: one row a kind.
 *
 * @module
 */
import type { Parameter } from '../tensor/parameter.ts';

/** Within a layer: our path after `layers/i/`, and theirs after `block.i.`, as the encoder has it and the decoder. */
const LAYER: readonly (readonly [ours: string, encoder: string | null, decoder: string])[] = [
  ['attention_norm/scale', 'layer.0.layer_norm', 'layer.0.layer_norm'],
  ['attention/query', 'layer.0.SelfAttention.q', 'layer.0.SelfAttention.q'],
  ['attention/key', 'layer.0.SelfAttention.k', 'layer.0.SelfAttention.k'],
  ['attention/value', 'layer.0.SelfAttention.v', 'layer.0.SelfAttention.v'],
  ['attention/output', 'layer.0.SelfAttention.o', 'layer.0.SelfAttention.o'],
  ['cross_attention_norm/scale', null, 'layer.1.layer_norm'],
  ['cross_attention/query', null, 'layer.1.EncDecAttention.q'],
  ['cross_attention/key', null, 'layer.1.EncDecAttention.k'],
  ['cross_attention/value', null, 'layer.1.EncDecAttention.v'],
  ['cross_attention/output', null, 'layer.1.EncDecAttention.o'],
  ['feed_forward_norm/scale', 'layer.1.layer_norm', 'layer.2.layer_norm'],
  ['feed_forward/gate', 'layer.1.DenseReluDense.wi_0', 'layer.2.DenseReluDense.wi_0'],
  ['feed_forward/up', 'layer.1.DenseReluDense.wi_1', 'layer.2.DenseReluDense.wi_1'],
  ['feed_forward/output', 'layer.1.DenseReluDense.wo', 'layer.2.DenseReluDense.wo'],
];

const OUTSIDE: ReadonlyMap<string, string> = new Map([
  ['embedding/token', 'shared'],
  ['unembedding', 'lm_head'],
  ['encoder/embedding', 'encoder.embed_tokens'],
  ['decoder/embedding', 'decoder.embed_tokens'],
  ['encoder/relative_bias', 'encoder.block.0.layer.0.SelfAttention.relative_attention_bias'],
  ['decoder/relative_bias', 'decoder.block.0.layer.0.SelfAttention.relative_attention_bias'],
  ['encoder/final_norm/scale', 'encoder.final_layer_norm'],
  ['decoder/final_norm/scale', 'decoder.final_layer_norm'],
]);

/**
 * Their name of one of our parameters.
 *
 * @example
 * ```ts
 * huggingFaceName({ name: 'decoder/layers/3/cross_attention/key' }); // 'decoder.block.3.layer.1.EncDecAttention.k.weight'
 * ```
 */
export function huggingFaceName({ name }: Pick<Parameter, 'name'>): string | undefined {
  const outside = OUTSIDE.get(name);
  if (outside !== undefined) return `${outside}.weight`;
  const [, stack, index, path] = /^(encoder|decoder)\/layers\/(\d+)\/(.*)$/.exec(name) ?? [];
  const row = LAYER.find(([ours]) => ours === path);
  const theirs = stack === 'encoder' ? row?.[1] : row?.[2];
  return theirs === undefined || theirs === null ? undefined : `${stack}.block.${index}.${theirs}.weight`;
}
