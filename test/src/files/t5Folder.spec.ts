import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../../src/files/safetensors.ts';
import { readT5Folder, writeT5Folder, writeTunedT5Folder } from '../../../src/files/t5Folder.ts';
import { huggingFaceName } from '../../../src/files/t5Names.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { pairBatch } from '../../../src/nn/t5/pairs.ts';
import { roundToBfloat16 } from '../../../src/tensor/bfloat16.ts';
import { denoisingSpecials } from '../../../src/text/tokenizer.ts';
import { readTokenizer } from '../../../src/text/tokenizerJson.ts';
import { trainTokenizer } from '../../../src/text/train.ts';
import { PIECES, t5Json } from '../text/t5Json.ts';
import { createToy, logitsOf, START } from '../nn/t5/toy.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-t5-'));
afterAll(() => rmSync(folder, { recursive: true }));
const modelPath = join(folder, 'model.safetensors');
const tokenizerPath = join(folder, 'tokenizer.json');
const configPath = join(folder, 'config.json');

const kernels = createKernels('scalar');
// one row more than the tokenizer has tokens
const toy = createToy(kernels, 5, { vocabularySize: PIECES.length + 1 });
const { t5, theta } = toy;
const tokenizer = readTokenizer(t5Json(), 'tokenizer.json');
const stored = { config: t5.config, theta, tokenizer, parameters: t5.parameters };

beforeEach(() => {
  rmSync(folder, { recursive: true });
  writeT5Folder(folder, stored);
});

function tensorsOf(): StoredTensor[] {
  return [...readSafetensors(readFileSync(modelPath), 'model').tensors.values()];
}

function changeConfig(changes: Readonly<Record<string, unknown>>): void {
  const config: unknown = JSON.parse(readFileSync(configPath, 'utf8'));
  writeFileSync(configPath, JSON.stringify({ ...Object(config), ...changes }));
}

/** A python3 that has NumPy, if there is one. */
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
);

describe('a table of its own with the numbers of the shared one', () => {
  const HEAD = 'lm_head.weight';
  const tableOf = (name: string): Float32Array => {
    const found = t5.parameters.find((parameter) => huggingFaceName(parameter) === name);
    if (found === undefined) throw new Error(`expected ${name}`);
    return theta.subarray(found.offset, found.offset + found.shape[0] * found.shape[1]);
  };
  const message = `"${HEAD}": expected other numbers than those of "shared.weight", for which a reader would take it`;

  it('is not written, as it would be read back as that one; nor is a model that was tuned to it', () => {
    const seed = readT5Folder(folder);
    expect(seed.config.tiedEmbedding).toBe(false);
    const before = Float32Array.from(theta);
    tableOf(HEAD).set(tableOf('shared.weight'));
    try {
      const out = join(folder, 'out');
      expect(() => writeT5Folder(out, stored)).toThrow(message);
      expect(() => writeTunedT5Folder(out, seed, theta)).toThrow(message);
      expect(existsSync(out)).toBe(false);
    } finally {
      theta.set(before);
    }
  });

  it('is also one that becomes so where numbers are rounded', () => {
    const before = Float32Array.from(theta);
    tableOf(HEAD).set(tableOf('shared.weight'));
    roundToBfloat16(tableOf(HEAD));
    try {
      writeT5Folder(join(folder, 'F32'), stored);
      expect(readT5Folder(join(folder, 'F32')).config.tiedEmbedding).toBe(false);
      expect(() => writeT5Folder(join(folder, 'BF16'), { ...stored, dtype: 'BF16' })).toThrow(message);
    } finally {
      theta.set(before);
    }
  });
});

describe('a T5 folder', () => {
  it('gives the model back, to the bit', () => {
    const read = readT5Folder(folder);
    expect(read.config).toEqual(t5.config);
    expect(read.theta).toEqual(Float32Array.from(theta));
    expect(read.parameters).toEqual(t5.parameters);
    expect(read.tokenizer.json()).toBe(tokenizer.json());
    expect(read.metadata).toEqual({ format: 'pt' });
  });

  it('keeps what is said about it beside the format that Hugging Face asks for', () => {
    writeT5Folder(folder, { ...stored, metadata: { steps: '7', format: 'other' } });
    expect(readT5Folder(folder).metadata).toEqual({ steps: '7', format: 'pt' });
  });

  it('may have a tokenizer of our own with sentinels', () => {
    const ours = trainTokenizer(['a cat'], 300, denoisingSpecials(3));
    const other = createToy(kernels, 5, { vocabularySize: ours.vocabularySize });
    const model = { config: other.t5.config, theta: other.theta, parameters: other.t5.parameters };
    writeT5Folder(folder, { ...model, tokenizer: ours });
    const read = readT5Folder(folder);
    expect(read.tokenizer.json()).toBe(ours.json());
    expect(read.tokenizer.sentinels).toEqual([3, 4, 5]);
    expect(JSON.parse(readFileSync(configPath, 'utf8'))).toHaveProperty('eos_token_id', ours.end);
  });

  it('refuses a tokenizer with more tokens than the model', () => {
    const specials = PIECES.map(([content], id) => ({ id, content, special: true })).filter(({ id }) => id < 3);
    const more = ['extra', 'more'].map((content, i) => ({ id: PIECES.length + i, content, special: true }));
    writeFileSync(tokenizerPath, t5Json({ added_tokens: [...specials, ...more] }));
    expect(() => readT5Folder(folder)).toThrow(
      `${tokenizerPath}: expected at most ${PIECES.length + 1} tokens, as config.json has, got ${PIECES.length + 2}`,
    );
  });

  it('says how to make a tokenizer.json where there is but a spiece.model', () => {
    rmSync(tokenizerPath);
    expect(() => readT5Folder(folder)).toThrow(`${tokenizerPath}: expected a file that can be read, got no such file`);
    writeFileSync(join(folder, 'spiece.model'), '');
    expect(() => readT5Folder(folder)).toThrow(
      `${tokenizerPath}: expected a tokenizer.json, which Hugging Face's ` +
        'AutoTokenizer.from_pretrained(dir).save_pretrained(dir) makes, got "spiece.model"',
    );
  });

  it('gives rounded values back where it was written in bfloat16', () => {
    writeT5Folder(folder, { ...stored, dtype: 'BF16' });
    const rounded = Float32Array.from(theta);
    roundToBfloat16(rounded);
    expect(readT5Folder(folder).theta).toEqual(rounded);
  });

  it('has a name of its own for each parameter', () => {
    const names = t5.parameters.map(huggingFaceName);
    expect(new Set(names).size).toBe(t5.parameters.length);
    expect(names).not.toContain(undefined);
    expect(huggingFaceName({ name: 'encoder/layers/0/cross_attention/key' })).toBeUndefined();
  });

  it('may be in several files that an index names, and hold copies of the shared embedding', () => {
    const tensors = tensorsOf();
    const [shared] = tensors.filter(({ name }) => name === 'shared.weight');
    const parts = [tensors.slice(0, 5), [...tensors.slice(5), { ...shared, name: 'encoder.embed_tokens.weight' }]];
    const map: Record<string, string> = {};
    parts.forEach((part, i) => {
      const file = `model-0000${i + 1}-of-00002.safetensors`;
      writeFileSync(join(folder, file), writeSafetensors(part));
      for (const { name } of part) map[name] = file;
    });
    rmSync(modelPath);
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: map }));
    expect(readT5Folder(folder).theta).toEqual(Float32Array.from(theta));
    writeFileSync(join(folder, 'model.safetensors.index.json'), '{"weight_map": {"x": "../elsewhere.safetensors"}}');
    expect(() => readT5Folder(folder)).toThrow('weight_map: expected names of safetensors files');
  });

  it('is its model.safetensors, whatever index and parts an earlier save left beside it', () => {
    const part = 'model-00001-of-00001.safetensors';
    const zeros = tensorsOf().map((tensor) => ({ ...tensor, bytes: new Uint8Array(tensor.bytes.length) }));
    const map = Object.fromEntries(zeros.map(({ name }) => [name, part]));
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: map }));
    expect(readT5Folder(folder).theta).toEqual(Float32Array.from(theta));
    writeFileSync(join(folder, part), writeSafetensors(zeros));
    expect(readT5Folder(folder).theta).toEqual(Float32Array.from(theta));
  });

  it('lists every tensor that is missing, misshapen or unexpected, and loads nothing', () => {
    const tensors = tensorsOf().filter(({ name }) => name !== 'encoder.final_layer_norm.weight');
    const changed = tensors.map((tensor) =>
      tensor.name === 'shared.weight' ? { ...tensor, shape: [...tensor.shape].reverse() } : tensor,
    );
    writeFileSync(modelPath, writeSafetensors([...changed, { ...tensors[0], name: 'extra.weight' }]));
    const rows = t5.config.vocabularySize;
    expect(() => readT5Folder(folder)).toThrow(
      `${folder}: expected the tensors of config.json, got: "shared.weight" has the shape [16, ${rows}] and not [${rows}, 16]; ` +
        '"encoder.final_layer_norm.weight" is missing; "extra.weight" is unexpected',
    );
  });

  it.each([
    [{ model_type: 'bert' }, 'config.json: model_type: expected "t5" or "mt5", got "bert"'],
    [
      { feed_forward_proj: 'relu' },
      'feed_forward_proj: expected "gated-gelu" or another gated one, as T5 1.1 has, got "relu"',
    ],
    [{ d_kv: 'wide' }, 'config.json: d_kv: expected a number, got "wide"'],
    [{ n_positions: 0 }, 'config.context: expected a whole number of at least 1, got 0'],
    [{ num_heads: 0 }, 'config.heads: expected a whole number of at least 1, got 0'],
  ])('refuses a config with %j', (changes, message) => {
    changeConfig(changes);
    expect(() => readT5Folder(folder)).toThrow(message);
  });

  it("takes Hugging Face's defaults where config.json leaves a field out", () => {
    const left = ['num_decoder_layers', 'layer_norm_epsilon', 'decoder_start_token_id', 'n_positions'];
    changeConfig(Object.fromEntries(left.map((field) => [field, undefined])));
    expect(readT5Folder(folder).config).toEqual(t5.config);
  });

  it.skipIf(python === undefined).each([[{}], [{ tiedEmbedding: true }]])(
    'has the logits that an implementation in NumPy computes from it, with %j (skipped without python3-numpy)',
    (changes) => {
      const other = createToy(kernels, 6, { ...changes, vocabularySize: PIECES.length });
      const model = { config: other.t5.config, theta: other.theta, parameters: other.t5.parameters };
      writeT5Folder(folder, { ...model, tokenizer });
      const pair = { source: Int32Array.of(3, 7, 11, 2, 5, 9, 4, 1), target: Int32Array.of(6, 6, 13, 8, 1) };
      const batch = pairBatch([pair], START);
      const request = { folder, source: [...pair.source], inputs: [...batch.inputs.tokens] };
      const program = fileURLToPath(new URL('t5.py', import.meta.url));
      const { stdout, stderr } = spawnSync(python ?? '', [program], {
        input: JSON.stringify(request),
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      const wanted: unknown = JSON.parse(stdout);
      const got = logitsOf(kernels, other, batch).map((row) => [...row]);
      const differences = got.flatMap((row, i) => row.map((logit, j) => Math.abs(logit - at(wanted, i, j))));
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    },
  );
});

function at(value: unknown, i: number, j: number): number {
  const row: unknown = Array.isArray(value) ? value[i] : undefined;
  return Number(Array.isArray(row) ? row[j] : NaN);
}
