import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, missing } from '../../../scripts/peers/environments.ts';
import { Tape } from '../../../src/autograd/tape.ts';
import { ofFloat32, toFloat32 } from '../../../src/files/convert.ts';
import { writeSafetensors } from '../../../src/files/safetensors.ts';
import { readT5Folder, writeTunedT5Folder } from '../../../src/files/t5Folder.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { createT5 } from '../../../src/nn/t5/encoderDecoder.ts';
import { pairBatch, type Pair } from '../../../src/nn/t5/pairs.ts';
import { makeVariant, T5_VARIANTS, tensorsIn } from '../../src/files/t5Variants.ts';
import { PARTS, PIECES, t5Json } from '../../src/text/t5Json.ts';
import { askPython } from '../python.ts';

const PROGRAM = new URL('models.py', import.meta.url);
const LINES = ['transformers-5', 'transformers-4'] as const;
const CONFIG = {
  vocab_size: PIECES.length,
  d_model: 16,
  d_kv: 6,
  num_heads: 3,
  d_ff: 20,
  num_layers: 2,
  num_decoder_layers: 2,
  feed_forward_proj: 'gated-gelu',
  tie_word_embeddings: false,
  decoder_start_token_id: 0,
  n_positions: 512,
  relative_attention_num_buckets: 8,
  relative_attention_max_distance: 12,
};
const PAIRS: readonly (readonly [number[], number[]])[] = [
  [
    [3, 7, 11, 2, 5, 9, 4, 1],
    [6, 6, 13, 8, 1],
  ],
  [
    [12, 14, 1],
    [30, 20, 10, 5, 1],
  ],
  [
    [8, 8, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 1],
    [4, 1],
  ],
];
/** Texts of the vocabulary's parts, of what the normalizer changes, and of what neither knows. */
const TEXTS = [...PARTS, ...PARTS.map((part, i) => `${part} ${PARTS[(7 * i + 3) % PARTS.length]}`), 'the cat sat', 'a'];

/** As T5's files have it. */
const END_AFTER = {
  type: 'TemplateProcessing',
  single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
  pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 0 } }],
  special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } },
};

interface Answer {
  readonly loss?: number;
  readonly tokens?: readonly (readonly number[])[];
  readonly refused?: string;
}

const root = mkdtempSync(join(tmpdir(), 'dst-peers-t5-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Made by transformers itself: as it saves, in half the bytes, in parts, and with an older save's parts left beside. */
const MADE = ['fresh', 'fresh-bf16', 'fresh-sharded', 'stale'] as const;
/** What differs between the lines: transformers 4 scales an mT5 that is tied, and reads neither field of transformers 5. */
const OTHERWISE_IN_FOUR = new Set([
  ...['by transformers 5', 'by transformers 5, tied', 'with a head of its own, though the config says tied'],
  ...['scaled by its own field', 'an mT5, tied', 'the head alone', 'an encoder with its own table'],
  ...['two stacks with tables of their own', 'a decoder with its own table, beside the encoder’s for the shared one'],
]);

describe.each(LINES)('a T5 folder, as %s', (line) => {
  const folders = new Map<string, string>();
  let answers = new Map<string, Answer>();

  beforeAll(() => {
    if (!isInstalled(line)) return;
    const made = join(root, line);
    mkdirSync(made);
    const ask = (request: object): unknown => askPython(line, PROGRAM, { pairs: PAIRS, texts: TEXTS, ...request });
    ask({ make: join(made, 'fresh'), config: CONFIG, ask: [] });
    cpSync(join(made, 'fresh-sharded'), join(made, 'stale'), { recursive: true });
    copyFileSync(join(made, 'fresh', 'model.safetensors'), join(made, 'stale', 'model.safetensors'));
    for (const name of MADE) folders.set(name, join(made, name));
    for (const [i, variant] of T5_VARIANTS.entries()) {
      // of one with a head of its own, which transformers 5 itself never makes
      const base = join(made, 'base');
      if (i === 0) makeUntied(join(made, 'fresh'), base);
      folders.set(variant.name, join(made, `variant-${i}`));
      makeVariant(base, join(made, `variant-${i}`), variant);
    }
    for (const folder of folders.values())
      writeFileSync(join(folder, 'tokenizer.json'), t5Json({ post_processor: END_AFTER }));
    const found = ask({ make: null, ask: [...folders.values()] }) as Answer[];
    answers = new Map([...folders.keys()].map((name, i) => [name, found[i]]));
  });

  it.for([...MADE, ...T5_VARIANTS.map(({ name }) => name)])('has the loss that it computes: %s', (name, { skip }) => {
    if (!isInstalled(line)) return skip(missing(line));
    const { loss, refused } = answers.get(name) ?? {};
    const folder = folders.get(name) ?? '';
    expect(refused).toBeUndefined();
    const difference = Math.abs(lossOf(folder) - Number(loss));
    if (line === 'transformers-4' && OTHERWISE_IN_FOUR.has(name)) expect(difference).toBeGreaterThan(1e-3);
    else expect(difference).toBeLessThan(2e-5 * Number(loss));
  });

  it('has the tokens that it makes of texts', ({ skip }) => {
    if (!isInstalled(line)) return skip(missing(line));
    const { tokenizer } = readT5Folder(folders.get('fresh') ?? '');
    const ours = TEXTS.map((text) => [...tokenizer.encode(text), tokenizer.end]);
    expect(ours).toEqual(answers.get('fresh')?.tokens);
  });

  it('is opened by it again after it was tuned: in one file, in parts, in half the bytes', ({ skip }) => {
    if (!isInstalled(line)) return skip(missing(line));
    const tuned = ['fresh', 'fresh-sharded', 'fresh-bf16', 'as it is'].map((name, i) => {
      const read = readT5Folder(folders.get(name) ?? '');
      const folder = join(root, line, `tuned-${i}`);
      const theta = read.theta.map((value, place) => (place % 3 === 0 ? value * 1.01 : value));
      writeTunedT5Folder(folder, read, theta);
      return folder;
    });
    const found = askPython(line, PROGRAM, { make: null, ask: tuned, pairs: PAIRS, texts: [] }) as Answer[];
    for (const [i, folder] of tuned.entries())
      expect(Math.abs(lossOf(folder) - Number(found[i].loss))).toBeLessThan(1e-4);
  });
});

/** A folder with a head of its own: its shared table turned round, and smaller. */
function makeUntied(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const tensors = [...tensorsIn(from).values()].filter(({ name }) => name !== 'lm_head.weight');
  const shared = tensors.find(({ name }) => name === 'shared.weight');
  if (shared === undefined) throw new Error(`${from}: expected a shared table`);
  const head = toFloat32(shared, from)
    .reverse()
    .map((value) => value * 0.3);
  const all = [...tensors, ofFloat32('lm_head.weight', shared.shape, head)];
  writeFileSync(join(to, 'model.safetensors'), writeSafetensors(all, { format: 'pt' }));
}

function lossOf(folder: string): number {
  const { config, theta } = readT5Folder(folder);
  const kernels = createKernels('scalar');
  const t5 = createT5(config);
  const pairs = PAIRS.map(([source, target]): Pair => ({
    source: Int32Array.from(source),
    target: Int32Array.from(target),
  }));
  const tape = new Tape(kernels, 'forward');
  const parameters = kernels.memory.copyOf(theta);
  return tape.step(() => t5.loss(tape, parameters, undefined, pairBatch(pairs, config.startToken)).data[0]);
}
