/**
 * config.json of a T5 as Hugging Face writes it.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { numberOf, parseJson, record, truthOf } from '../text/json.ts';
import { requireValidT5Config, type T5Config } from '../nn/t5/config.ts';

/** Our field, theirs, and what theirs is where the file leaves it out (Hugging Face's own defaults). */
const NUMBERS = [
  ['vocabularySize', 'vocab_size'],
  ['modelSize', 'd_model'],
  ['headSize', 'd_kv'],
  ['heads', 'num_heads'],
  ['feedForwardSize', 'd_ff'],
  ['encoderLayers', 'num_layers'],
  ['context', 'n_positions', 512],
  ['relativeBuckets', 'relative_attention_num_buckets', 32],
  ['relativeMaximumDistance', 'relative_attention_max_distance', 128],
  ['normEpsilon', 'layer_norm_epsilon', 1e-6],
  ['startToken', 'decoder_start_token_id', 0],
] as const satisfies readonly (readonly [ours: keyof T5Config, theirs: string, otherwise?: number])[];
type NumberField = (typeof NUMBERS)[number][0];

/** The gate's function by their name of it. `gelu_new` is the tanh form. */
const ACTIVATIONS: ReadonlyMap<unknown, T5Config['activation']> = new Map([
  ['gated-gelu', 'gelu'],
  ['gated-silu', 'silu'],
]);

/**
 * Reads a config.json.
 *
 * @param where - the file's name, for errors.
 * @throws InvalidInput naming the field: not a T5, not gated (T5 1.0), or of another type or range.
 */
export function parseT5Config(json: string, where: string): T5Config {
  const fields = record(parseJson(json, where), where);
  const type = fields['model_type'] ?? 'nothing';
  if (type !== 't5' && type !== 'mt5') throw wrong(`${where}: model_type`, '"t5" or "mt5"', type);
  const projection = fields['feed_forward_proj'] ?? 'relu';
  const activation = ACTIVATIONS.get(projection);
  if (activation === undefined)
    throw wrong(`${where}: feed_forward_proj`, '"gated-gelu" or "gated-silu", as T5 1.1 has', projection);
  const tiedEmbedding = truthOf(fields['tie_word_embeddings'] ?? true, `${where}: tie_word_embeddings`);
  const numberIn = (name: string, otherwise?: number): number =>
    numberOf(fields[name] ?? otherwise, `${where}: ${name}`);
  const numberAt = (ours: NumberField): number => {
    const [, theirs, otherwise] = NUMBERS.find(([name]) => name === ours) ?? [];
    return numberIn(theirs ?? ours, otherwise);
  };
  const encoderLayers = numberAt('encoderLayers');
  const config: T5Config = {
    vocabularySize: numberAt('vocabularySize'),
    modelSize: numberAt('modelSize'),
    headSize: numberAt('headSize'),
    heads: numberAt('heads'),
    feedForwardSize: numberAt('feedForwardSize'),
    encoderLayers,
    decoderLayers: numberIn('num_decoder_layers', encoderLayers),
    context: numberAt('context'),
    relativeBuckets: numberAt('relativeBuckets'),
    relativeMaximumDistance: numberAt('relativeMaximumDistance'),
    normEpsilon: numberAt('normEpsilon'),
    startToken: numberAt('startToken'),
    activation,
    tiedEmbedding,
  };
  requireValidT5Config(config);
  return config;
}

/**
 * The text of a config.json that Hugging Face reads.
 *
 * @param end - the token that ends a text.
 */
export function writeT5Config(config: T5Config, end: number): string {
  const fields: Record<string, unknown> = { architectures: ['T5ForConditionalGeneration'], model_type: 't5' };
  for (const [ours, theirs] of NUMBERS) fields[theirs] = config[ours];
  fields['num_decoder_layers'] = config.decoderLayers;
  fields['feed_forward_proj'] = `gated-${config.activation}`;
  fields['tie_word_embeddings'] = config.tiedEmbedding;
  Object.assign(fields, { is_encoder_decoder: true, pad_token_id: 0, eos_token_id: end, dropout_rate: 0 });
  return `${JSON.stringify(fields, null, 2)}\n`;
}
