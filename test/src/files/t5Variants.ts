/**
 * One T5 1.1, untied, as fine-tuners come to have it on disk: each variant changes one thing of a folder, and says what the
 * model then is.
 *
 * @module
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../../src/files/safetensors.ts';
import type { T5Config } from '../../../src/nn/t5/config.ts';

const SHARED = 'shared.weight';
const HEAD = 'lm_head.weight';
const ENCODER = 'encoder.embed_tokens.weight';
const DECODER = 'decoder.embed_tokens.weight';
const CROSS = 'decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight';

/** A table of the folder that the variant begins with: its shared one, its head, or the shared one with its bytes turned round. */
export type Table = 'shared' | 'head' | 'other';

export interface T5Variant {
  readonly name: string;
  /** Fields of config.json that are others; undefined takes one out. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** What the vocabulary tables are, by their names in the file. */
  readonly tables?: Readonly<Record<string, Table>>;
  /** A tensor more. */
  readonly extra?: StoredTensor;
  /** What the model is: how its config differs from one that is untied and not scaled. */
  readonly means?: Partial<T5Config>;
  /** Our parameters' tables. */
  readonly parameters: Readonly<Record<string, Table>>;
}

const UNTIED = { 'embedding/token': 'shared', unembedding: 'head' } as const;
const TIED = { 'embedding/token': 'shared' } as const;
/** What transformers 4 has not; and what transformers 5 refuses once JSON has made 1 of its 1.0. */
const OLDER = { scale_decoder_outputs: undefined, initializer_factor: undefined } as const;
/** What transformers 5 writes of an untied T5 1.1. */
const BY_FIVE = { tie_word_embeddings: true, scale_decoder_outputs: false } as const;
const cross: StoredTensor = { name: CROSS, dtype: 'F32', shape: [2, 3], bytes: new Uint8Array(24).fill(1) };

export const T5_VARIANTS: readonly T5Variant[] = [
  { name: 'as it is', parameters: UNTIED },
  { name: 'by transformers 5', config: BY_FIVE, parameters: UNTIED },
  {
    name: 'by transformers 5, tied',
    config: BY_FIVE,
    tables: { [SHARED]: 'shared' },
    means: { tiedEmbedding: true, scaledLogits: false },
    parameters: TIED,
  },
  {
    name: 'tied',
    config: { tie_word_embeddings: true },
    tables: { [SHARED]: 'shared' },
    means: { tiedEmbedding: true },
    parameters: TIED,
  },
  {
    name: 'tied, where the config does not say so',
    config: { tie_word_embeddings: undefined },
    tables: { [SHARED]: 'shared' },
    means: { tiedEmbedding: true },
    parameters: TIED,
  },
  {
    name: 'tied, the head written twice',
    config: { tie_word_embeddings: true },
    tables: { [SHARED]: 'shared', [HEAD]: 'shared' },
    means: { tiedEmbedding: true },
    parameters: TIED,
  },
  {
    name: 'with a head of its own, though the config says tied',
    config: { tie_word_embeddings: true },
    means: { scaledLogits: true },
    parameters: UNTIED,
  },
  {
    name: 'scaled by its own field',
    config: { scale_decoder_outputs: true },
    means: { scaledLogits: true },
    parameters: UNTIED,
  },
  { name: 'the encoder’s table alone', tables: { [ENCODER]: 'shared', [HEAD]: 'head' }, parameters: UNTIED },
  { name: 'the decoder’s table alone', tables: { [DECODER]: 'shared', [HEAD]: 'head' }, parameters: UNTIED },
  { name: 'both tables', tables: { [ENCODER]: 'shared', [DECODER]: 'shared', [HEAD]: 'head' }, parameters: UNTIED },
  {
    name: 'all four tables, three of them the same',
    tables: { [SHARED]: 'shared', [ENCODER]: 'shared', [DECODER]: 'shared', [HEAD]: 'head' },
    parameters: UNTIED,
  },
  {
    name: 'the head alone',
    tables: { [HEAD]: 'head' },
    means: { tiedEmbedding: true, scaledLogits: false },
    parameters: { 'embedding/token': 'head' },
  },
  {
    name: 'an encoder with its own table',
    tables: { [SHARED]: 'shared', [ENCODER]: 'other', [HEAD]: 'head' },
    means: { ownEmbeddings: ['encoder'] },
    parameters: { ...UNTIED, 'encoder/embedding': 'other' },
  },
  {
    name: 'a decoder with its own table, beside the encoder’s for the shared one',
    tables: { [ENCODER]: 'shared', [DECODER]: 'other', [HEAD]: 'head' },
    means: { ownEmbeddings: ['decoder'] },
    parameters: { ...UNTIED, 'decoder/embedding': 'other' },
  },
  {
    name: 'two stacks with tables of their own',
    tables: { [SHARED]: 'shared', [ENCODER]: 'other', [DECODER]: 'head', [HEAD]: 'head' },
    means: { ownEmbeddings: ['encoder', 'decoder'] },
    parameters: { ...UNTIED, 'encoder/embedding': 'other', 'decoder/embedding': 'head' },
  },
  { name: 'the bias of cross-attention', extra: cross, parameters: UNTIED },
  { name: 'an exact GELU', config: { dense_act_fn: 'gelu' }, means: { activation: 'gelu-exact' }, parameters: UNTIED },
  { name: 'a ReLU', config: { dense_act_fn: 'relu' }, means: { activation: 'relu' }, parameters: UNTIED },
  {
    name: 'a SiLU by the older field',
    config: { dense_act_fn: undefined, feed_forward_proj: 'gated-silu' },
    means: { activation: 'silu' },
    parameters: UNTIED,
  },
  {
    name: 'a ReLU by the older field',
    config: { dense_act_fn: undefined, feed_forward_proj: 'gated-relu' },
    means: { activation: 'relu' },
    parameters: UNTIED,
  },
  {
    name: 'the older field against the newer',
    config: { dense_act_fn: 'gelu_new', feed_forward_proj: 'gated-silu' },
    parameters: UNTIED,
  },
  {
    name: 'an mT5',
    config: { model_type: 'mt5', architectures: ['MT5ForConditionalGeneration'] },
    parameters: UNTIED,
  },
  {
    name: 'an mT5 that leaves its activation to the default',
    config: { model_type: 'mt5', feed_forward_proj: undefined, dense_act_fn: undefined, is_gated_act: undefined },
    parameters: UNTIED,
  },
  {
    name: 'an mT5, tied',
    config: { model_type: 'mt5', tie_word_embeddings: true },
    tables: { [SHARED]: 'shared' },
    means: { tiedEmbedding: true, scaledLogits: false },
    parameters: TIED,
  },
  { name: 'a symmetric depth', config: { num_decoder_layers: null }, parameters: UNTIED },
];

/** The tensors of the folder's one file. */
export function tensorsIn(folder: string): ReadonlyMap<string, StoredTensor> {
  const path = join(folder, 'model.safetensors');
  return readSafetensors(readFileSync(path), path).tensors;
}

/** The three tables of a folder. */
export function tablesIn(folder: string): Record<Table, StoredTensor> {
  const [shared, head] = [SHARED, HEAD].map((name) => tensorsIn(folder).get(name));
  if (shared === undefined || head === undefined) throw new Error(`${folder}: expected an untied T5`);
  const numbers = new Uint32Array(Uint8Array.from(shared.bytes).buffer).reverse();
  return { shared, head, other: { ...shared, bytes: new Uint8Array(numbers.buffer) } };
}

/** Makes the variant of a folder in another. */
export function makeVariant(from: string, to: string, { config = {}, tables, extra }: T5Variant): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
  const configPath = join(to, 'config.json');
  const fields: unknown = JSON.parse(readFileSync(configPath, 'utf8'));
  writeFileSync(configPath, `${JSON.stringify({ ...Object(fields), ...OLDER, ...config }, null, 2)}\n`);
  const known = tablesIn(from);
  const isTable = (name: string): boolean => [SHARED, HEAD, ENCODER, DECODER].includes(name);
  const others = [...tensorsIn(from).values()].filter(({ name }) => tables === undefined || !isTable(name));
  const chosen = Object.entries(tables ?? {}).map(([name, table]) => ({ ...known[table], name }));
  const all = [...chosen, ...others, ...(extra === undefined ? [] : [extra])];
  writeFileSync(join(to, 'model.safetensors'), writeSafetensors(all, { format: 'pt' }));
}
