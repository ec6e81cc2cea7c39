/**
 * config.json of a T5 as Hugging Face writes it.
 *
 * @module
 */
import { unknownName, wrong } from '../errors.ts';
import type { Activation } from '../kernel/kernels.ts';
import { numberOf, parseJson, printJson, record, textOf, truthOf, type Fields } from '../text/json.ts';
import { requireValidT5Config, type T5Config } from '../nn/t5/config.ts';

/** Our field, theirs, and what theirs is if the file leaves it out (Hugging Face's own defaults). */
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

/** The gate's function by Hugging Face's names of it; the tanh form of GELU has several. */
const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map([
  ['gelu_new', 'gelu'],
  ['gelu_pytorch_tanh', 'gelu'],
  ['gelu_fast', 'gelu'],
  ['gelu_accurate', 'gelu'],
  ['gelu', 'gelu-exact'],
  ['relu', 'relu'],
  ['silu', 'silu'],
  ['swish', 'silu'],
]);

/** The name of each that is written. */
const WRITTEN: Readonly<Record<Activation, string>> = {
  gelu: 'gelu_new',
  'gelu-exact': 'gelu',
  relu: 'relu',
  silu: 'silu',
};

/** What a config.json says; which tables are one is for the weights to say. */
export type WrittenT5Config = Omit<T5Config, 'tiedEmbedding' | 'ownEmbeddings'> & { readonly scaledLogits: boolean };

/**
 * Reads a config.json.
 *
 * @param where - the file's name, for errors.
 * @throws InvalidInput naming the field: not a T5, not gated (T5 1.0), or of another type or range.
 */
export function parseT5Config(json: string, where: string): WrittenT5Config {
  const fields = record(parseJson(json, where), where);
  const type = fields['model_type'] ?? 'nothing';
  if (type !== 't5' && type !== 'mt5') throw wrong(`${where}: model_type`, '"t5" or "mt5"', type);
  const numberIn = (name: string, otherwise?: number): number =>
    numberOf(fields[name] ?? otherwise, `${where}: ${name}`);
  const numberAt = (ours: NumberField): number => {
    const [, theirs, otherwise] = NUMBERS.find(([name]) => name === ours) ?? [];
    return numberIn(theirs ?? ours, otherwise);
  };
  const encoderLayers = numberAt('encoderLayers');
  const config: WrittenT5Config = {
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
    activation: activationOf(fields, type, where),
    scaledLogits: isScaled(fields, type, where),
  };
  requireValidT5Config({ ...config, tiedEmbedding: false });
  return config;
}

/** `feed_forward_proj` names it; `dense_act_fn` and `is_gated_act`, which follow from that, decide if they are there. */
function activationOf(fields: Fields, type: 't5' | 'mt5', where: string): Activation {
  const projection = textOf(
    fields['feed_forward_proj'] ?? (type === 'mt5' ? 'gated-gelu' : 'relu'),
    `${where}: feed_forward_proj`,
  );
  const [, gate, name] = /^(gated-)?([^-]*)$/.exec(projection) ?? [];
  if (name === undefined)
    throw wrong(`${where}: feed_forward_proj`, '"gated-" and the name of an activation', projection);
  if (!truthOf(fields['is_gated_act'] ?? gate !== undefined, `${where}: is_gated_act`))
    throw wrong(`${where}: feed_forward_proj`, '"gated-gelu" or another gated one, as T5 1.1 has', projection);
  const field = fields['dense_act_fn'] === undefined ? 'feed_forward_proj' : 'dense_act_fn';
  const activation = textOf(
    fields['dense_act_fn'] ?? (projection === 'gated-gelu' ? 'gelu_new' : name),
    `${where}: ${field}`,
  );
  const found = ACTIVATIONS.get(activation);
  if (found === undefined) throw unknownName(`${where}: ${field}`, [...ACTIVATIONS.keys()], activation);
  return found;
}

/**
 * Whether the logits are scaled: `scale_decoder_outputs`, which transformers 5 writes; before it `tie_word_embeddings`, which
 * is true if it is absent. An mT5 never is.
 */
function isScaled(fields: Fields, type: 't5' | 'mt5', where: string): boolean {
  const tied = truthOf(fields['tie_word_embeddings'] ?? true, `${where}: tie_word_embeddings`);
  return type === 't5' && truthOf(fields['scale_decoder_outputs'] ?? tied, `${where}: scale_decoder_outputs`);
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
  const name = WRITTEN[config.activation];
  fields['feed_forward_proj'] = name === 'gelu_new' ? 'gated-gelu' : `gated-${name}`;
  fields['dense_act_fn'] = name;
  // transformers 4 reads the one, transformers 5 the other
  fields['tie_word_embeddings'] = config.tiedEmbedding;
  fields['scale_decoder_outputs'] = config.scaledLogits ?? config.tiedEmbedding;
  Object.assign(fields, { is_encoder_decoder: true, pad_token_id: 0, eos_token_id: end, dropout_rate: 0 });
  return `${printJson(fields, 'config.json', 2)}\n`;
}
