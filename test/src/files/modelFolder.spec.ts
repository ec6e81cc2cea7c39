import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput, Unavailable } from '../../../src/errors.ts';
import { nodeFileSystem } from '../../../src/files/fileSystem.ts';
import { readModelFolder, writeModelFolder } from '../../../src/files/modelFolder.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { readSafetensors, writeSafetensors } from '../../../src/files/safetensors.ts';
import type { StoredTensor } from '../../../src/files/safetensors.ts';
import { roundToBfloat16 } from '../../../src/tensor/bfloat16.ts';
import { trainTokenizer } from '../../../src/text/train.ts';
import { createToy, TINY } from '../nn/toy.ts';
import { PIECES, t5Json } from '../text/t5Json.ts';
import { systemError } from './crashingDisk.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tokenizer = trainTokenizer(['a cat and a cat and a dog'], 264);
const sizes = { ...TINY, vocabularySize: tokenizer.vocabularySize };
const { decoder, theta } = createToy(createKernels('scalar'), 1, sizes);
const model = { config: decoder.config, theta, tokenizer, parameters: decoder.parameters };

const paths = {
  config: join(folder, 'config.json'),
  model: join(folder, 'model.safetensors'),
  tokenizer: join(folder, 'tokenizer.json'),
};

beforeEach(() => writeModelFolder(folder, model));

/** Writes the tensors anew, as `change` makes them. */
function rewrite(change: (tensor: StoredTensor) => readonly StoredTensor[]): void {
  const { tensors } = readSafetensors(readFileSync(paths.model), 'model');
  writeFileSync(paths.model, writeSafetensors([...tensors.values()].flatMap(change)));
}

describe('a model folder', () => {
  it('gives the model back, to the bit', () => {
    const { metadata, ...read } = readModelFolder(folder);
    expect(read.config).toEqual(model.config);
    expect(read.theta).toEqual(theta);
    expect(read.parameters).toEqual(model.parameters);
    expect(read.tokenizer.json()).toBe(tokenizer.json());
    expect(metadata).toEqual({ format: 'dynamic-subset-tuning/model/1' });
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'model.safetensors', 'tokenizer.json']);
  });

  it('in BF16 gives it back rounded, in half the bytes', () => {
    const whole = readFileSync(paths.model).length;
    writeModelFolder(folder, { ...model, dtype: 'BF16', metadata: { steps: '7' } });
    const rounded = theta.slice();
    roundToBfloat16(rounded);
    const read = readModelFolder(folder);
    expect(read.theta).toEqual(rounded);
    expect(read.metadata['steps']).toBe('7');
    expect(whole - readFileSync(paths.model).length).toBeGreaterThanOrEqual(2 * theta.length - 64);
  });

  it('with tensors missing, unexpected and of another shape is refused with all of them', () => {
    rewrite((tensor) => {
      if (tensor.name === 'final_norm/scale') return [];
      if (tensor.name === 'layers/0/attention/query') return [{ ...tensor, shape: [64] }];
      return tensor.name === 'embedding/token' ? [tensor, { ...tensor, name: 'stranger' }] : [tensor];
    });
    expect(() => readModelFolder(folder)).toThrow(InvalidInput);
    for (const fault of [
      '"final_norm/scale" is missing',
      '"layers/0/attention/query" has the shape [64] and not [8, 8]',
      '"stranger" is unexpected',
    ]) {
      expect(() => readModelFolder(folder)).toThrow(fault);
    }
  });

  it('with numbers of another type is refused', () => {
    rewrite((tensor) => [tensor.name === 'final_norm/scale' ? { ...tensor, dtype: 'I32' } : tensor]);
    expect(() => readModelFolder(folder)).toThrow(
      '"final_norm/scale": dtype: expected one of F32, F16, BF16, got "I32"',
    );
  });

  it.each([
    ['no JSON', '{', 'config.json: expected JSON'],
    ['a list', '[]', 'config.json: expected an object'],
    [
      'a field missing',
      JSON.stringify({ ...model.config, heads: undefined }),
      'heads: expected a number, got "nothing"',
    ],
    ['a text for a number', JSON.stringify({ ...model.config, heads: '2' }), 'heads: expected a number, got "2"'],
    ['an unknown field', JSON.stringify({ ...model.config, biases: true }), 'got "biases"'],
    [
      'heads that do not divide',
      JSON.stringify({ ...model.config, heads: 3 }),
      'config.modelSize: expected a multiple of 6',
    ],
    ['another vocabulary', JSON.stringify({ ...model.config, vocabularySize: 9 }), 'tokenizer.json: expected 9 tokens'],
    ['another layer', JSON.stringify({ ...model.config, layers: 2 }), '"layers/1/attention/query" is missing'],
  ])('with a config.json of %s is refused', (_, json, message) => {
    writeFileSync(paths.config, json);
    expect(() => readModelFolder(folder)).toThrow(InvalidInput);
    expect(() => readModelFolder(folder)).toThrow(message);
  });

  it('with a tokenizer of other specials than ours is refused', () => {
    writeFileSync(paths.tokenizer, t5Json());
    writeFileSync(paths.config, JSON.stringify({ ...model.config, vocabularySize: PIECES.length }));
    expect(() => readModelFolder(folder)).toThrow(
      `${paths.tokenizer}: added_tokens: expected first <pad> <eos> <sep>, got "<pad> </s> <unk>"`,
    );
  });

  it.each(['config', 'model', 'tokenizer'] as const)('without its %s file is refused', (name) => {
    rmSync(paths[name]);
    expect(() => readModelFolder(folder)).toThrow(`${paths[name]}: expected a file that can be read, got no such file`);
  });

  it('is left as it was by a write to a full disk', () => {
    const full = {
      ...nodeFileSystem,
      writeSync: () => {
        throw systemError('ENOSPC');
      },
    };
    expect(() => writeModelFolder(folder, { ...model, theta: new Float32Array(theta.length) }, full)).toThrow(
      Unavailable,
    );
    expect(readModelFolder(folder).theta).toEqual(theta);
    expect(readdirSync(folder)).toHaveLength(3);
  });
});
